"""What households report of themselves counts in the day's round: many at once, for they all come after breakfast.

The way is built for sets: a handful of statements however many households report, and no model instance on it. What
is out of the ordinary (somebody who is due elsewhere, a second report under the same id) goes the way of a call.
While no round is open a report is kept under round 0, as a gate's reading is, and counts when the round is opened.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.prepared import Asked, rows, together
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.screening.actions.counting import lock_community
from shouwang.screening.actions.gate import NO_ROUND
from shouwang.screening.actions.self_report_rows import Line, SelfReport, writing
from shouwang.screening.enums import Channel
from shouwang.screening.events import FeverFound
from shouwang.screening.queries.due_lists import Due, asking_versions, due_lists
from shouwang.screening.queries.rounds import in_order, takes
from shouwang.sync.actions import publish


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
                  where c.community = r.community and c.corrects = r.id)
  and not exists (select from screening_attempt c
                  where c.community = r.community and c.corrects = r.source_id)
group by r.round, r.resident
"""
"""What a household's people have told in the round. What corrects a reading is not asked for by its round as well:
while a month's partition is new and has no statistics, PostgreSQL would walk the round's index for every reading."""


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
    places = [_place(rounds[report.community]) for report in reports]
    known, told_rows, versions = together(
        (_KNOWN, [[r.community for r in reports], [r.id for r in reports]]),
        (_TOLD, [[r.community for r in reports], places, [r.household for r in reports]]),
        asking_versions({place for place in places if place != NO_ROUND}),
    )
    there = set(known)
    told = {(round_id, resident): _Told(*rest) for round_id, resident, *rest in told_rows}
    due = due_lists(versions)
    kept: list[Kept] = []
    fresh: list[tuple[SelfReport, int]] = []
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * 5)
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
        lines = [Line(report, place, told, mint(now)) for report, place in fresh for told in report.readings]
        together(*writing(scope, fresh, lines, counts, day, now), *(also(kept) if also else ()))
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


def _place(round_: _Taking | None) -> int:
    return round_.pk if round_ else NO_ROUND


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


def _fever(line: Line, now: dt.datetime) -> FeverFound:
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
