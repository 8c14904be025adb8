"""The rules alone: no database."""

from decimal import Decimal

import pytest

from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.screening.enums import HouseholdState, NextStep
from shouwang.screening.rules import household_state, next_step, read_temperature


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("36.5", "36.5"), ("36,5", "36.5"), ("３６．５", "36.5"), ("36.50", "36.5"), ("36", "36.0"), (36.6, "36.6"),
        ("36.5℃", "36.5"), ("36度5", "36.5"), (" 36。5 ", "36.5"), ("42.9", "42.9"), (Decimal("37.3"), "37.3"),
    ],
)  # fmt: skip
def test_a_temperature_is_read(written: object, degrees: str) -> None:
    assert read_temperature(written, COVID_2020) == Decimal(degrees)


@pytest.mark.parametrize("written", [None, "", "   ", "　"])
def test_nothing_written_is_no_temperature(written: object) -> None:
    assert read_temperature(written, COVID_2020) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("365", "temperature_point"), ("３６５", "temperature_point"), ("3.65", "temperature_point"),
        ("36.55", "temperature_too_fine"), ("37.34", "temperature_too_fine"), ("37.05", "temperature_too_fine"),
        ("98.6", "temperature_implausible"), ("33.9", "temperature_implausible"), ("43.1", "temperature_implausible"),
        ("正常", "temperature"), ("normal", "temperature"), ("-36.5", "temperature"), ("36.5.5", "temperature"),
        ("nan", "temperature"), ("0", "temperature"),
    ],
)  # fmt: skip
def test_what_may_be_mistyped_is_refused_and_never_mended(written: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_temperature(written, COVID_2020)
    assert refused.value.code == code


def test_the_refusal_says_what_was_probably_meant() -> None:
    with pytest.raises(Refused, match=r"365.*did you mean 36\.5\?"):
        read_temperature("365", COVID_2020)
    with pytest.raises(Refused, match=r"3\.65.*did you mean 36\.5\?"):
        read_temperature("3.65", COVID_2020)


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
