"""The rules alone: no database."""

from decimal import Decimal

import pytest

from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.screening.enums import DayState, HouseholdState, NextStep
from shouwang.screening.rules import (
    ReadingInput,
    check_reading,
    count_states,
    day_state,
    household_state,
    next_step,
)


@pytest.mark.parametrize(
    ("written", "degrees"), [("365", "36.5"), ("37,8", "37.8"), (None, None), ("", None)]
)
def test_a_temperature_is_read_as_at_the_gate(written: str | None, degrees: str | None) -> None:
    read = check_reading(ReadingInput(1, written, []), COVID_2020)
    assert read.temperature == (Decimal(degrees) if degrees else None)
    assert read.fever is (degrees == "37.8")


def test_what_is_no_temperature_is_refused() -> None:
    with pytest.raises(Refused, match=r"3\.65.*Write it like 36\.5"):
        check_reading(ReadingInput(1, "3.65", []), COVID_2020)


@pytest.mark.parametrize(
    ("due", "reached", "fever", "last", "state"),
    [
        (3, 0, False, None, HouseholdState.NOT_REACHED),
        (3, 0, False, "no_answer", HouseholdState.NOT_REACHED),
        (3, 0, False, "refused", HouseholdState.REFUSED),
        (3, 1, False, "refused", HouseholdState.PARTLY),
        (3, 3, False, "reached", HouseholdState.REACHED),
        (3, 1, True, "reached", HouseholdState.FEVER),
        (0, 0, False, None, HouseholdState.NOT_REACHED),
    ],
)
def test_the_state_of_a_household(due: int, reached: int, fever: bool, last: str | None, state: str) -> None:
    assert household_state(due=due, reached=reached, fever=fever, last_outcome=last) == state


NO, WRONG, AWAY, REFUSED, REACHED = "no_answer", "wrong_number", "nobody_home", "refused", "reached"


@pytest.mark.parametrize(
    ("outcomes", "phones", "step"),
    [
        ([], 1, NextStep.CALL),
        ([], 0, NextStep.VISIT),
        ([NO], 1, NextStep.CALL_AGAIN),
        ([NO, NO], 1, NextStep.VISIT),
        ([NO, NO], 2, NextStep.OTHER_NUMBER),
        ([NO, NO, NO], 2, NextStep.OTHER_NUMBER),
        ([NO, NO, NO, NO], 2, NextStep.VISIT),
        ([NO, NO, AWAY], 2, NextStep.CALL_AGAIN),
        ([WRONG], 2, NextStep.OTHER_NUMBER),
        ([WRONG], 1, NextStep.NEIGHBOUR),
        ([NO, WRONG], 1, NextStep.NEIGHBOUR),
        ([WRONG, NO, NO], 2, NextStep.VISIT),
        ([AWAY], 1, NextStep.CALL_AGAIN),
        ([AWAY], 0, NextStep.NEIGHBOUR),
        ([AWAY, AWAY], 1, NextStep.OFFICE),
        ([AWAY, NO, AWAY], 1, NextStep.OFFICE),
        ([NO, REFUSED], 1, NextStep.OFFICE),
    ],
)
def test_what_to_try_next(outcomes: list[str], phones: int, step: NextStep) -> None:
    assert next_step(reached=0, outcomes=outcomes, phones=phones) is step


def test_what_to_try_next_where_some_are_reached() -> None:
    assert next_step(reached=1, outcomes=[REACHED]) is NextStep.ASK_REST
    assert next_step(reached=1, outcomes=[REACHED, REFUSED]) is NextStep.OFFICE
    assert next_step(reached=0, half=1, outcomes=[REACHED], evening=False) is NextStep.EVENING
    assert next_step(reached=0, half=1, outcomes=[REACHED], evening=True) is NextStep.ASK_REST


@pytest.mark.parametrize(
    ("reached", "left", "assigned", "last", "state"),
    [
        (True, None, True, REACHED, DayState.REACHED),
        (True, DayState.AWAY, False, None, DayState.REACHED),
        (False, DayState.MOVED, False, REFUSED, DayState.MOVED),
        (False, DayState.AWAY, True, NO, DayState.AWAY),
        (False, None, False, REFUSED, DayState.UNASSIGNED),
        (False, None, False, None, DayState.UNASSIGNED),
        (False, None, True, REFUSED, DayState.REFUSED),
        (False, None, True, NO, DayState.UNREACHABLE),
        (False, None, True, WRONG, DayState.UNREACHABLE),
        (False, None, True, AWAY, DayState.UNREACHABLE),
        (False, None, True, REACHED, DayState.NOT_TRIED),
        (False, None, True, None, DayState.NOT_TRIED),
    ],
)
def test_the_state_of_a_person_on_a_day(
    reached: bool, left: DayState | None, assigned: bool, last: str | None, state: DayState
) -> None:
    assert day_state(reached=reached, left=left, assigned=assigned, last_outcome=last) is state


def test_everybody_is_counted_once() -> None:
    found = count_states([*DayState, DayState.REACHED])
    assert found.due == len(DayState) + 1 == sum(found.of(state) for state in DayState)
    assert (found.reached, found.here, found.not_reached) == (2, 6, 4)
    assert (found + found - found) == found
