"""Public instances of the travelling purchaser problem (TPPLIB): nodes, demand and offers; node 1 is the depot.

Distances are Euclidean and cut to whole numbers.
"""

from typing import Any

from shouwang.planning.fields import ProblemError
from shouwang.planning.purchase.problem import Offer, Outlet, Problem, Solution


def read(text: str) -> Problem:
    """Outlets and products are named by their numbers. Raises ``ProblemError`` with the line."""
    section, places, demand, offers = "", dict[str, tuple[float, float]](), dict[str, float](), list[Offer]()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if "_SECTION" in line:
            section = words[0].partition("_SECTION")[0]
            continue
        if not words or words[0] == "EOF" or not section:
            continue
        try:
            if section == "NODE_COORD":
                places[words[0]] = (float(words[1]), float(words[2]))
            elif section == "DEMAND" and len(words) == 2:
                demand[words[0]] = float(words[1])
            elif section == "OFFER":
                for at in range(2, 2 + 3 * int(words[1]), 3):
                    offers.append(Offer(words[0], words[at], float(words[at + 1]), float(words[at + 2])))
        except (ValueError, IndexError):
            raise ProblemError(f"line {number}: {line[:40]!r} does not fit the section {section}") from None
    if not places or not demand or not offers:
        raise ProblemError("NODE_COORD_SECTION, DEMAND_SECTION and OFFER_SECTION are needed, each with lines")
    depot, *others = places
    outlets = tuple(Outlet(name, *places[name]) for name in others)
    problem = Problem(places[depot], outlets, tuple(offers), demand, whole=True)
    problem.validate()
    return problem


def written(solution: Solution) -> dict[str, Any]:
    """The run in the numbers of the file, the depot first."""
    return {
        "route": [1, *map(int, solution.route)],
        "purchases": [[int(b.outlet), int(b.product), b.quantity] for b in solution.purchases],
    }
