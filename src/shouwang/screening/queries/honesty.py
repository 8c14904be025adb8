"""What of a day is worth a call back, which households are rung again, and how far the answers agree."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from shouwang.access.enums import Permission
from shouwang.access.queries import account_names
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door
from shouwang.screening.enums import CallBackState, Channel
from shouwang.screening.models import Attempt, CallBack
from shouwang.screening.queries.effective import ATTEMPTS, READINGS
from shouwang.screening.queries.rounds import history, rounds_of_day
from shouwang.screening.rules.honesty import (
    STILL_DAYS,
    Entry,
    Found,
    Maker,
    Told,
    same_maker,
    worth_a_call_back,
)

_ENTRIES = f"""
  select a.id, a.household, a.channel, a.outcome, a.made_at, a.made_by, a.keeper, a.caseload,
    array_remove(array_agg(distinct r.temperature order by r.temperature), null),
    array_remove(array_agg(distinct s.symptom order by s.symptom), null)
  from ({ATTEMPTS}) a
    left join ({READINGS}) r on r.source_id = a.id
    left join lateral unnest(r.symptoms) s(symptom) on true
  where a.channel = any(%(channels)s)
  group by 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608
# Of the same people, the same temperature each day, told by calls and visits. One row a household.
_STILL = """
  with told as (
    select r.household, r.resident, r.day, r.temperature, r.source_id
    from screening_reading r
    where r.community = %(community)s and r.round = any(%(rounds)s) and r.temperature is not null
      and r.source in ('call', 'visit')
      and r.id not in (select c.corrects from screening_reading c where c.community = %(community)s
        and c.round = any(%(rounds)s) and c.corrects is not null)
      and r.source_id not in (select c.corrects from screening_attempt c where c.community = %(community)s
        and c.round = any(%(rounds)s) and c.corrects is not null)
  ), still as (
    select household, resident, min(temperature) as degrees from told
    group by household, resident
    having count(distinct day) >= %(days)s and min(temperature) = max(temperature)
  )
  select s.household, count(distinct s.resident), array_agg(distinct s.degrees),
    (array_agg(t.source_id order by t.source_id desc))[1]
  from still s join told t on t.household = s.household and t.resident = s.resident
  where t.day = %(day)s
  group by s.household order by 2 desc, 1
"""


COUNTED = tuple(state for state in CallBackState if state != CallBackState.DROPPED)


@dataclass(frozen=True, slots=True)
class Still:
    """A household in which ``people`` had the same temperature on each of the last days; ``attempt`` is the latest."""

    household: int
    people: int
    degrees: tuple[Decimal, ...]
    attempt: UUID


@dataclass(frozen=True, slots=True)
class CallBackLine:
    """A household to be rung again, or rung, with its door and who is concerned."""

    call_back: CallBack
    door: Door | None
    maker: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of those rung again: how many answers agreed, differed, or could not be had."""

    agrees: int = 0
    differs: int = 0
    not_reached: int = 0
    open: int = 0

    @property
    def compared(self) -> int:
        return self.agrees + self.differs

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.agrees + other.agrees,
            self.differs + other.differs,
            self.not_reached + other.not_reached,
            self.open + other.open,
        )


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreement in a community over some days: of all, by channel, by who had made the entry."""

    all: Agreement
    by_channel: dict[str, Agreement]
    by_maker: dict[str, Agreement]


def entries(
    scope: Scope, community: int, day: dt.date, *, channels: Collection[str] = (Channel.CALL, Channel.VISIT)
) -> list[Entry]:
    """The day's calls and visits that hold, with what they say."""
    found = []
    for round_ in rounds_of_day(scope, community, community, day):
        with connection.cursor() as cursor:
            cursor.execute(
                _ENTRIES, {"community": community, "round": round_.pk, "channels": [str(c) for c in channels]}
            )
            found += [
                Entry(number, household, outcome, made_at, Maker(made_by, keeper), caseload, tuple(degrees or ()),
                      tuple(symptoms or ()))
                for number, household, _channel, outcome, made_at, made_by, keeper, caseload, degrees, symptoms
                in cursor.fetchall()
            ]  # fmt: skip
    return found


def worth(scope: Scope, community: int, day: dt.date) -> list[Found]:
    """What stands out among the day's entries."""
    scope.require(Permission.OPEN_ROUND, community)
    return worth_a_call_back(entries(scope, community, day), timezone.get_current_timezone())


def still(scope: Scope, community: int, day: dt.date) -> list[Still]:
    """The households whose temperatures have not moved for :data:`STILL_DAYS` days, most people first."""
    scope.require(Permission.OPEN_ROUND, community)
    since = day - dt.timedelta(days=STILL_DAYS - 1)
    rounds = [r.pk for r in history(scope, community, days=2 * STILL_DAYS, until=day) if r.day >= since]
    with connection.cursor() as cursor:
        cursor.execute(_STILL, {"community": community, "rounds": rounds, "days": STILL_DAYS, "day": day})
        return [
            Still(household, people, tuple(degrees), attempt)
            for household, people, degrees, attempt in cursor.fetchall()
        ]


def call_backs(scope: Scope, community: int, since: dt.date, until: dt.date) -> list[CallBackLine]:
    """The households to be rung again for these days, the open ones first.

    Who does not lead the office sees those she may ring: the open ones that are not her own.
    """
    scope.require(Permission.RECORD_ATTEMPT, community)
    found = list(
        CallBack.objects.filter(community=community, day__range=(since, until)).order_by("-day", "household")
    )
    if not scope.may(Permission.OPEN_ROUND, community):
        me = Maker(scope.actor_id)
        found = [
            one
            for one in found
            if one.state == CallBackState.OPEN and not same_maker(me, Maker(one.made_by, one.keeper))
        ]
    found.sort(key=lambda one: one.state != CallBackState.OPEN)
    doors = {d.household_id: d for d in roster.doors(scope, household_ids={one.household for one in found})}
    names = makers(Maker(one.made_by, one.keeper) for one in found)
    settled = account_names(one.settled_by_id for one in found if one.settled_by_id)
    return [
        CallBackLine(
            one,
            doors.get(one.household),
            names[Maker(one.made_by, one.keeper)],
            settled.get(str(one.settled_by_id), ""),
        )
        for one in found
    ]


def makers(wanted: Iterable[Maker]) -> dict[Maker, str]:
    """The names of those who made entries; empty where none is known."""
    known = set(wanted)
    names = account_names(maker.account for maker in known if maker.account is not None)
    return {maker: maker.keeper or names.get(str(maker.account), "") for maker in known}


def agreement(scope: Scope, community: int, since: dt.date, until: dt.date) -> Agreements:
    """How far the second call agreed with the first, for the entries of these days."""
    scope.require(Permission.OPEN_ROUND, community)
    counted = {str(state): Count("id", filter=Q(state=state)) for state in COUNTED}
    rows: Iterable[Any] = (
        CallBack.objects.filter(community=community, day__range=(since, until))
        .values("channel", "made_by", "keeper")
        .annotate(**counted)
        .order_by()
    )
    total = Agreement()
    by_channel: dict[str, Agreement] = defaultdict(Agreement)
    by_maker: dict[Maker, Agreement] = defaultdict(Agreement)
    for row in rows:
        one = Agreement(**{state: row[state] for state in counted})
        total += one
        by_channel[row["channel"]] += one
        if row["channel"] != Channel.SELF:
            by_maker[Maker(row["made_by"], row["keeper"])] += one
    names = makers(by_maker)
    named: dict[str, Agreement] = defaultdict(Agreement)
    for maker, one in by_maker.items():
        named[names[maker]] += one
    return Agreements(total, dict(by_channel), dict(named))


def told_by(community: int, attempt_id: UUID) -> dict[int, Told]:
    """What an attempt says of each person, as far as it holds; nothing for one that is not there."""
    attempt = Attempt.objects.filter(community=community, id=attempt_id).first()
    if attempt is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select resident, temperature, symptoms, fever"  # noqa: S608
            f" from ({READINGS} and r.household = %(household)s) r where source_id = %(attempt)s",
            {
                "community": community,
                "round": attempt.round,
                "household": attempt.household,
                "attempt": attempt_id,
            },
        )
        return {
            resident: Told(temperature, None if symptoms is None else frozenset(symptoms), fever)
            for resident, temperature, symptoms, fever in cursor.fetchall()
        }
