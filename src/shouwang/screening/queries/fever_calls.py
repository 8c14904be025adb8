"""The fevers that somebody must take, the clock on each, and how fast they were taken."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q

from shouwang.access.enums import Permission
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door, Member
from shouwang.places.queries.tree import names
from shouwang.screening.models import FeverCall

# A reading that no correction has replaced, neither of itself nor of the attempt it was told in.
_HOLDS = """
  not exists (select from screening_reading x where x.community = r.community and x.corrects = r.id)
  and not exists (select from screening_attempt x where x.community = r.community and x.corrects = r.source_id)
"""
# Of these calls: what was measured last since, and whether the fever was taken back: its reading was corrected, and
# no fever since then holds.
_SINCE = f"""
  select f.id, later.temperature, later.made_at,
    exists (
      select from screening_reading r where r.community = f.community and r.id = f.reading and not ({_HOLDS})
    ) and not exists (
      select from screening_reading r where r.community = f.community and r.resident = f.resident
        and r.made_at >= f.found_at and r.fever and {_HOLDS}
    )
  from screening_fevercall f left join lateral (
    select r.temperature, r.made_at from screening_reading r
    where r.community = f.community and r.resident = f.resident and r.made_at > f.found_at
      and r.temperature is not null and {_HOLDS}
    order by r.made_at desc limit 1
  ) later on true
  where f.id = any(%s)
"""  # noqa: S608
_TIMES = """
  select f.community / %(span)s, count(*), count(f.taken_at), count(f.ended_at),
    percentile_cont(0.5) within group (order by greatest(extract(epoch from f.taken_at - f.found_at), 0) / 60)
      filter (where f.taken_at is not null),
    percentile_cont(0.5) within group (order by greatest(extract(epoch from f.ended_at - f.found_at), 0) / 60)
      filter (where f.ended_at is not null)
  from screening_fevercall f
  where f.community between %(first)s and %(last)s and f.day = %(day)s
  group by 1
"""


@dataclass(frozen=True, slots=True)
class FeverLine:
    """One call with the person, and what is known of her since.

    ``again`` is the last temperature taken after the one that raised it; ``withdrawn``: the reading was corrected, and
    there is no fever.
    """

    call: FeverCall
    community: str
    member: Member | None
    door: Door | None
    again: Decimal | None
    again_at: dt.datetime | None
    withdrawn: bool

    @property
    def open(self) -> bool:
        return self.call.ended_at is None

    @property
    def waits(self) -> bool:
        """Somebody must take it."""
        return self.call.taken_at is None and self.open and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Times:
    """How a day's fevers of one place went. Minutes from the measurement, as medians of those that got so far."""

    found: int = 0
    taken: int = 0
    ended: int = 0
    to_taken: float | None = None
    to_ended: float | None = None


def fever_calls(scope: Scope, first: int, last: int, day: dt.date, *, still_open: bool) -> list[FeverLine]:
    """The fevers found that day in the communities ``first`` to ``last``, with ``still_open`` those open from before.

    What nobody has taken first, the longest wait on top; then what is open; then what was taken back or ended.
    """
    if not scope.may_within(Permission.READ_FEVERS, first, last):
        raise Forbidden(Permission.READ_FEVERS)
    wanted = Q(day=day) | Q(ended_at=None) if still_open else Q(day=day)
    rows = FeverCall.objects.filter(wanted, community__range=(first, last)).select_related(
        "taken_by", "ended_by"
    )
    calls = [call for call in rows if scope.may(Permission.READ_FEVERS, call.community)]
    if not calls:
        return []
    since = _since([call.pk for call in calls])
    people = roster.members_by_id(scope, {call.resident for call in calls if call.resident})
    homes = {call.household for call in calls if call.household}
    doors = {door.household_id: door for door in roster.doors(scope, household_ids=homes)}
    places = names({call.community for call in calls})
    lines = [
        FeverLine(
            call, places.get(call.community, ""), people.get(call.resident or 0), doors.get(call.household or 0),
            *since[call.pk],
        )
        for call in calls
    ]  # fmt: skip
    return sorted(lines, key=_order)


def untaken(scope: Scope) -> int:
    """How many fevers wait where this reader takes them: the figure of the navigation."""
    ranges = [
        Q(community__range=(grant.first, grant.last))
        for grant in scope.grants
        if Permission.TAKE_FEVER in grant.permissions
    ]
    if not ranges:
        return 0
    rows = FeverCall.objects.filter(reduce(or_, ranges), ended_at=None, taken_at=None)
    waiting = list(rows.values_list("pk", flat=True))
    return sum(not withdrawn for *_later, withdrawn in _since(waiting).values()) if waiting else 0


def times(scope: Scope, first: int, last: int, day: dt.date, *, span: int) -> dict[int, Times]:
    """How that day's fevers went, by place: ``span`` codes each, 1 for communities, 1000 for towns."""
    if not scope.may_within(Permission.READ_FEVERS, first, last):
        raise Forbidden(Permission.READ_FEVERS)
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, {"first": first, "last": last, "day": day, "span": span})
        return {place * span: Times(*rest) for place, *rest in cursor.fetchall()}


def _since(ids: list[int]) -> dict[int, tuple[Decimal | None, dt.datetime | None, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [ids])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _order(line: FeverLine) -> tuple[int, dt.datetime, int]:
    rank = 0 if line.waits else 1 if line.open and not line.withdrawn else 2 if line.open else 3
    return rank, line.call.found_at, line.call.pk
