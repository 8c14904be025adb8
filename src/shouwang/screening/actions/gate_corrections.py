"""A check at the gate was corrected: so is what it said in the round."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions.counting import counted, due_pairs, lock_community, lock_round
from shouwang.screening.actions.gate import NO_ROUND, GateTemperature, Single, count_under
from shouwang.screening.actions.writing import publish_fevers
from shouwang.screening.enums import Channel
from shouwang.screening.models import Reading
from shouwang.sync.actions import add_facts


class CorrectedPassing(Protocol):
    """All the checks of one passing, and the temperature that holds of it, by its shape."""

    @property
    def check_ids(self) -> Sequence[UUID]: ...
    @property
    def taken(self) -> GateTemperature | None: ...


class CorrectedPassings(Protocol):
    """Passings of one community whose checks were corrected."""

    @property
    def community(self) -> int: ...
    @property
    def passings(self) -> Sequence[CorrectedPassing]: ...


def correct_gate_temperatures(scope: Scope, event: CorrectedPassings) -> None:
    """Let the round tell of each passing what holds now, once. Told again it changes nothing.

    A reading that no longer holds of anybody is corrected by an empty one, which nobody counts. Whoever tells of one
    passing tells by herself: the gate sees to that.
    """
    scope.require(Permission.RECORD_CHECK, event.community)
    for one in event.passings:
        _correct(scope, event.community, one)


def _correct(scope: Scope, community: int, one: CorrectedPassing) -> None:
    told, holds = _told(community, one.check_ids), one.taken
    if any(reading.round == NO_ROUND for reading in told):
        lock_community(community)  # nobody opens a round, and adopts them, meanwhile
        told = _told(community, one.check_ids)
    same = next((reading for reading in told if holds and _is_of(reading, holds)), None)
    for reading in told:
        if reading is not same:
            _replace(scope, reading, None)
        elif holds and reading.temperature != holds.temperature:
            _replace(scope, reading, holds)
    if holds and same is None:
        said_before = Reading.objects.filter(community=community, id=holds.check_id).exists()
        ids = {holds.check_id: mint(clock.now())} if said_before else {}
        count_under(scope, Single(community, (holds,)), ids)


def _is_of(reading: Reading, holds: GateTemperature) -> bool:
    return reading.resident == holds.resident_id and reading.day == timezone.localdate(holds.made_at)


def _told(community: int, check_ids: Collection[UUID]) -> list[Reading]:
    """The readings of these checks that hold."""
    here = Reading.objects.filter(community=community)
    uncorrected = here.filter(~Exists(here.filter(corrects=OuterRef("id"))), temperature__isnull=False)
    return list(uncorrected.filter(source=Channel.GATE, source_id__in=check_ids).order_by("id"))


def _replace(scope: Scope, reading: Reading, holds: GateTemperature | None) -> None:
    now = clock.now()
    temperature, profile = holds.temperature if holds else None, profile_for(scope, reading.community)
    right = Reading(
        community=reading.community,
        id=mint(now),
        round=reading.round,
        day=reading.day,
        household=reading.household,
        resident=reading.resident,
        source=reading.source,
        source_id=holds.check_id if holds else reading.source_id,
        temperature=temperature,
        symptoms=None,
        fever=profile.is_fever(temperature),
        made_at=reading.made_at,
        received_at=now,
        made_by=holds.made_by if holds else scope.actor_id,
        corrects=reading.id,
    )
    if reading.round:
        round_ = lock_round(reading.round)
        right.household = due_pairs(round_, (), {right.resident}).get(right.resident, right.household)
        with counted(round_, {reading.household, right.household}):
            add_facts([right])
    else:
        add_facts([right])
    audit(
        scope,
        "correct_reading",
        community=reading.community,
        subject_kind="reading",
        subject_id=right.id,
        detail={"corrects": str(reading.id)},
    )
    publish_fevers(scope, [right], profile)
