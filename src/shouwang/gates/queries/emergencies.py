"""The emergencies that the office was told of."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.models import Amendment, Check, EmergencyCall
from shouwang.gates.queries.gates import gates
from shouwang.kernel.scope import Scope
from shouwang.places.queries import names

ABOVE_AFTER = dt.timedelta(minutes=5)
"""Towns and headquarters are told of what nobody of the community has taken within this time."""


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A call with its place, and what the check of it says."""

    call: EmergencyCall
    community: str
    gate: str
    what: str
    plate: str
    direction: str


def waiting(scope: Scope, *, limit: int) -> tuple[list[EmergencyLine], int]:
    """The emergencies that this reader is to be told of and that nobody has taken, the oldest first, and how many.

    In a community of her own at once; in the communities of a town or city after `ABOVE_AFTER`.
    """
    inside = Q(pk__in=[])
    late = Q(told_at__lte=clock.now() - ABOVE_AFTER)
    for grant in scope.grants:
        if Permission.READ_CHECKS in grant.permissions:
            here = Q(community__range=(grant.first, grant.last))
            inside |= here if grant.first == grant.last else here & late
    if not inside.children:
        return [], 0
    rows = EmergencyCall.objects.filter(inside, seen_at=None).order_by("made_at", "id")
    found = list(rows[: limit + 1])
    return lines_of(scope, found[:limit]), len(found) if len(found) <= limit else rows.count()


def calls_of(scope: Scope, community: int) -> QuerySet[EmergencyCall]:
    """All calls of a community, the latest first."""
    scope.require(Permission.READ_CHECKS, community)
    rows = EmergencyCall.objects.filter(community=community).select_related("seen_by")
    return rows.order_by("-made_at", "-id")


def untaken(scope: Scope, first: int, last: int) -> dict[int, int]:
    """How many calls wait in each community from ``first`` to ``last``."""
    scope.require(Permission.READ_CHECKS, first, last)
    rows = EmergencyCall.objects.filter(community__range=(first, last), seen_at=None)
    return dict(Counter(rows.values_list("community", flat=True)))


def lines_of(scope: Scope, calls: list[EmergencyCall]) -> list[EmergencyLine]:
    """``calls`` with their places, and what their checks say, as last corrected."""
    communities = {call.community for call in calls}
    places = names(communities)
    ways = {way.id: str(way) for community in communities for way in gates(scope, community)}
    told = [call.check_id for call in calls]
    corrected = Amendment.objects.filter(community__in=communities, passing__in=told, stands=True)
    standing = dict(corrected.values_list("passing", "check_id"))
    wanted = [standing.get(check_id, check_id) for check_id in told]
    checks = {check.id: check for check in Check.objects.filter(community__in=communities, id__in=wanted)}
    found = []
    for call in calls:
        check = checks.get(
            standing.get(call.check_id, call.check_id)
        )  # gone after its sixty days; the call stays
        found.append(
            EmergencyLine(
                call,
                places.get(call.community, ""),
                ways.get(call.entrance, ""),
                check.remarks if check else "",
                check.plate if check else "",
                check.direction if check else "",
            )
        )
    return found
