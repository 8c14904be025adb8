"""The frozen problem of bringing things to doors: capacitated vehicle routing, carriers on foot or on wheels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.planning.fields import Fields, ProblemError, once


@dataclass(frozen=True, slots=True)
class Door:
    """``x``, ``y`` in metres; ``size`` of what is brought there, in whatever carriers' capacities are counted in."""

    id: str
    x: float
    y: float
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Carrier:
    """``capacity`` of one trip; nobody goes twice."""

    id: str
    capacity: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Every trip begins and ends at ``depot``. ``whole``: distances are rounded to metres."""

    depot: tuple[float, float]
    doors: tuple[Door, ...]
    carriers: tuple[Carrier, ...]
    whole: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Problem":
        """Raises ``ProblemError`` with the place of the first mistake."""
        top = Fields(value)
        depot = top.object("depot")
        start = (depot.number("x"), depot.number("y"))
        depot.done()
        doors, carriers = [], []
        for fields in top.objects("doors"):
            size = fields.number("size", 1.0, least=0)
            doors.append(Door(fields.text("id"), fields.number("x"), fields.number("y"), size))
            fields.done()
        for fields in top.objects("carriers"):
            carriers.append(Carrier(fields.text("id"), fields.number("capacity", least=0)))
            fields.done()
        top.done()
        problem = cls(start, tuple(doors), tuple(carriers))
        problem.validate()
        return problem

    def validate(self) -> None:
        if not self.carriers:
            raise ProblemError("carriers: at least one is needed")
        once([door.id for door in self.doors], "doors")
        once([carrier.id for carrier in self.carriers], "carriers")


@dataclass(frozen=True, slots=True)
class Solution:
    """``routes``: the doors of each carrier, in order. ``objective``: metres of all of them."""

    routes: Mapping[str, tuple[str, ...]]
    objective: float
    seed: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "routes": {carrier: list(doors) for carrier, doors in self.routes.items()},
            "objective": self.objective,
            "bound": None,
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
        }
