"""A temperature taken at the gate counts in the day's round.

While no round is open the reading is kept under round 0. Facts are never changed, so opening the round *adopts* it:
a new reading under the round, which corrects the one under 0. Both ways it counts once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions.counting import add_due, counted, due_pairs, lock_community
from shouwang.screening.actions.writing import publish_fevers
from shouwang.screening.enums import Channel
from shouwang.screening.models import Reading, Round
from shouwang.screening.queries.effective import waiting
from shouwang.screening.queries.rounds import in_order, takes
from shouwang.sync.actions import add_facts

NO_ROUND = 0


class GateTemperature(Protocol):
    """News of the gate, by its shape: gates and screening are strangers. ``temperature`` in °C, read and plausible."""

    @property
    def community(self) -> int: ...
    @property
    def check_id(self) -> UUID: ...
    @property
    def household_id(self) -> int: ...
    @property
    def resident_id(self) -> int: ...
    @property
    def temperature(self) -> Decimal: ...
    @property
    def made_at(self) -> dt.datetime: ...
    @property
    def made_by(self) -> int | None: ...


class GateTemperatures(Protocol):
    """Temperatures that came in one go, all of ``community``."""

    @property
    def community(self) -> int: ...
    @property
    def taken(self) -> Sequence[GateTemperature]: ...


@dataclass(frozen=True, slots=True)
class Single:
    community: int
    taken: Sequence[GateTemperature]


def count_gate_temperature(scope: Scope, event: GateTemperature) -> None:
    """Count a person's temperature at the gate in the round of that day. The same check again changes nothing."""
    count_gate_temperatures(scope, Single(event.community, (event,)))


def count_gate_temperatures(scope: Scope, event: GateTemperatures) -> None:
    """Count temperatures taken at the gates of one community, each in the round of its day, each check once."""
    count_under(scope, event, {})


def count_under(scope: Scope, event: GateTemperatures, ids: Mapping[UUID, UUID]) -> None:
    """The same, with another id for the readings of the checks that ``ids`` names: such a check told before."""
    scope.require(Permission.RECORD_CHECK, event.community)
    profile, now = profile_for(scope, event.community), clock.now()
    rounds = _lock_taking(event.community, {taken.made_at for taken in event.taken})
    ids = {taken.check_id: ids.get(taken.check_id, taken.check_id) for taken in event.taken}
    here = Reading.objects.filter(community=event.community, id__in=ids.values())
    known = set(here.values_list("id", flat=True))
    by_round: dict[int, list[Reading]] = defaultdict(list)
    for taken in event.taken:
        if ids[taken.check_id] in known:
            continue
        round_ = rounds[taken.made_at]
        by_round[round_.pk if round_ else NO_ROUND].append(
            Reading(
                community=event.community,
                id=ids[taken.check_id],
                round=NO_ROUND,
                day=timezone.localdate(taken.made_at),
                household=taken.household_id,
                resident=taken.resident_id,
                source=Channel.GATE,
                source_id=taken.check_id,
                temperature=taken.temperature,
                symptoms=None,
                fever=profile.is_fever(taken.temperature),
                made_at=taken.made_at,
                received_at=now,
                made_by=taken.made_by,
            )
        )
    taking = {round_.pk: round_ for round_ in rounds.values() if round_}
    for number, readings in by_round.items():
        if number == NO_ROUND:
            add_facts(readings)
        else:
            _put(scope, taking[number], readings)
        publish_fevers(scope, readings, profile)
        audit(
            scope,
            "count_gate_temperature",
            community=event.community,
            subject_kind="check",
            subject_id=readings[0].id,
            detail={"round": number, "readings": len(readings)},
        )


def adopt(scope: Scope, round_: Round) -> None:
    """Count what the gates measured on the round's day before it was open. The community is locked."""
    found = [
        Reading(
            community=kept.community,
            id=mint(clock.now()),
            day=kept.day,
            household=kept.household,
            resident=kept.resident,
            source=kept.source,
            source_id=kept.source_id,
            temperature=kept.temperature,
            symptoms=kept.symptoms,
            fever=kept.fever,
            made_at=kept.made_at,
            received_at=kept.received_at,
            made_by=kept.made_by,
            corrects=kept.id,
        )
        for kept in waiting(round_)
    ]
    if found:
        _put(scope, round_, found)


def _put(scope: Scope, round_: Round, readings: Sequence[Reading]) -> None:
    """Write gate readings under the locked round. Who passed a gate is here, so she is due, on the list or not."""
    due = due_pairs(round_, (), {reading.resident for reading in readings})
    missing = {r.resident: r.household for r in readings if r.resident not in due}
    for reading in readings:
        reading.round = round_.pk
        reading.household = due.get(reading.resident, reading.household)
    with counted(round_, {reading.household for reading in readings}):
        add_due(scope, round_, ((household, resident) for resident, household in missing.items()))
        add_facts(readings)


def _lock_taking(community: int, moments: Collection[dt.datetime]) -> dict[dt.datetime, Round | None]:
    """For each moment the round that takes what was done then; the rounds of these days are locked.

    Where there is none, the community is locked too, so that nobody opens one meanwhile.
    """
    days = {timezone.localdate(moment) for moment in moments}
    found: dict[dt.datetime, Round | None] = {}
    for held in (False, True):
        if held:
            lock_community(community)
        of_day: dict[dt.date, list[Round]] = defaultdict(list)
        here = Round.objects.filter(community=community, day__in=days).order_by("id")
        for round_ in here.select_for_update(no_key=True):
            of_day[round_.day].append(round_)
        for moment in moments:
            best = in_order(of_day[timezone.localdate(moment)], moment)[:1]
            found[moment] = best[0] if best and takes(best[0], moment) else None
        if None not in found.values():
            break
    return found
