"""Public instances of the capacitated vehicle routing problem (set X of Uchoa et al. 2017, TSPLIB's form); rounded
Euclidean distances, node 1 the depot, as many vehicles as anybody likes."""

from typing import Any

from shouwang.planning.delivery.problem import Carrier, Door, Problem, Solution
from shouwang.planning.fields import ProblemError


def read(text: str) -> Problem:
    """Doors are named by customer from 1: node 2 is customer 1. Raises ``ProblemError`` with the line."""
    section, capacity = "", 0.0
    places, sizes = dict[int, tuple[float, float]](), dict[int, float]()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace(":", " : ").split()
        if not words or words[0] == "EOF":
            continue
        try:
            if words[0].endswith("_SECTION"):
                section = words[0]
            elif words[0] == "CAPACITY":
                capacity = float(words[-1])
            elif section == "NODE_COORD_SECTION":
                places[int(words[0])] = (float(words[1]), float(words[2]))
            elif section == "DEMAND_SECTION":
                sizes[int(words[0])] = float(words[1])
        except (ValueError, IndexError):
            raise ProblemError(f"line {number}: {line[:40]!r} does not fit the section {section}") from None
    if not capacity or len(places) < 2 or places.keys() != sizes.keys():
        raise ProblemError(
            "CAPACITY, NODE_COORD_SECTION and DEMAND_SECTION are needed, with a line for each node"
        )
    depot, *others = places
    doors = tuple(Door(str(node - depot), *places[node], sizes[node]) for node in others)
    return Problem(
        places[depot], doors, tuple(Carrier(str(n), capacity) for n in range(len(doors))), whole=True
    )


def written(solution: Solution) -> dict[str, Any]:
    """The trips in the customers' numbers."""
    return {"routes": [[int(door) for door in route] for route in solution.routes.values() if route]}
