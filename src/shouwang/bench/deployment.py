"""1,700 people deployed to 205 areas beside a proven bound; then 5 % of the needs change and as few move as can be."""

import argparse
import json
import time

from shouwang.bench._county import county, other_needs
from shouwang.planning.deployment import Problem, Solution, moved, replanned, solve
from shouwang.planning.deployment.check import faults

NEEDS_TOWN = False
GAP, MOVES = 0.01, 1.2


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="shouwang bench deployment")
    parser.add_argument("--people", type=int, default=1700)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args(arguments)
    good = True
    for seed in options.seeds:
        problem = county(options.people, seed=seed)
        solution, row = _measured("deployment", problem, options.seconds, seed)
        good &= row["verified"] is True and float(str(row["gap"])) <= GAP
        print(json.dumps(row), flush=True)
        again = replanned(problem, solution, other_needs(problem, share=0.05, seed=seed))
        other, row = _measured("replan", again, options.seconds, seed)
        least = fewest(again)
        # Who stood by and is sent now disturbs nobody; who serves and goes elsewhere does.
        moves = sum(change.was is not None for change in moved(again, other))
        row |= {"moved": moves, "least_possible": least, "ratio": round(moves / max(least, 1), 3)}
        good &= row["verified"] is True and moves <= MOVES * least
        print(json.dumps(row), flush=True)
    return int(not good)


def fewest(problem: Problem) -> int:
    """So many must leave where they serve, whatever is planned: those for whom there is no place any more."""
    places: dict[str, int] = {}
    for need in problem.needs:
        places[need.area] = places.get(need.area, 0) + need.number
    serving: dict[str, int] = {}
    for person in problem.people:
        if person.now_in is not None:
            serving[person.now_in] = serving.get(person.now_in, 0) + 1
    return sum(max(number - places.get(area, 0), 0) for area, number in serving.items())


def _measured(what: str, problem: Problem, seconds: float, seed: int) -> tuple[Solution, dict[str, object]]:
    began = time.monotonic()
    solution = solve(problem, seconds=seconds, seed=seed)
    return solution, {
        "what": what,
        "seed": seed,
        "people": len(problem.people),
        "areas": len(problem.areas),
        "objective": round(solution.objective, 2),
        "bound": round(solution.bound, 2),
        "gap": round((solution.objective - solution.bound) / max(abs(solution.objective), 1e-9), 5),
        "seconds": round(time.monotonic() - began, 2),
        "kilometres_each": round(solution.distance / max(len(solution.need_of), 1), 2),
        "groups": solution.groups,
        "short": sum(solution.short.values()),
        "women_short": sum(solution.women_short.values()),
        "verified": not faults(problem, solution),
    }
