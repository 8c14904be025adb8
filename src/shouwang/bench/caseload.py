"""Caseloads on public instances of the capacitated p-median problem, beside the best values published."""

from typing import Any

from shouwang.bench import _instances
from shouwang.planning import caseload
from shouwang.planning.caseload import check, public

NEEDS_TOWN = False


def run(arguments: list[str]) -> int:
    return _instances.run("caseload", arguments, (".dat", ".txt"), _attempt)


def _attempt(text: str, *, seconds: float, seed: int) -> dict[str, Any]:
    problem = public.read(text)
    solution = caseload.solve(problem, seconds=seconds, seed=seed)
    return {
        "objective": solution.objective,
        "bound": solution.bound,
        "faults": check.faults(problem, solution),
        "solution": public.written(problem, solution),
    }
