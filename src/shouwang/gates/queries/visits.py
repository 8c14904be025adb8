"""The visitors of a day, as the office lists them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.models import Check, Visit
from shouwang.gates.queries.gates import gates
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import addresses_of
from shouwang.people.queries.numbers import told_numbers

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit with its gate, the address of whom it is for, and the check that belongs to it, if that has come."""

    visit: Visit
    gate: str
    address: str
    check: Check | None


def visits_of_day(scope: Scope, *, community: int, day: dt.date, wanted: str = "") -> QuerySet[Visit]:
    """The visitors registered on a local day, the latest first.

    ``wanted``: part of a name, of whom or why, of a plate; last four of ID or phone; or either in full.
    """
    scope.require(Permission.READ_CHECKS, community)
    scope.require(Permission.READ_PEOPLE, community)
    start = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    rows = Visit.objects.filter(
        community=community, made_at__gte=start, made_at__lt=start + dt.timedelta(days=1)
    )
    if wanted := wanted.strip()[:60]:
        numbers = told_numbers(wanted, wanted, today=clock.today())
        fits = (
            Q(name__contains=wanted)
            | Q(whom__contains=wanted)
            | Q(why__contains=wanted)
            | Q(origin__contains=wanted)
            | Q(plate__contains=wanted.upper())
            | Q(id_tail=wanted.upper())
            | Q(phone_mask__endswith=wanted, phone_digest__isnull=False)
        )
        if numbers.id_digest:
            fits |= Q(id_digest=numbers.id_digest)
        if numbers.phone_digest:
            fits |= Q(phone_digest=numbers.phone_digest)
        rows = rows.filter(fits)
    return rows.order_by("-made_at", "-id")


def visit_lines(scope: Scope, community: int, visits: Sequence[Visit]) -> list[VisitLine]:
    """``visits`` with what stands beside them, a handful of queries however many they are."""
    ways = {way.id: str(way) for way in gates(scope, community)}
    doors = addresses_of(scope, {visit.household for visit in visits if visit.household is not None})
    checks: dict[object, Check] = {}
    for check in Check.objects.filter(community=community, visit__in=[visit.id for visit in visits]).order_by(
        "received_at", "id"
    ):
        checks[check.visit] = check
    return [
        VisitLine(
            visit,
            ways.get(visit.entrance, ""),
            doors.get(visit.household or 0, ""),
            checks.get(visit.id),
        )
        for visit in visits
    ]
