"""What an attempt may say, how far a household is, what to try next, what became of everybody on a day."""

from shouwang.screening.rules.arrivals import check_arrivals, check_presence
from shouwang.screening.rules.attempts import (
    ArrivalInput,
    AttemptInput,
    CheckedReading,
    PresenceInput,
    ReadingInput,
    check_answer,
    check_reading,
    check_readings,
    check_text,
)
from shouwang.screening.rules.days import DayFigures, count_states, day_state, ends_at
from shouwang.screening.rules.next_step import next_step
from shouwang.screening.rules.rounds import SLOT_ORDER, check_slot, evening_of, household_state
from shouwang.screening.rules.sent_form import read_body

__all__ = [
    "SLOT_ORDER",
    "ArrivalInput",
    "AttemptInput",
    "CheckedReading",
    "DayFigures",
    "PresenceInput",
    "ReadingInput",
    "check_answer",
    "check_arrivals",
    "check_presence",
    "check_reading",
    "check_readings",
    "check_slot",
    "check_text",
    "count_states",
    "day_state",
    "ends_at",
    "evening_of",
    "household_state",
    "next_step",
    "read_body",
]
