"""What households report of themselves counts in the day's round: many at once, for they all come after breakfast.

The way is built for sets: a handful of statements however many households report, and no model instance on it. What
is out of the ordinary (somebody who is due elsewhere, a second report under the same id) goes the way of a call.
While no round is open a report is kept under round 0, as a gate's reading is, and counts when the round is opened.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import auditing
from shouwang.access.enums import Permission
from shouwang.access.prepared import Asked, rows, together
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.screening.actions.counting import lock_community
from shouwang.screening.actions.gate import NO_ROUND
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.events import FeverFound
from shouwang.screening.queries.due_lists import Due, asking_versions, due_lists
from shouwang.screening.queries.rounds import in_order, takes
from shouwang.screening.rules import CheckedReading
from shouwang.sync.actions import publish


@dataclass(frozen=True, slots=True)
class SelfReport:
    """What a household says of itself now. ``id`` a UUIDv7, minted in the form; ``readings`` passed by the rules.

    ``proxy``: the actor wrote it down for somebody who cannot.
    """

    community: int
    household: int
    id: UUID
    answered_by: AnsweredBy
    readings: tuple[CheckedReading, ...]
    proxy: bool = False


class Kept(StrEnum):
    """What became of a report. ``UNUSUAL``: nothing yet, it has to go the way of a call."""

    STORED = "stored"
    REPEATED = "repeated"
    UNUSUAL = "unusual"


Also = Callable[[Sequence[Kept]], Sequence[Asked]]


class _Taking(NamedTuple):
    """A round as far as it has to be known here."""

    pk: int
    community: int
    opened_at: dt.datetime
    closed_at: dt.datetime | None


class _Line(NamedTuple):
    """One person of a report on its way into round ``place``; ``id`` will be the reading's."""

    report: SelfReport
    place: int
    told: CheckedReading
    id: UUID


class _Told(NamedTuple):
    """What a round knows of somebody: a fever, the first reading, the last."""

    fever: bool
    first: dt.datetime
    last: dt.datetime


_ROUNDS = """
select id, community, opened_at, closed_at from screening_round
where community = any(%b::bigint[]) and day = %b order by id for no key update
"""
_KNOWN = """
select a.community, a.id from unnest(%b::bigint[], %b::uuid[]) as sent (community, id)
join screening_attempt a on a.community = sent.community and a.id = sent.id
"""
_TOLD = """
select r.round, r.resident, bool_or(r.fever), min(r.made_at), max(r.made_at)
from unnest(%b::bigint[], %b::bigint[], %b::bigint[]) as asked (community, round, household)
join screening_reading r
  on r.community = asked.community and r.round = asked.round and r.household = asked.household
where (r.temperature is not null or r.symptoms is not null)
  and not exists (select from screening_reading c
                  where c.community = r.community and c.round = r.round and c.corrects = r.id)
  and not exists (select from screening_attempt c
                  where c.community = r.community and c.round = r.round and c.corrects = r.source_id)
group by r.round, r.resident
"""
_ADD_ATTEMPTS = """
insert into screening_attempt
  (community, id, round, household, channel, outcome, answered_by, needs, trouble, remarks, made_at, received_at,
   made_by, keeper, proxy)
select community, id, round, household, %b, %b, answered_by, '', '', '', %b::timestamptz, %b::timestamptz, %b::bigint,
  '', proxy
from unnest(%b::bigint[], %b::uuid[], %b::bigint[], %b::bigint[], %b::text[], %b::bool[])
  as t (community, id, round, household, answered_by, proxy)
"""
_ADD_READINGS = """
insert into screening_reading
  (community, id, round, day, household, resident, source, source_id, temperature, symptoms, fever, made_at,
   received_at, made_by)
select community, id, round, %b::date, household, resident, %b, source_id, temperature, symptoms::varchar[], fever,
  %b::timestamptz, %b::timestamptz, %b::bigint
from unnest(%b::bigint[], %b::uuid[], %b::bigint[], %b::bigint[], %b::bigint[], %b::uuid[], %b::numeric[],
  %b::text[], %b::bool[]) as t (community, id, round, household, resident, source_id, temperature, symptoms, fever)
"""
_COUNT = """
update screening_round r set
  households_reached = r.households_reached + t.households, residents_reached = r.residents_reached + t.residents,
  residents_unassigned = r.residents_unassigned + t.unassigned, fevers = r.fevers + t.fevers,
  attempts = r.attempts + t.attempts, updated_at = %b::timestamptz
from unnest(%b::bigint[], %b::int[], %b::int[], %b::int[], %b::int[], %b::int[])
  as t (id, households, residents, unassigned, fevers, attempts)
where r.id = t.id
"""


def take_self_reports(
    scope: Scope,
    reports: Sequence[SelfReport],
    profiles: Mapping[int, DiseaseProfile],
    also: Also | None = None,
) -> list[Kept]:
    """Store reports, each with an id and of a household of its own, and count them; what became of each, in order.

    In the caller's transaction. ``profiles`` by community; ``also`` gives statements to send along. A fever, or
    a symptom that the profile calls alarming, is published.
    """
    now = clock.now()
    communities = sorted({report.community for report in reports})
    for community in communities:
        scope.require(Permission.RECORD_ATTEMPT, community)
    day = timezone.localdate(now)
    rounds = _lock_rounds(communities, day, now)
    places = [rounds[report.community].pk if rounds[report.community] else NO_ROUND for report in reports]
    known, told_rows, versions = together(
        (_KNOWN, [[r.community for r in reports], [r.id for r in reports]]),
        (_TOLD, [[r.community for r in reports], places, [r.household for r in reports]]),
        asking_versions({place for place in places if place != NO_ROUND}),
    )
    there = set(known)
    told = {(round_id, resident): _Told(*rest) for round_id, resident, *rest in told_rows}
    due = due_lists(versions)
    kept, fresh, counts = [], [], defaultdict(lambda: [0] * 5)
    for report, place in zip(reports, places, strict=True):
        if (report.community, report.id) in there:
            kept.append(Kept.REPEATED)
        elif place != NO_ROUND and not _all_due(report, due[place]):
            kept.append(Kept.UNUSUAL)
        else:
            kept.append(Kept.STORED)
            fresh.append((report, place))
            if place != NO_ROUND:
                counts[place] = [
                    a + b
                    for a, b in zip(counts[place], _change(report, due[place], told, place, now), strict=True)
                ]
    if fresh:
        lines = [_Line(report, place, told, mint(now)) for report, place in fresh for told in report.readings]
        together(*_writing(scope, fresh, lines, counts, day, now), *(also(kept) if also else ()))
        for line in lines:
            if line.told.fever or profiles[line.report.community].is_alarming(line.told.symptoms):
                publish(scope, _fever(line, now))
    return kept


def _lock_rounds(communities: Collection[int], day: dt.date, now: dt.datetime) -> dict[int, _Taking | None]:
    """The round of each community that takes what is done now, locked; where there is none, nobody opens one now."""
    found: dict[int, _Taking | None] = {}
    for held in (False, True):
        if held:
            for community in communities:
                if found[community] is None:
                    lock_community(community)
        here: dict[int, list[_Taking]] = defaultdict(list)
        for row in rows(_ROUNDS, [list(communities), day]):
            here[row[1]].append(_Taking(*row))
        for community in communities:
            best = in_order(here[community], now)[:1]
            found[community] = best[0] if best and takes(best[0], now) else None
        if None not in found.values():
            break
    return found


def _all_due(report: SelfReport, due: Due) -> bool:
    here = due.of(report.household)
    return all(told.resident_id in here for told in report.readings)


def _change(
    report: SelfReport, due: Due, told: Mapping[tuple[int, int], _Told], place: int, now: dt.datetime
) -> tuple[int, int, int, int, int]:
    """By how much the round's counters move: households and people reached, unassigned, fevers, attempts."""
    here = due.of(report.household)
    before = {one: told[place, one] for one in here if (place, one) in told}
    after = dict(before)
    for reading in report.readings:
        was = before.get(reading.resident_id)
        after[reading.resident_id] = (
            _Told(was.fever or reading.fever, min(was.first, now), max(was.last, now))
            if was
            else _Told(reading.fever, now, now)
        )
    reached, reached_before = _reached(here, after, due), _reached(here, before, due)
    more = reached - reached_before
    fevers = sum(one.fever for one in after.values()) - sum(one.fever for one in before.values())
    whole = int(reached == len(here)) - int(reached_before == len(here))
    return whole, more, -more if report.household in due.unowned else 0, fevers, 1


def _reached(people: Iterable[int], told: Mapping[int, _Told], due: Due) -> int:
    """As ``queries.effective`` counts: who is due twice is reached with a reading in each half of the day."""
    evening = due.evening_at
    return sum(
        one in told
        and (evening is None or one not in due.twice or told[one].first < evening <= told[one].last)
        for one in people
    )


def _writing(
    scope: Scope,
    fresh: Sequence[tuple[SelfReport, int]],
    lines: Sequence[_Line],
    counts: Mapping[int, Sequence[int]],
    day: dt.date,
    now: dt.datetime,
) -> list[Asked]:
    asked: list[Asked] = [
        (
            _ADD_ATTEMPTS,
            [
                *(Channel.SELF.value, Outcome.REACHED.value, now, now, scope.actor_id),
                [report.community for report, _ in fresh],
                [report.id for report, _ in fresh],
                [place for _, place in fresh],
                [report.household for report, _ in fresh],
                [report.answered_by.value for report, _ in fresh],
                [report.proxy for report, _ in fresh],
            ],
        ),
        (
            _ADD_READINGS,
            [
                *(day, Channel.SELF.value, now, now, scope.actor_id),
                [line.report.community for line in lines],
                [line.id for line in lines],
                [line.place for line in lines],
                [line.report.household for line in lines],
                [line.told.resident_id for line in lines],
                [line.report.id for line in lines],
                [line.told.temperature for line in lines],
                [_array(line.told.symptoms) for line in lines],
                [line.told.fever for line in lines],
            ],
        ),
    ]
    if counts:
        asked.append(
            (_COUNT, [now, list(counts), *(list(column) for column in zip(*counts.values(), strict=True))])
        )
    by_place: dict[tuple[int, int], int] = defaultdict(int)
    for report, place in fresh:
        by_place[report.community, place] += 1
    done = [
        (community, place, {"reports": number}) for (community, place), number in sorted(by_place.items())
    ]
    asked.append(auditing(scope, "report_at_door", subject_kind="round", done=done))
    return asked


def _fever(line: _Line, now: dt.datetime) -> FeverFound:
    return FeverFound(
        line.report.community,
        line.report.household,
        line.told.resident_id,
        line.id,
        line.told.temperature,
        line.told.symptoms,
        Channel.SELF,
        now,
    )


def _array(symptoms: tuple[str, ...] | None) -> str | None:
    """PostgreSQL's text of an array of the profile's keys, which are plain words."""
    return None if symptoms is None else "{" + ",".join(f'"{key}"' for key in symptoms) + "}"
