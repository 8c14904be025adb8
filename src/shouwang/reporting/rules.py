"""What is counted, how, and from which facts: the closed list of indicators, and figures that can be added up."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from shouwang.kernel.errors import gettext_noop


@dataclass(frozen=True, slots=True)
class Figures:
    """A day's figures of a community or, added up, of any area. ``None`` is *not known*, which is not zero.

    People due in two rounds of one day count in each. ``reached`` never exceeds ``due``.
    """

    communities: int = 0
    empty: int = 0
    """Communities nobody is entered in yet: no round can be expected of them."""
    rounds_expected: int = 0
    rounds_opened: int = 0
    not_opened: int = 0
    """Communities that owe at least one round."""
    households: int | None = 0
    residents: int | None = 0
    present: int | None = 0
    households_due: int = 0
    households_reached: int = 0
    residents_due: int = 0
    residents_reached: int = 0
    attempts: int = 0
    fevers: int = 0
    checks: int = 0
    passed: int = 0
    turned_back: int = 0
    gate_fevers: int = 0
    entrances_open: int = 0
    entrances_emergency: int = 0
    entrances_sealed: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        summed: dict[str, Any] = {name: _add(getattr(self, name), getattr(other, name)) for name in FIGURES}
        return Figures(**summed)

    @property
    def not_reached(self) -> int:
        return self.residents_due - self.residents_reached

    @property
    def households_not_reached(self) -> int:
        return self.households_due - self.households_reached

    @property
    def reached_percent(self) -> int | None:
        """Whole per cent, rounded down, so that 100 means everybody; ``None`` where nobody is due."""
        return 100 * self.residents_reached // self.residents_due if self.residents_due else None


FIGURES = tuple(item.name for item in fields(Figures))


def _add(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def rounds_expected(rounds_per_day: int, *, hour: int) -> int:
    """How many rounds of a day should be open at local ``hour`` (24: the day is over).

    The one round, or the morning's, is owed from midnight on; the afternoon's from noon. *(ours)*
    """
    return 1 if rounds_per_day < 2 or hour < 12 else 2


class Unit(StrEnum):
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    COMMUNITIES = "communities"
    ROUNDS = "rounds"
    TIMES = "times"
    ENTRANCES = "entrances"
    PERCENT = "percent"


class Part(StrEnum):
    """Where in the report an indicator stands."""

    PLACES = "places"
    ROUND = "round"
    GATES = "gates"


@dataclass(frozen=True, slots=True)
class Indicator:
    """``name`` and ``formula`` are English message ids; ``source`` names the records that are counted."""

    key: str
    part: Part
    unit: Unit
    name: str
    formula: str
    source: str
    value: Callable[[Figures], int | None]


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "communities", Part.PLACES, Unit.COMMUNITIES,
        gettext_noop("Communities and villages"),
        gettext_noop("Communities in use, and those out of use that still hold people or records of the day."),
        gettext_noop("division list"),
        lambda f: f.communities,
    ),
    Indicator(
        "residents", Part.PLACES, Unit.PEOPLE,
        gettext_noop("People on the roster"),
        gettext_noop("Everybody entered who has not moved away or died. Known for the present day only."),
        gettext_noop("roster"),
        lambda f: f.residents,
    ),
    Indicator(
        "present", Part.PLACES, Unit.PEOPLE,
        gettext_noop("Of them present"),
        gettext_noop("People on the roster who are here, not away. Known for the present day only."),
        gettext_noop("roster"),
        lambda f: f.present,
    ),
    Indicator(
        "rounds_opened", Part.ROUND, Unit.ROUNDS,
        gettext_noop("Rounds opened"),
        gettext_noop("Screening rounds that were opened this day."),
        gettext_noop("rounds"),
        lambda f: f.rounds_opened,
    ),
    Indicator(
        "not_opened", Part.ROUND, Unit.COMMUNITIES,
        gettext_noop("Communities without their round"),
        gettext_noop("Communities with people in which a round owed by this hour was not opened."),
        gettext_noop("rounds; rounds a day as the rules of the place say"),
        lambda f: f.not_opened,
    ),
    Indicator(
        "residents_due", Part.ROUND, Unit.PEOPLE,
        gettext_noop("People to be reached"),
        gettext_noop("People present, fixed when the round opens; with two rounds a day each counts."),
        gettext_noop("rounds"),
        lambda f: f.residents_due,
    ),
    Indicator(
        "residents_reached", Part.ROUND, Unit.PEOPLE,
        gettext_noop("People reached"),
        gettext_noop("People of whom there is a reading in the round, by call, visit, self-report or at a gate."),
        gettext_noop("readings"),
        lambda f: f.residents_reached,
    ),
    Indicator(
        "not_reached", Part.ROUND, Unit.PEOPLE,
        gettext_noop("People not reached"),
        gettext_noop("People to be reached less people reached. Nobody is normal unheard."),
        gettext_noop("rounds, readings"),
        lambda f: f.not_reached,
    ),
    Indicator(
        "reached_percent", Part.ROUND, Unit.PERCENT,
        gettext_noop("Share reached"),
        gettext_noop("People reached in people to be reached, rounded down: 100 % means everybody."),
        gettext_noop("rounds, readings"),
        lambda f: f.reached_percent,
    ),
    Indicator(
        "households_due", Part.ROUND, Unit.HOUSEHOLDS,
        gettext_noop("Households to be reached"),
        gettext_noop("Households that hold a person to be reached."),
        gettext_noop("rounds"),
        lambda f: f.households_due,
    ),
    Indicator(
        "households_reached", Part.ROUND, Unit.HOUSEHOLDS,
        gettext_noop("Households reached"),
        gettext_noop("Households in which everybody to be reached was reached."),
        gettext_noop("rounds, readings"),
        lambda f: f.households_reached,
    ),
    Indicator(
        "attempts", Part.ROUND, Unit.TIMES,
        gettext_noop("Calls and visits"),
        gettext_noop("Attempts to reach a household, whatever came of them."),
        gettext_noop("attempts"),
        lambda f: f.attempts,
    ),
    Indicator(
        "fevers", Part.ROUND, Unit.PEOPLE,
        gettext_noop("People with fever"),
        gettext_noop("People with a reading above the limit of the place's rules (37.3 °C unless changed)."),
        gettext_noop("readings"),
        lambda f: f.fevers,
    ),
    Indicator(
        "checks", Part.GATES, Unit.TIMES,
        gettext_noop("Checks at the gates"),
        gettext_noop("People and vehicles checked, in and out, those turned back included."),
        gettext_noop("checks"),
        lambda f: f.checks,
    ),
    Indicator(
        "turned_back", Part.GATES, Unit.TIMES,
        gettext_noop("Turned back"),
        gettext_noop("Checks that the rules answered with red."),
        gettext_noop("checks"),
        lambda f: f.turned_back,
    ),
    Indicator(
        "gate_fevers", Part.GATES, Unit.TIMES,
        gettext_noop("Fevers at the gates"),
        gettext_noop("Checks with a temperature above the limit, visitors included."),
        gettext_noop("checks"),
        lambda f: f.gate_fevers,
    ),
    Indicator(
        "entrances_open", Part.GATES, Unit.ENTRANCES,
        gettext_noop("Open gates"),
        gettext_noop("Entrances open at the end of the day."),
        gettext_noop("entrances and their histories"),
        lambda f: f.entrances_open,
    ),
    Indicator(
        "entrances_emergency", Part.GATES, Unit.ENTRANCES,
        gettext_noop("Emergency exits"),
        gettext_noop("Entrances kept as emergency exits at the end of the day."),
        gettext_noop("entrances and their histories"),
        lambda f: f.entrances_emergency,
    ),
    Indicator(
        "entrances_sealed", Part.GATES, Unit.ENTRANCES,
        gettext_noop("Sealed entrances"),
        gettext_noop("Entrances sealed at the end of the day."),
        gettext_noop("entrances and their histories"),
        lambda f: f.entrances_sealed,
    ),
)  # fmt: skip
"""The closed list. Every report is filled from it; what is not in it is not reported."""

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
