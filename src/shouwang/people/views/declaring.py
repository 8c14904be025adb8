"""Somebody who came from elsewhere, entered by the office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.actions import register_returnee
from shouwang.people.enums import ReturneeSource
from shouwang.people.forms import ReturneeForm
from shouwang.people.models import Sighting
from shouwang.people.queries.numbers import checked_numbers
from shouwang.people.views.words import refusal_of
from shouwang.places import queries as places

FIELDS = {"name": "name", "id": "id_number", "phone": "phone"}
"""Where a refusal shows, by the first word of its code."""


def enter(request: HttpRequest, code: int) -> HttpResponse:
    """Enter by hand whom the office heard of: a call, her own word, a list from above."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.REGISTER_RETURNEE, code)
    scope.require(Permission.READ_PEOPLE, code)
    form = ReturneeForm(request.POST or None, today=clock.today(), initial={"sighting": mint()})
    if form.is_valid():
        try:
            seen = _enter(scope, code, form.cleaned_data)
        except Refused as error:
            form.add_error(FIELDS.get(error.code.partition("_")[0]), refusal_of(error))
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": seen.name})
            return redirect("people:returnees", code)
    status = 422 if form.errors else 200
    return render(request, "people/enter_returnee.html", {"area": place, "form": form}, status=status)


def _enter(scope: Scope, code: int, given: dict[str, Any]) -> Sighting:
    return register_returnee(
        scope,
        community=code,
        numbers=checked_numbers(given["id_number"], given["phone"], today=clock.today()),
        source=ReturneeSource(given["source"]),
        source_id=given["sighting"],
        **{name: given[name] for name in ("name", "origin", "arrived_on", "remarks")},
    )
