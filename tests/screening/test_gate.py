"""A temperature at the gate counts in the round, once, whichever comes first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest

from screening.test_attempts import reach, the_round
from screening.world import CALLER, COMMUNITY, GATE, OFFICE, Home, new_id, settle
from shouwang.access import clock
from shouwang.kernel.errors import Forbidden
from shouwang.people.enums import Presence
from shouwang.people.models import Resident
from shouwang.screening.actions import (
    close_round,
    correct_reading,
    count_gate_temperature,
    open_round,
    reopen_round,
)
from shouwang.screening.models import Reading
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.queries.fevers import fevers


@dataclass(frozen=True)
class Taken:
    community: int
    check_id: UUID
    household_id: int
    resident_id: int
    temperature: Decimal
    made_at: dt.datetime
    made_by: int | None = None


def at_the_gate(home: Home, person: int = 0, temperature: str = "36.4") -> Taken:
    taken = Taken(COMMUNITY, new_id(), home.id, home.people[person], Decimal(temperature), clock.now())
    count_gate_temperature(GATE, taken)
    return taken


def test_it_counts_in_the_open_round(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    at_the_gate(homes[1], temperature="37.8")
    assert (the_round().residents_reached, the_round().households_reached, the_round().fevers) == (1, 1, 1)
    assert the_round().attempts == 0


def test_the_same_check_again_changes_nothing(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    taken = at_the_gate(homes[1])
    count_gate_temperature(GATE, taken)
    assert Reading.objects.count() == 1


def test_before_the_round_it_is_kept_and_counts_once_when_the_round_opens(homes: list[Home]) -> None:
    taken = at_the_gate(homes[0], temperature="37.9")
    assert [fever.round_id for fever in fevers(OFFICE, COMMUNITY, COMMUNITY, clock.today())] == [0]
    open_round(OFFICE, community=COMMUNITY)
    assert (the_round().residents_reached, the_round().fevers) == (1, 1)
    assert kept(the_round()) == recount(the_round())
    assert len(fevers(OFFICE, COMMUNITY, COMMUNITY, clock.today())) == 1
    count_gate_temperature(GATE, taken)
    open_round(OFFICE, community=COMMUNITY)
    assert Reading.objects.count() == 2
    assert the_round().residents_reached == 1


def test_a_reading_mended_before_the_round_opens_is_adopted_as_mended(homes: list[Home]) -> None:
    taken = at_the_gate(homes[0], temperature="38.9")
    correct_reading(CALLER, community=COMMUNITY, reading_id=taken.check_id, temperature="36.9")
    open_round(OFFICE, community=COMMUNITY)
    assert (the_round().residents_reached, the_round().fevers) == (1, 0)


def test_gate_and_call_count_a_person_once(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    at_the_gate(homes[0], 0)
    reach(homes[0])
    at_the_gate(homes[0], 1)
    assert (the_round().residents_reached, the_round().households_reached) == (3, 1)


def test_who_passes_the_gate_is_here_whatever_the_roster_says(homes: list[Home]) -> None:
    Resident.objects.filter(pk=homes[1].people[0]).update(presence=Presence.AWAY)
    open_round(OFFICE, community=COMMUNITY)
    assert (the_round().households_due, the_round().residents_due) == (2, 5)
    at_the_gate(homes[1])
    (late,) = settle([1])
    at_the_gate(late)
    assert (the_round().households_due, the_round().residents_due, the_round().residents_reached) == (4, 7, 2)


def test_after_the_close_it_waits_for_the_round_to_be_opened_again(homes: list[Home]) -> None:
    round_ = open_round(OFFICE, community=COMMUNITY)
    close_round(OFFICE, round_id=round_.pk)
    at_the_gate(homes[1])
    assert the_round().residents_reached == 0
    reopen_round(OFFICE, round_id=round_.pk)
    assert the_round().residents_reached == 1


def test_only_who_keeps_a_gate_brings_such_news(homes: list[Home]) -> None:
    with pytest.raises(Forbidden):
        count_gate_temperature(
            CALLER, Taken(COMMUNITY, new_id(), homes[0].id, homes[0].people[0], Decimal("36.5"), clock.now())
        )
