"""Rosters on public instances of shift scheduling, beside the best values published."""

from typing import Any

from shouwang.bench import _instances
from shouwang.planning import roster
from shouwang.planning.roster import check, public

NEEDS_TOWN = False


def run(arguments: list[str]) -> int:
    return _instances.run("roster", arguments, (".txt",), _attempt)


def _attempt(text: str, *, seconds: float, seed: int) -> dict[str, Any]:
    problem = public.read(text)
    solution = roster.solve(problem, seconds=seconds, seed=seed)
    return {
        "objective": solution.objective,
        "bound": solution.bound,
        "faults": check.faults(problem, solution),
        "solution": public.written(solution),
    }
