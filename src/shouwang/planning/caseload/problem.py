"""Who is to be reached, and by whom: the frozen problem of dividing households into caseloads.

It is the capacitated p-median problem (Lorena and Senne 2004) with what a community adds: buildings stay whole, what
people have fixed stays, and a household keeps its caller where that costs little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.planning.fields import Fields, ProblemError, once


@dataclass(frozen=True, slots=True)
class Household:
    """``x`` and ``y`` in metres (any plane will do); ``load``: what it asks of a caller, 1 for a usual household.

    ``building`` keeps households together; empty: it stands alone. One that is too much for a caller is kept together
    by its ``unit`` (staircase). ``fixed_to`` is settled by a person, ``now_with`` the caller it has at present.
    """

    id: str
    x: float
    y: float
    load: float = 1.0
    building: str = ""
    unit: str = ""
    fixed_to: str | None = None
    now_with: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """``capacity``: the load one can carry, never exceeded. ``least``: less than this would be unfair, if it can be
    helped."""

    id: str
    capacity: float
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Problem:
    """``change_cost``: how many metres of walking a household's keeping its caller is worth."""

    households: tuple[Household, ...]
    callers: tuple[Caller, ...]
    change_cost: float = 0.0

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Problem":
        """Raises ``ProblemError`` with the place of the first mistake."""
        top = Fields(value)
        callers = []
        for fields in top.objects("callers"):
            callers.append(
                Caller(
                    fields.text("id"),
                    fields.number("capacity", least=0),
                    fields.number("least", 0.0, least=0),
                )
            )
            fields.done()
        households = []
        for fields in top.objects("households"):
            households.append(
                Household(
                    fields.text("id"),
                    fields.number("x"),
                    fields.number("y"),
                    fields.number("load", 1.0, least=0),
                    fields.text("building", ""),
                    fields.text("unit", ""),
                    fields.optional("fixed_to"),
                    fields.optional("now_with"),
                )
            )
            fields.done()
        change_cost = top.number("change_cost", 0.0, least=0)
        top.done()
        problem = cls(tuple(households), tuple(callers), change_cost)
        problem.validate()
        return problem

    def validate(self) -> None:
        if not self.households or not self.callers:
            raise ProblemError("households, callers: at least one of each is needed")
        once([caller.id for caller in self.callers], "callers")
        once([household.id for household in self.households], "households")
        known = {caller.id for caller in self.callers}
        for number, household in enumerate(self.households):
            if household.fixed_to is not None and household.fixed_to not in known:
                raise ProblemError(
                    f"households[{number}].fixed_to: there is no caller {household.fixed_to!r}"
                )


@dataclass(frozen=True, slots=True)
class Solution:
    """A proposal. ``objective`` = ``distance`` (metres, each household to the centre of its caseload) + the cost of
    ``changed`` ones. ``bound``: no division can be better than this; ``None`` where it was not worked out."""

    caller_of: Mapping[str, str]
    centre_of: Mapping[str, str]
    objective: float
    distance: float
    changed: int
    bound: float | None
    split_buildings: tuple[str, ...]
    below_least: tuple[str, ...]
    seed: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "caller_of": dict(self.caller_of),
            "centre_of": dict(self.centre_of),
            "objective": self.objective,
            "distance": self.distance,
            "changed": self.changed,
            "bound": self.bound,
            "split_buildings": list(self.split_buildings),
            "below_least": list(self.below_least),
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
        }
