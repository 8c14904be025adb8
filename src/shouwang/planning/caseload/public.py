"""Public instances of the capacitated p-median problem: ``n p``, then ``x y capacity demand`` for each node."""

from typing import Any

from shouwang.planning.caseload.problem import Caller, Household, Problem, Solution
from shouwang.planning.fields import ProblemError


def read(text: str) -> Problem:
    """Every node is a household named by its number from 1. Raises ``ProblemError``."""
    try:
        values = [float(word) for word in text.split()]
        nodes, medians = int(values[0]), int(values[1])
    except (ValueError, IndexError):
        raise ProblemError(
            "line 1: here must stand two numbers, nodes and medians, then four numbers a node"
        ) from None
    rows = [values[at : at + 4] for at in range(2, 2 + 4 * nodes, 4)]
    if len(rows) != nodes or any(len(row) != 4 for row in rows) or not 1 <= medians <= nodes:
        raise ProblemError(
            f"line 1 says {nodes} nodes and {medians} medians; the numbers after it do not fit that"
        )
    households = tuple(
        Household(str(number), x, y, demand) for number, (x, y, _, demand) in enumerate(rows, 1)
    )
    capacity = max(row[2] for row in rows)
    if any(row[2] != capacity for row in rows):
        raise ProblemError("column 3: all nodes must have the same capacity")
    return Problem(households, tuple(Caller(str(number), capacity) for number in range(1, medians + 1)))


def written(problem: Problem, solution: Solution) -> dict[str, Any]:
    """The solution as those who keep these instances write it: for each node the number of its median."""
    return {
        "median_of": [
            int(solution.centre_of[solution.caller_of[household.id]]) for household in problem.households
        ]
    }
