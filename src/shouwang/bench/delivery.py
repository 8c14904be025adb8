"""Delivery on public instances of the capacitated vehicle routing problem, beside the best values published."""

from typing import Any

from shouwang.bench import _instances
from shouwang.planning import delivery
from shouwang.planning.delivery import check, public

NEEDS_TOWN = False


def run(arguments: list[str]) -> int:
    return _instances.run("delivery", arguments, (".vrp",), _attempt)


def _attempt(text: str, *, seconds: float, seed: int) -> dict[str, Any]:
    problem = public.read(text)
    solution = delivery.solve(problem, seconds=seconds, seed=seed)
    return {
        "objective": solution.objective,
        "bound": None,
        "faults": check.faults(problem, solution),
        "solution": public.written(solution),
    }
