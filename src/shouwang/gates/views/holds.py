"""Who of a household must stay in: a part of the household's page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.actions import end_hold, set_hold
from shouwang.gates.forms import HoldForm
from shouwang.gates.queries.holds import Held, holds_of_households
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import household as find_household
from shouwang.people.queries.lodgers import lodgers_of
from shouwang.places.queries import profile_for

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A hold as the page says it: ``last`` is the last day on which she stays in."""

    id: int
    since: dt.date
    last: dt.date
    over: bool


def holds(request: HttpRequest, household: int) -> HttpResponse:
    """The part itself; POST sets a hold and goes back to the household."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    home = find_household(scope, household)
    people = {person.id: person.name for person in lodgers_of(scope, household=household)}
    if request.method == "POST":
        form = HoldForm(request.POST, people=people)
        if not form.is_valid():
            raise Refused("hold_form", gettext_noop("Choose who, and days such as 2020-02-14."))
        given = form.cleaned_data
        with transaction.atomic():
            set_hold(
                scope,
                household_id=household,
                resident_id=given["resident"],
                since=given["since"],
                until=given["last"] and given["last"] + A_DAY,
            )
        messages.success(
            request, _("Saved. The gates know it at once, phones as soon as they have a signal.")
        )
        return redirect("people:household", household)
    today = clock.today()
    found = holds_of_households(scope, home.community, [household]).get(household, [])
    context: dict[str, Any] = {
        "household": household,
        "holds": [(_shown(held, today), people.get(held.resident or 0, "")) for held in found],
        "may_set": scope.may(Permission.SET_HOLD, home.community),
        "days": profile_for(scope, home.community).observation_days,
        "form": HoldForm(people=people),
    }
    return render(request, "gates/household_holds.html", context)


@require_POST
def end(request: HttpRequest, hold_id: int) -> HttpResponse:
    """They may go out again."""
    hold = end_hold(request.scope, hold_id=hold_id)  # type: ignore[attr-defined]
    messages.success(request, _("Saved. The gates know it at once, phones as soon as they have a signal."))
    return redirect("people:household", hold.household_id)


def _shown(held: Held, today: dt.date) -> Shown:
    return Shown(held.id, held.since, held.until - A_DAY, held.until <= today)
