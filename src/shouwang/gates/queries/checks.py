"""Checks of a day, as lists and as figures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractHour
from django.utils import timezone

from shouwang.access.enums import Permission
from shouwang.gates.enums import Direction, Reason, Verdict
from shouwang.gates.models import Amendment, Check, GateDay, Visit
from shouwang.gates.queries.facts import outing_days
from shouwang.gates.queries.gates import Gate, gates
from shouwang.gates.queries.holds import hold_until, holds_of_households
from shouwang.gates.rules.verdict import Judgement, next_out
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import Lodger, lodgers
from shouwang.places.queries import profile_for

Place = tuple[dt.datetime, UUID]
"""Where a list was left off: when the last of its rows passed, and the id of that check."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check with its gate and its person, who may be unknown. ``visitor``: the name she registered under."""

    check: Check
    gate: Gate | None
    person: Lodger | None
    visitor: str = ""
    former: tuple[Check, ...] = ()
    """What it said before it was corrected, the latest first."""

    @property
    def passed_at(self) -> dt.datetime:
        return min(check.made_at for check in (self.check, *self.former))


@dataclass(frozen=True, slots=True)
class CheckPage:
    lines: list[CheckLine]
    following: Place | None


@dataclass(frozen=True, slots=True)
class Figures:
    checks: int = 0
    passed: int = 0
    refused: int = 0
    fevers: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a day: how many went out, came in, were turned back."""

    hour: int
    out: int
    into: int
    refused: int


def check_page(
    scope: Scope,
    *,
    community: int,
    day: dt.date,
    entrance_id: int | None = None,
    verdict: Verdict | None = None,
    direction: Direction | None = None,
    fever: bool = False,
    emergency: bool = False,
    after: Place | None = None,
    limit: int = 50,
) -> CheckPage:
    """The checks of one day, the latest first, ``limit`` at a time; ``after`` is where the last page ended."""
    scope.require(Permission.READ_CHECKS, community)
    rows: Any = checks_of_day(community, day)  # types cannot say that a query brings ``passed_at``
    if entrance_id is not None:
        rows = rows.filter(entrance=entrance_id)
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    if direction is not None:
        rows = rows.filter(direction=direction)
    if fever:
        rows = rows.filter(fever=True)
    if emergency:
        rows = rows.filter(emergency=True)
    if after is not None:
        passed_at, check_id = after
        rows = rows.filter(passed_at__lte=passed_at).filter(Q(passed_at__lt=passed_at) | Q(id__lt=check_id))
    found = list(rows.order_by("-passed_at", "-id")[: limit + 1])
    shown = found[:limit]
    following = (shown[-1].passed_at, shown[-1].id) if len(found) > limit else None
    return CheckPage(check_lines(scope, community, shown), following)


def check_line(scope: Scope, check: Check) -> CheckLine:
    return check_lines(scope, check.community, [check])[0]


def one_check(scope: Scope, *, community: int, check_id: UUID) -> CheckLine:
    scope.require(Permission.READ_CHECKS, community)
    check = Check.objects.filter(community=community, id=check_id).first()
    if check is None:
        raise NotFound("check", check_id)
    return check_line(scope, check)


def outs_of(scope: Scope, *, community: int, household: int, limit: int = 10) -> list[CheckLine]:
    """The latest outings of a household, those turned back included."""
    scope.require(Permission.READ_CHECKS, community)
    rows = Check.objects.filter(community=community, household=household, direction=Direction.OUT)
    rows = rows.exclude(Exists(_amended().filter(stands=False)))
    return check_lines(scope, community, rows.order_by("-made_at", "-id")[:limit])


def hours_of_day(scope: Scope, *, community: int, day: dt.date, entrance_id: int | None = None) -> list[Hour]:
    """Figures of each of the day's 24 local hours."""
    scope.require(Permission.READ_CHECKS, community)
    rows = checks_of_day(community, day)
    if entrance_id is not None:
        rows = rows.filter(entrance=entrance_id)
    passed = ~Q(verdict=Verdict.RED)
    found = {
        row["hour"]: row
        for row in rows.order_by()
        .values(hour=ExtractHour("passed_at", tzinfo=timezone.get_current_timezone()))
        .annotate(
            out=Count("id", filter=passed & Q(direction=Direction.OUT)),
            into=Count("id", filter=passed & Q(direction=Direction.IN)),
            refused=Count("id", filter=~passed),
        )
    }
    return [Hour(**found.get(hour, {"hour": hour, "out": 0, "into": 0, "refused": 0})) for hour in range(24)]


def figures_of_gates(scope: Scope, *, community: int, day: dt.date) -> dict[int, Figures]:
    """The kept figures of each gate of a community that had any check that day."""
    scope.require(Permission.READ_CHECKS, community)
    rows = GateDay.objects.filter(community=community, day=day)
    return {row.entrance_id: Figures(row.checks, row.passed, row.refused, row.fevers) for row in rows}


def figures_of_communities(scope: Scope, *, first: int, last: int, day: dt.date) -> dict[int, Figures]:
    """The kept figures, summed, of each community from ``first`` to ``last`` that had any check that day."""
    scope.require(Permission.READ_CHECKS, first, last)
    rows = (
        GateDay.objects.filter(day=day, community__range=(first, last))
        .order_by()
        .values_list("community")
        .annotate(Sum("checks"), Sum("passed"), Sum("refused"), Sum("fevers"))
    )
    return {community: Figures(*figures) for community, *figures in rows}


def recounted(scope: Scope, *, community: int, day: dt.date) -> dict[int, Figures]:
    """What :func:`figures_of_gates` must be, counted again from the checks."""
    scope.require(Permission.READ_CHECKS, community)
    rows = (
        checks_of_day(community, day)
        .order_by()
        .values_list("entrance")
        .annotate(
            checks=Count("id"),
            passed=Count("id", filter=~Q(verdict=Verdict.RED)),
            refused=Count("id", filter=Q(verdict=Verdict.RED)),
            fevers=Count("id", filter=Q(fever=True)),
        )
    )
    return {entrance: Figures(*figures) for entrance, *figures in rows}


def judgement_of(scope: Scope, check: Check) -> Judgement:
    """The answer a recorded check was given, with the day on which she may go out if that was the reason."""
    reason = Reason(check.reason or Reason.OK)
    day = None
    if reason is Reason.HOUSEHOLD_WAS_OUT and check.household is not None:
        day = turn_of(scope, community=check.community, household=check.household, at=check.made_at)
    if reason is Reason.QUARANTINE and check.household is not None:
        holds = holds_of_households(scope, check.community, [check.household])
        day = hold_until(
            holds.get(check.household, ()), resident=check.resident, day=timezone.localdate(check.made_at)
        )
    return Judgement(Verdict(check.verdict), reason, day)


def turn_of(scope: Scope, *, community: int, household: int, at: dt.datetime) -> dt.date | None:
    """The first day, from that of ``at`` on, on which the household may send somebody out; ``None``: nobody may."""
    profile, today = profile_for(scope, community), timezone.localdate(at)
    gone = outing_days(
        scope, community=community, households=[household], until=at, today=today, profile=profile
    )
    return next_out(gone.get(household, []), today, profile)


def checks_of_day(community: int, day: dt.date) -> QuerySet[Check]:
    """The checks that stand of a local day's passings, whenever they were corrected, with ``passed_at``.

    Whoever asks has looked at the permission.
    """
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    following = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    moved = Amendment.objects.filter(
        community=community, stands=True, made_at__gte=midnight, made_at__lt=following
    )
    # Read at once: with a few ids in the statement, or none, the index on the time stays usable.
    right = list(moved.values_list("check_id", flat=True))
    rows = Check.objects.filter(community=community)
    made = Q(~Exists(_amended()), made_at__gte=midnight, made_at__lt=following)
    if not right:
        return rows.filter(made).annotate(passed_at=F("made_at"))
    passed_at = Coalesce(Subquery(_amended().values("made_at")[:1]), "made_at")
    return rows.filter(made | Q(id__in=right)).annotate(passed_at=passed_at)


def _amended() -> QuerySet[Amendment]:
    """What was corrected of a check, in a query of checks."""
    return Amendment.objects.filter(community=OuterRef("community"), check_id=OuterRef("id"))


def _former(community: int, checks: Iterable[Check]) -> dict[UUID, tuple[Check, ...]]:
    """What corrected checks said before, the latest first, by the id of the check that stands."""
    here = Amendment.objects.filter(community=community)
    standing = dict(
        here.filter(check_id__in=[check.id for check in checks], stands=True).values_list(
            "passing", "check_id"
        )
    )
    if not standing:
        return {}
    others = dict(here.filter(passing__in=standing, stands=False).values_list("check_id", "passing"))
    found: dict[UUID, tuple[Check, ...]] = {}
    for check in Check.objects.filter(community=community, id__in=others).order_by("-made_at", "-id"):
        key = standing[others[check.id]]
        found[key] = (*found.get(key, ()), check)
    return found


def check_lines(scope: Scope, community: int, checks: Iterable[Check]) -> list[CheckLine]:
    """``checks`` of one community with their gates, persons and visitors."""
    checks = list(checks)
    ways = {gate.id: gate for gate in gates(scope, community)} if checks else {}
    ids = {check.resident for check in checks if check.resident is not None}
    people = {person.id: person for person in lodgers(scope, ids=ids)} if ids else {}
    visits = {check.visit for check in checks if check.visit is not None}
    visitors: dict[UUID | None, str] = (
        dict(Visit.objects.filter(community=community, id__in=visits).values_list("id", "name"))
        if visits
        else {}
    )
    former = _former(community, checks) if checks else {}
    return [
        CheckLine(
            check,
            ways.get(check.entrance),
            people.get(check.resident or 0),
            visitors.get(check.visit, ""),
            former.get(check.id, ()),
        )
        for check in checks
    ]
