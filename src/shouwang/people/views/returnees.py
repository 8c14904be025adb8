"""The register of those who came from elsewhere: everybody once, and one of them with all that is known."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions import (
    change_returnee,
    link_resident,
    reveal_returnee,
    set_returnee_state,
)
from shouwang.people.actions.editing import NewDoor
from shouwang.people.actions.enlisting import put_on_roster
from shouwang.people.enums import ReturneeState
from shouwang.people.forms import DoorForm, FactsForm, StateForm
from shouwang.people.models import Sighting
from shouwang.people.queries import register as queries
from shouwang.people.queries.missed import missed, unwatched
from shouwang.people.queries.register import Entry
from shouwang.people.queries.watches import watches_of
from shouwang.people.views.words import (
    DECISION,
    LIKENESS,
    REGISTER_KINDS,
    RETURNEE_SOURCE,
    RETURNEE_STATE,
    RISK,
    RISK_BADGES,
    WATCH_REASON,
    refusal_of,
)
from shouwang.places import queries as places

_PER_PAGE = 50
SHOWN = ("all", "open", "unwatched", "watched", "over", "gone")


def returnees(request: HttpRequest, code: int) -> HttpResponse:
    """Everybody who came back to a community, once: open questions first. ``?show=`` a kind, ``?source=`` a source."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    listed = queries.entries(scope, code)
    figures = queries.figures(listed)
    without = unwatched(scope, code, listed)
    show = request.GET.get("show", "all")
    source = request.GET.get("source", "")
    today = clock.today()
    kinds: dict[str, Callable[[Entry], bool]] = {
        "all": lambda one: True,
        "open": lambda one: one.open(today),
        "watched": lambda one: one.here and one.watch is not None,
        "unwatched": lambda one: one.returnee.pk in without,
        "over": lambda one: one.here and one.watch is None and bool(one.period and one.period.over(today)),
        "gone": lambda one: not one.here,
    }
    chosen = [
        one for one in listed if kinds.get(show, kinds["all"])(one) and (not source or source in one.sources)
    ]
    page = Paginator(chosen, _PER_PAGE).get_page(request.GET.get("page"))
    owners = _ask("SHOUWANG_OWNERS", scope, code)
    reached = _ask("SHOUWANG_LAST_REACHED", scope, code, [one.returnee.resident_id for one in page])
    return render(
        request,
        "people/returnees.html",
        {
            "area": place,
            "page_obj": page,
            "lines": [_line(one, owners, reached) for one in page],
            "figures": figures,
            "missed": missed(scope, code, listed),
            "today": today,
            "sources": [
                (name, RETURNEE_SOURCE[name], count) for name, count in sorted(figures.by_source.items())
            ],
            "source": source if source in figures.by_source else "",
            "tabs": [(name, REGISTER_KINDS[name], sum(map(kinds[name], listed))) for name in SHOWN],
            "show": show if show in kinds else "all",
            "may_enter": scope.may(Permission.REGISTER_RETURNEE, code),
        },
    )


def person(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """One person: her sightings side by side, what is known, her watch, who she may be on the roster."""
    return _person(request, returnee_id)


@require_POST
def change(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """Put right what is known of her."""
    form = FactsForm(request.POST, today=clock.today())
    if form.is_valid():
        try:
            change_returnee(request.scope, returnee_id=returnee_id, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            name = next((field for field in form.fields if error.code.startswith(field)), None)
            form.add_error(name, refusal_of(error))
        else:
            messages.success(request, _("Saved. Her watch follows."))
            return redirect("people:returnee", returnee_id)
    return _person(request, returnee_id, facts=form)


@require_POST
def state(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """She has left, was named by mistake, or is here after all."""
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            set_returnee_state(request.scope, returnee_id=returnee_id, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error("reason", refusal_of(error))
        else:
            messages.success(request, _("Saved. Her watch follows."))
            return redirect("people:returnee", returnee_id)
    return _person(request, returnee_id, state=form)


@require_POST
def resident(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """She is this resident of the roster, or (without one) none of them."""
    chosen = request.POST.get("resident", "")
    link_resident(
        request.scope,  # type: ignore[attr-defined]
        returnee_id=returnee_id,
        resident_id=int(chosen) if chosen.isdigit() else None,
    )
    messages.success(request, _("Saved. Her watch follows."))
    return redirect("people:returnee", returnee_id)


@require_POST
def enlist(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """Put her on the roster, behind the door she lives at."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    her = queries.entry(scope, returnee_id).returnee
    form = DoorForm(request.POST, compounds=places.compounds(scope, her.community))
    if form.is_valid():
        given = form.cleaned_data
        try:
            put_on_roster(
                scope,
                returnee_id=returnee_id,
                door=NewDoor(given["address"], given["compound"]),
                relation=given["relation"],
            )
        except Refused as error:
            form.add_error("address" if error.code.startswith("address") else None, refusal_of(error))
        else:
            messages.success(
                request, _("%(name)s is on the roster: every round reaches her.") % {"name": her.name}
            )
            return redirect("people:returnee", returnee_id)
    return _person(request, returnee_id, door=form)


@require_POST
@never_cache
def reveal(request: HttpRequest, sighting_id: int) -> HttpResponse:
    """Show one sealed number in full. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    field = request.POST.get("field", "")
    plain, _community = reveal_returnee(scope, returnee_id=sighting_id, field=field)
    if request.headers.get("HX-Request"):
        return render(request, "people/revealed.html", {"plain": plain, "field": field})
    home = Sighting.objects.values_list("returnee", flat=True).get(pk=sighting_id)
    return _person(request, home or 0, revealed={(sighting_id, field): plain})


def _ask(setting: str, *args: Any) -> Mapping[Any, Any]:
    """What a domain above knows of these households or people; the settings name its query."""
    name: str = getattr(settings, setting, "")
    return import_string(name)(*args) if name else {}


def _line(one: Entry, owners: Mapping[int, Any], reached: Mapping[int, Any]) -> dict[str, Any]:
    her, today = one.returnee, clock.today()
    return {
        "one": one,
        "her": her,
        "risk": RISK[her.risk],
        "risk_badge": RISK_BADGES[her.risk],
        "state": RETURNEE_STATE[her.state],
        "sources": [RETURNEE_SOURCE[source] for source in one.sources],
        "over": one.period if one.period and one.period.over(today) else None,
        "unwatched": one.unwatched(today),
        "owner": owners.get(her.household_id or 0),
        "reached": reached.get(her.resident_id or 0),
        "late": her.declared_on and her.arrived_on and (her.declared_on - her.arrived_on).days,
    }


def _person(
    request: HttpRequest,
    returnee_id: int,
    *,
    facts: FactsForm | None = None,
    state: StateForm | None = None,
    door: DoorForm | None = None,
    revealed: dict[tuple[int, str], str] | None = None,
) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    one = queries.entry(scope, returnee_id)
    her, told = one.returnee, revealed or {}
    seen = queries.sightings_of(returnee_id)
    may_edit = scope.may(Permission.EDIT_PEOPLE, her.community)
    likely = queries.likely_residents(scope, her, seen) if may_edit and not her.resident_id else []
    known = {name: getattr(her, name) for name in FactsForm.base_fields}
    line = _line(
        one,
        _ask("SHOUWANG_OWNERS", scope, her.community),
        _ask("SHOUWANG_LAST_REACHED", scope, her.community, [her.resident_id]),
    )
    context = {
        **line,
        "line": line,
        "area_code": her.community,
        "community": places.area_name(her.community),
        "seen": [
            (row, RETURNEE_SOURCE[row.source], told.get((row.pk, "id_number")), told.get((row.pk, "phone")))
            for row in seen
        ],
        "differing": _differing(seen),
        "elsewhere": queries.seen_elsewhere(scope, seen),
        "decisions": [
            (pair, DECISION[pair.joining], [LIKENESS.get(code, code) for code in pair.reasons])
            for pair in queries.decisions_of(returnee_id)
        ],
        "watches": [
            (watch, WATCH_REASON[watch.reason])
            for watch in (watches_of(scope, [her.resident_id]) if her.resident_id else [])
        ],
        "likely": [(row, [LIKENESS.get(code, code) for code in found.reasons]) for row, found in likely],
        "may_edit": may_edit,
        "may_reveal": scope.may(Permission.REVEAL_SEALED, her.community),
        "facts": facts or FactsForm(initial=known, today=clock.today()),
        "state_form": state or StateForm(initial={"state": her.state}),
        "door": door or DoorForm(compounds=places.compounds(scope, her.community)),
        "today": clock.today(),
        "here": her.state == ReturneeState.HERE,
    }
    wrong = any(form is not None and form.errors for form in (facts, state, door))
    return render(request, "people/returnee.html", context, status=422 if wrong else 200)


def _differing(seen: list[Sighting]) -> set[str]:
    """The facts on which the sightings do not agree, among those that tell them."""
    return {
        name
        for name in ("name", "origin", "arrived_on", "id_tail", "phone_mask")
        if len({value for row in seen if (value := getattr(row, name))}) > 1
    }
