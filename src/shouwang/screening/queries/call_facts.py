"""What the last rounds know of the households of one caseload: a handful of statements, none of which looks at the rest
of the community."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from shouwang.access.prepared import together
from shouwang.kernel.profile import DiseaseProfile
from shouwang.screening.models import Round
from shouwang.screening.queries.due_lists import Due, asking_versions, due_lists

NO_ROUND = 0
"""What was told while no round was open."""


class Tried(NamedTuple):
    """An attempt that holds. ``made_by`` is an account, ``device`` the key of a phone; either may be None."""

    id: UUID
    household: int
    channel: str
    outcome: str
    answered_by: str
    needs: str
    trouble: str
    remarks: str
    made_at: dt.datetime
    made_by: int | None
    keeper: str
    device: int | None


class Told(NamedTuple):
    """A reading that holds. ``symptoms`` None: nobody asked."""

    resident: int
    household: int
    day: dt.date
    temperature: Decimal | None
    symptoms: list[str] | None
    fever: bool
    source: str
    made_at: dt.datetime
    round: int


class DueHere(NamedTuple):
    """Somebody due in a round. ``half``: the half of the day that she has had, if one only."""

    household: int
    resident: int
    fever: bool
    reached: bool
    half: str | None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """``due`` and ``twice`` by resident; ``last`` of each resident and household; ``today`` the oldest first.

    ``ill`` are households with a fever or alarming symptoms yesterday, or a fever that nobody has ended; ``missed``
    those with somebody not reached in yesterday's round.
    """

    due: dict[int, DueHere]
    twice: frozenset[int]
    evening_at: dt.datetime | None
    today: dict[int, list[Tried]]
    last_try: dict[int, Tried]
    last_told: dict[int, Told]
    ill: frozenset[int] = field(default_factory=frozenset)
    missed: frozenset[int] = field(default_factory=frozenset)


# As `queries.effective` does for one round; these are for a few rounds and a few households.
_ATTEMPTS = """
select a.id, a.household, a.channel, a.outcome, a.answered_by, a.needs, a.trouble, a.remarks, a.made_at, a.made_by,
  a.keeper, a.device
from screening_attempt a
where a.community = %(community)b::bigint and a.round = any(%(rounds)b::bigint[])
  and a.household = any(%(these)b::bigint[])
  and a.id not in (select c.corrects from screening_attempt c
                   where c.community = %(community)b::bigint and c.round = any(%(rounds)b::bigint[])
                     and c.corrects is not null)
"""
_LAST_TRIES = (
    f"select distinct on (a.household) * from ({_ATTEMPTS}) a order by a.household, a.made_at desc, a.id desc"  # noqa: S608
)
_TODAY = f"select * from ({_ATTEMPTS}) a where a.made_at >= %(since)b::timestamptz order by a.made_at, a.id"  # noqa: S608
_READINGS = """
select r.resident, r.household, r.day, r.temperature, r.symptoms, r.fever, r.source, r.made_at, r.round
from screening_reading r
where r.community = %(community)b::bigint and r.round = any(%(rounds)b::bigint[])
  and r.household = any(%(these)b::bigint[])
  and (r.temperature is not null or r.symptoms is not null)
  and r.id not in (select c.corrects from screening_reading c
                   where c.community = %(community)b::bigint and c.round = any(%(rounds)b::bigint[])
                     and c.corrects is not null)
  and (r.source_id is null
    or r.source_id not in (select c.corrects from screening_attempt c
                           where c.community = %(community)b::bigint and c.round = any(%(rounds)b::bigint[])
                             and c.corrects is not null))
"""
_LAST_TOLD = f"select distinct on (r.resident) * from ({_READINGS}) r order by r.resident, r.made_at desc"  # noqa: S608
_TOLD = f"""
select round, resident, bool_or(fever), min(made_at), max(made_at) from ({_READINGS}) r group by round, resident
"""  # noqa: S608
_ILL = f"""
select distinct household from ({_READINGS}) r where r.fever or r.symptoms && %(alarming)b::text[]::varchar[]
"""  # noqa: S608
_FEVERISH = """
select household from screening_fevercall
where community = %(community)b::bigint and household = any(%(these)b::bigint[]) and ended_at is null
"""


def call_facts(
    community: int,
    households: Collection[int],
    *,
    rounds: Sequence[Round],
    now_in: Round | None,
    today: dt.date,
    profile: DiseaseProfile,
) -> CallFacts:
    """``rounds`` are the community's last ones, the latest first; ``now_in`` is the one of now, if there is one."""
    these = list(households)
    yesterday = [round_ for round_ in rounds if round_.day == today - dt.timedelta(days=1)]
    counted = [*yesterday, *([now_in] if now_in else [])]
    here = {"community": community, "these": these}
    in_all = {**here, "rounds": _numbers(rounds)}
    since = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    of_today, last_tries, last_told, read, ill, feverish, versions = together(
        (_TODAY, {**here, "rounds": _numbers(r for r in rounds if r.day == today), "since": since}),
        (_LAST_TRIES, in_all),
        (_LAST_TOLD, in_all),
        (_TOLD, {**here, "rounds": [round_.pk for round_ in counted]}),
        (_ILL, {**here, "rounds": [r.pk for r in yesterday], "alarming": list(profile.alarm_symptoms)}),
        (_FEVERISH, here),
        asking_versions({round_.pk for round_ in counted}),
    )
    tried: dict[int, list[Tried]] = {}
    for row in of_today:
        tried.setdefault(row[1], []).append(Tried(*row))
    lists = due_lists([(pk, version) for pk, version in versions])
    told = {row[:2]: row[2:] for row in read}
    now = lists.get(now_in.pk) if now_in else None
    return CallFacts(
        due={one.resident: one for one in _due(now_in.pk, now, these, told)} if now_in and now else {},
        twice=now.twice if now else frozenset(),
        evening_at=now.evening_at if now else None,
        today=tried,
        last_try={row[1]: Tried(*row) for row in last_tries},
        last_told={row[0]: Told(*row) for row in last_told},
        ill=frozenset(row[0] for row in (*ill, *feverish)),
        missed=frozenset(
            one.household
            for r in yesterday
            if r.pk in lists
            for one in _due(r.pk, lists[r.pk], these, told)
            if not one.reached
        ),
    )


def _numbers(rounds: Iterable[Round]) -> list[int]:
    """Of these rounds, and of what was told while none was open."""
    return [*(round_.pk for round_ in rounds), NO_ROUND]


def _due(round_id: int, due: Due, these: list[int], told: dict[Any, Any]) -> Iterator[DueHere]:
    """As `queries.effective` says of the whole round: who is due in both halves of the day is reached with a reading
    in each."""
    for household in these:
        for resident in due.of(household):
            fever, first, last = told.get((round_id, resident), (False, None, None))
            half = None
            if first and due.evening_at and resident in due.twice:
                half = "morning" if last < due.evening_at else "evening" if first >= due.evening_at else None
            yield DueHere(household, resident, fever, first is not None and half is None, half)
