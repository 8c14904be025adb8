"""A temperature taken at the gate counts in the day's round.

While no round is open the reading is kept under round 0. Facts are never changed, so opening the round *adopts* it:
a new reading under the round, which corrects the one under 0. Both ways it counts once.
"""

import datetime as dt
from collections.abc import Sequence
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
from shouwang.screening.actions.counting import add_due, counted, due_pairs, lock_community, lock_round
from shouwang.screening.enums import Channel
from shouwang.screening.models import Reading, Round
from shouwang.screening.queries.effective import waiting
from shouwang.screening.queries.rounds import rounds_taking, takes

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


def count_gate_temperature(scope: Scope, event: GateTemperature) -> None:
    """Count a person's temperature at the gate in the round of that day. The same check again changes nothing."""
    scope.require(Permission.RECORD_CHECK, event.community)
    reading = Reading(
        community=event.community,
        id=event.check_id,
        round=NO_ROUND,
        day=timezone.localdate(event.made_at),
        household=event.household_id,
        resident=event.resident_id,
        source=Channel.GATE,
        source_id=event.check_id,
        temperature=event.temperature,
        symptoms=None,
        fever=profile_for(scope, event.community).is_fever(event.temperature),
        made_at=event.made_at,
        received_at=clock.now(),
        made_by=event.made_by,
    )
    round_ = _lock_taking(event.community, event.made_at)
    if Reading.objects.filter(community=event.community, id=event.check_id).exists():
        return
    if round_ is None:
        Reading.objects.bulk_create([reading])
    else:
        _put(round_, [reading])
    audit(
        scope,
        "count_gate_temperature",
        community=event.community,
        subject_kind="check",
        subject_id=event.check_id,
        detail={"round": reading.round},
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
        _put(round_, found)


def _put(round_: Round, readings: Sequence[Reading]) -> None:
    """Write gate readings under the locked round. Who passed a gate is here, so she is due, on the list or not."""
    due = due_pairs(round_, (), {reading.resident for reading in readings})
    missing = {r.resident: r.household for r in readings if r.resident not in due}
    for reading in readings:
        reading.round = round_.pk
        reading.household = due.get(reading.resident, reading.household)
    with counted(round_, {reading.household for reading in readings}):
        add_due(round_, ((household, resident) for resident, household in missing.items()))
        Reading.objects.bulk_create(readings)


def _lock_taking(community: int, made_at: dt.datetime) -> Round | None:
    """The round that takes what was done at ``made_at``, locked; None if there is none, with the community locked."""
    for held in (False, True):
        if held:
            lock_community(community)
        for round_ in rounds_taking(community, made_at)[:1]:
            locked = lock_round(round_.pk)
            if takes(locked, made_at):
                return locked
    return None
