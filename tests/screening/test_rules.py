"""The rules alone: no database."""

from decimal import Decimal

import pytest

from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.screening.enums import HouseholdState, NextStep
from shouwang.screening.rules import ReadingInput, check_reading, household_state, next_step


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


@pytest.mark.parametrize(
    ("outcomes", "reached", "phone", "step"),
    [
        ([], 0, True, NextStep.CALL),
        ([], 0, False, NextStep.VISIT),
        (["no_answer"], 0, True, NextStep.CALL_AGAIN),
        (["no_answer", "no_answer"], 0, True, NextStep.VISIT),
        (["no_answer", "wrong_number"], 0, True, NextStep.OTHER_NUMBER),
        (["nobody_home"], 0, True, NextStep.CALL_AGAIN),
        (["nobody_home", "nobody_home"], 0, True, NextStep.OFFICE),
        (["refused"], 0, True, NextStep.OFFICE),
        (["reached"], 1, True, NextStep.ASK_REST),
    ],
)
def test_what_to_try_next(outcomes: list[str], reached: int, phone: bool, step: NextStep) -> None:
    assert next_step(reached=reached, outcomes=outcomes, has_phone=phone) is step
