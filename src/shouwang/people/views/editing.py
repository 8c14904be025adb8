"""The roster edited by the office: somebody entered or put right, people moved, households split and made one."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions.editing import (
    NewDoor,
    add_resident,
    change_household,
    change_resident,
    merge_households,
    move_residents,
    split_household,
)  # fmt: skip
from shouwang.people.forms import ChangeResidentForm, DoorForm, MoversForm, RemarksForm, ResidentForm
from shouwang.people.models import Household, Resident
from shouwang.people.queries import households as queries
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.editing import Told
from shouwang.people.views.words import refusal_of
from shouwang.places import queries as places

FIELDS = {
    "name": "name", "id": "id_number", "phone": "phone", "sex": "sex", "born": "born_on", "address": "address",
    "residents": "residents", "split": "residents",
}  # fmt: skip
"""Where a refusal shows, by the first word of its code."""


def add(request: HttpRequest, household_id: int) -> HttpResponse:
    """Somebody moved in, or was born."""
    scope, home = _held(request, household_id)
    form = ResidentForm(request.POST or None)
    if form.is_valid():
        told = Told(**{name: value for name, value in form.cleaned_data.items() if value})
        if _done(
            form, lambda: add_resident(scope, community=home.community, household_id=home.pk, told=told)
        ):
            messages.success(
                request, _("%(name)s is on the roster: every round reaches her.") % form.cleaned_data
            )
            return redirect("people:household", home.pk)
    return _page(request, home, "people/add_resident.html", form)


def change(request: HttpRequest, resident_id: int) -> HttpResponse:
    """Put right what is known of somebody."""
    one = Resident.objects.filter(pk=resident_id).first()
    scope, home = _held(request, one.household_id if one else 0)
    assert one is not None  # noqa: S101 # a household without an id does not exist
    known = {name: getattr(one, name) for name in ("name", "relation", "sex", "born_on", "remarks")}
    form = ChangeResidentForm(request.POST or None, initial=known)
    if form.is_valid() and _done(
        form, lambda: change_resident(scope, resident_id=resident_id, told=_told(form.cleaned_data))
    ):
        messages.success(request, _("Saved."))
        return redirect("people:household", home.pk)
    return _page(request, home, "people/change_resident.html", form, one=one)


def move(request: HttpRequest, household_id: int) -> HttpResponse:
    """Some of a household live elsewhere from now on, or are a household of their own behind the same door."""
    scope, home = _held(request, household_id)
    people = [(one.pk, one.name) for one in queries.residents_of(scope, home.pk) if one.presence not in GONE]
    own = request.POST.get("where") == "own"
    who = MoversForm(request.POST or None, people=people)
    door = DoorForm(None if own else request.POST or None, compounds=places.compounds(scope, home.community))
    del door.fields["relation"]
    if who.is_valid() and (own or door.is_valid()):
        form = who if own else door
        if _done(form, lambda: _moved(scope, home, who.cleaned_data["residents"], None if own else door)):
            messages.success(request, _("Saved. Open rounds follow; who was reached today stays reached."))
            return redirect("people:household", home.pk)
    return _page(request, home, "people/move_residents.html", who, door=door, own=own)


def merge(request: HttpRequest, household_id: int) -> HttpResponse:
    """Another household is one with this."""
    scope, home = _held(request, household_id)
    form = DoorForm(request.POST or None, compounds=places.compounds(scope, home.community))
    del form.fields["relation"]
    beside = queries.behind_door(scope, home)
    chosen = request.POST.get("other", "")
    if chosen.isdigit() or form.is_valid():
        others = [int(chosen)] if chosen.isdigit() else None
        if _done(form, lambda: _merged(scope, home, others, form)):
            messages.success(request, _("The two are one household now."))
            return redirect("people:household", home.pk)
    return _page(request, home, "people/merge_households.html", form, beside=beside)


def remarks(request: HttpRequest, household_id: int) -> HttpResponse:
    """What is noted of a household."""
    scope, home = _held(request, household_id)
    form = RemarksForm(request.POST if request.method == "POST" else None, initial={"remarks": home.remarks})
    if form.is_valid():
        change_household(scope, household_id=home.pk, remarks=form.cleaned_data["remarks"])
        messages.success(request, _("Saved."))
        return redirect("people:household", home.pk)
    return _page(request, home, "people/household_remarks.html", form)


def _held(request: HttpRequest, household_id: int) -> tuple[Scope, Household]:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    home = queries.household(scope, household_id)
    scope.require(Permission.EDIT_PEOPLE, home.community)
    return scope, home


def _told(given: dict[str, Any]) -> Told:
    """An empty number leaves the one that is kept, unless it is to be forgotten; other fields are what they say."""
    return Told(
        name=given["name"],
        relation=given["relation"],
        remarks=given["remarks"],
        sex=given["sex"] or None,
        born_on=given["born_on"] or None,
        id_number=given["id_number"] or ("" if given["forget_id"] else None),
        phone=given["phone"] or ("" if given["forget_phone"] else None),
    )


def _moved(scope: Scope, home: Household, residents: list[int], door: DoorForm | None) -> None:
    if door is None:
        split_household(scope, household_id=home.pk, resident_ids=residents)
    else:
        given = door.cleaned_data
        move_residents(scope, resident_ids=residents, door=NewDoor(given["address"], given["compound"]))


def _merged(scope: Scope, home: Household, others: list[int] | None, form: DoorForm) -> None:
    if others is None:
        given = form.cleaned_data
        others = queries.households_at(scope, home.community, given["address"], given["compound"])
    merge_households(scope, household_id=home.pk, others=others)


def _done(form: django_forms.Form, act: Any) -> bool:
    """Whether it was done; a refusal is shown at the field it speaks of."""
    try:
        act()
    except Refused as error:
        name = FIELDS.get(error.code.partition("_")[0])
        form.add_error(name if name in form.fields else None, refusal_of(error))
        return False
    return True


def _page(
    request: HttpRequest, home: Household, template: str, form: django_forms.Form, **more: Any
) -> HttpResponse:
    wrong = form.errors or (more.get("door") is not None and more["door"].errors)
    context = {"home": home, "community": places.area_name(home.community), "form": form, **more}
    return render(request, template, context, status=422 if wrong else 200)
