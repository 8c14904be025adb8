"""The completeness ledger of a day: everybody in exactly one state."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from shouwang.kernel.profile import DiseaseProfile
from shouwang.screening.enums import DayState, Outcome

UNREACHED = frozenset({Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.NOBODY_HOME})


def day_state(
    *, reached: bool, left: DayState | None, assigned: bool, last_outcome: Outcome | str | None
) -> DayState:
    """What became of one person that day. The first that holds:

    reached, whoever else says she is gone; moved or away (``left``); unassigned, if her household is nobody's, whatever
    was tried; refused or unreachable as the household's last attempt says; else not tried: nobody rang, or nobody
    asked after her, or one half of her day is wanting.
    """
    if reached:
        return DayState.REACHED
    if left is not None:
        return left
    if not assigned:
        return DayState.UNASSIGNED
    if last_outcome == Outcome.REFUSED:
        return DayState.REFUSED
    return DayState.UNREACHABLE if last_outcome in UNREACHED else DayState.NOT_TRIED


def ends_at(day: dt.date, zone: dt.tzinfo, profile: DiseaseProfile) -> dt.datetime:
    """The day's cut-off: when its ledger is closed by the clock if nobody has signed it off."""
    midnight = dt.datetime.combine(day, dt.time(), zone)
    return midnight + dt.timedelta(hours=profile.day_cutoff_hour)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """People of a day by state; ``due`` is all of them."""

    due: int = 0
    reached: int = 0
    refused: int = 0
    unreachable: int = 0
    moved: int = 0
    away: int = 0
    not_tried: int = 0
    unassigned: int = 0

    def __add__(self, other: "DayFigures") -> "DayFigures":
        return DayFigures(*(getattr(self, name) + getattr(other, name) for name in FIGURE_NAMES))

    def __sub__(self, other: "DayFigures") -> "DayFigures":
        return DayFigures(*(getattr(self, name) - getattr(other, name) for name in FIGURE_NAMES))

    def of(self, state: DayState | str) -> int:
        return int(getattr(self, state))

    @property
    def here(self) -> int:
        """Those who could be reached: neither away nor moved."""
        return self.due - self.away - self.moved

    @property
    def not_reached(self) -> int:
        return self.here - self.reached

    @property
    def share(self) -> float:
        """Reached of those here, 0 to 1; 1 where nobody is here."""
        return self.reached / self.here if self.here else 1.0


FIGURE_NAMES = tuple(DayFigures.__dataclass_fields__)


def count_states(states: Iterable[DayState]) -> DayFigures:
    """Everybody counted in exactly one state."""
    found = dict.fromkeys(DayState, 0)
    for state in states:
        found[state] += 1
    return DayFigures(sum(found.values()), *found.values())
