"""A household's last rounds, for the page of the household."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.screening.queries.household import days_of_household
from shouwang.screening.queries.rounds import latest_round
from shouwang.screening.views.words import OUTCOMES


def household_days(request: HttpRequest, household_id: int) -> HttpResponse:
    """A fragment: day by day how far the household was reached. Empty for those who may not see rounds."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    doors = roster.doors(scope, household_ids=[household_id])
    if not doors:
        raise NotFound("household", household_id)
    community = doors[0].community
    if not scope.may(Permission.READ_ROUND, community):
        return HttpResponse("")
    latest = latest_round(scope, community)
    lines = [
        {"day": day, "outcomes": [OUTCOMES[outcome] for outcome in day.progress.outcomes]}
        for day in days_of_household(scope, doors[0])
    ]
    may_record = (
        latest is not None and latest.closed_at is None and scope.may(Permission.RECORD_ATTEMPT, community)
    )
    context = {"lines": lines, "household_id": household_id, "round": latest if may_record else None}
    return render(request, "screening/household_days.html", context)
