"""The ways to write rounds, attempts and readings. Each is one transaction, and each may come twice."""

from shouwang.screening.actions.attempts import record_attempt, record_attempts
from shouwang.screening.actions.corrections import correct_reading
from shouwang.screening.actions.gate import (
    GateTemperature,
    GateTemperatures,
    count_gate_temperature,
    count_gate_temperatures,
)
from shouwang.screening.actions.gate_corrections import correct_gate_temperatures
from shouwang.screening.actions.intake import Recorded
from shouwang.screening.actions.ledger import close_day, sign_off_day
from shouwang.screening.actions.rounds import close_round, follow_roster, open_round, reopen_round
from shouwang.screening.actions.sheets import Typed, numbers_for_paper, print_sheet, record_sheet

__all__ = [
    "GateTemperature",
    "GateTemperatures",
    "Recorded",
    "Typed",
    "close_day",
    "close_round",
    "correct_gate_temperatures",
    "correct_reading",
    "count_gate_temperature",
    "count_gate_temperatures",
    "follow_roster",
    "numbers_for_paper",
    "open_round",
    "print_sheet",
    "record_attempt",
    "record_attempts",
    "record_sheet",
    "reopen_round",
    "sign_off_day",
]
