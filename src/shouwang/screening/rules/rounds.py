"""Rounds of a day and how far a household is in one."""

import datetime as dt

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.screening.enums import HouseholdState, Outcome, Slot

SLOT_ORDER = {Slot.MORNING: 0, Slot.DAY: 1, Slot.AFTERNOON: 2}


def check_slot(slot: Slot, profile: DiseaseProfile) -> None:
    """Raise `Refused` unless the profile has this round of the day."""
    if (slot is Slot.DAY) != (profile.rounds_per_day == 1):
        raise Refused(
            "slot",
            gettext_noop("Here the rounds are: %(rounds)s a day. Open the round of that kind."),
            rounds=profile.rounds_per_day,
        )


def evening_of(slot: Slot, day: dt.date, zone: dt.tzinfo, profile: DiseaseProfile) -> dt.datetime | None:
    """When the second half of the day begins, for those who are to be reached in both halves of one round.

    None where each half of the day has a round of its own: then a reading in each is what reached means.
    """
    if slot is not Slot.DAY:
        return None
    return dt.datetime.combine(day, dt.time(profile.evening_from_hour), zone)


def household_state(
    *, due: int, reached: int, fever: bool, last_outcome: Outcome | str | None, half: int = 0
) -> HouseholdState:
    """How far a household with ``due`` people is of whom ``reached`` have a reading.

    ``half`` more are to be reached morning and evening and have a reading of one of the two.
    """
    if fever:
        return HouseholdState.FEVER
    if reached and reached >= due:
        return HouseholdState.REACHED
    if reached or half:
        return HouseholdState.PARTLY
    return HouseholdState.REFUSED if last_outcome == Outcome.REFUSED else HouseholdState.NOT_REACHED
