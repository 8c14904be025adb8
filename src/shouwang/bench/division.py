"""A community of 8,000 households divided into caseloads, then with a caller less and a caller more."""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from shouwang.bench._community import community
from shouwang.planning.caseload import check
from shouwang.planning.caseload.problem import Problem, Solution
from shouwang.planning.caseload.solve import solve
from shouwang.workforce.queries.burden import FAIR, Home, Load, problem_of, suggested

NEEDS_TOWN = False
BAR = 60.0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="shouwang bench division")
    parser.add_argument("--households", type=int, default=8000)
    parser.add_argument("--seconds", type=float, default=50.0, help="for the division (50)")
    parser.add_argument("--first", type=float, default=10.0, help="for a first proposal (10)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="for form's sake: it is always JSON")
    options = parser.parse_args(arguments)
    homes = community(options.households, options.seed)
    loads = tuple(Load(f"c{n}", n, str(n)) for n in range(1, suggested(homes) + 1))
    good = True
    for what, seconds in (("first", options.first), ("division", options.seconds)):
        problem = problem_of(homes, loads, {})
        best, row = _measured(what, homes, problem, seconds, options.seed)
        good &= row["verified"] and row["seconds"] <= BAR
        print(json.dumps(row), flush=True)
    now = {int(home): (int(key[1:]), False) for home, key in best.caller_of.items()}
    leaver = len(loads) // 2
    left = tuple(load for load in loads if load.caseload != leaver)
    theirs = sum(caseload == leaver for caseload, _ in now.values())
    joined = (*loads, Load("n", None, "n"))
    fair = FAIR * sum(home.load for home in homes) / len(joined)
    for what, new, least, gone in (
        ("leaves", left, theirs, leaver),
        ("joins", joined, fewest(homes, fair), None),
    ):
        problem = problem_of(homes, new, now, leaver=gone)
        found, row = _measured(what, homes, problem, options.first, options.seed)
        row |= {
            "moved": found.changed,
            "least_possible": least,
            "ratio": round(found.changed / least, 2),
            "keep_their_caller": round(1 - found.changed / len(homes), 4),
        }
        good &= row["verified"]
        print(json.dumps(row), flush=True)
    return int(not good)


def fewest(homes: list[Home], load: float) -> int:
    """So many households it takes at least to make up ``load``: no choice of fewer can, not even of the heaviest."""
    heaviest = sorted((home.load for home in homes), reverse=True)
    return 1 + sum(carried < load for carried in accumulate(heaviest))


def _measured(
    what: str, homes: list[Home], problem: Problem, seconds: float, seed: int
) -> tuple[Solution, dict[str, Any]]:
    began = time.monotonic()
    found = solve(problem, seconds=seconds, seed=seed)
    took = time.monotonic() - began
    return found, {
        "what": what,
        "households": len(homes),
        "caseloads": len(problem.callers),
        "seconds": round(took, 1),
        "metres_each": round(found.distance / len(homes), 1),
        "verified": not check.faults(problem, found),
    } | balance(homes, found.caller_of)


def balance(homes: list[Home], caller_of: Mapping[str, str]) -> dict[str, Any]:
    """How even and how whole a division is. ``staircases_split`` counts those that one caller could have carried."""
    load: Counter[str] = Counter()
    houses: dict[tuple[int, str], set[str]] = defaultdict(set)
    stairs: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    size: Counter[tuple[int, str]] = Counter()
    for home in homes:
        caller, one = caller_of[str(home.household)], home.standing
        load[caller] += home.load  # type: ignore[assignment]
        if one.building:
            houses[one.compound, one.building].add(caller)
            stairs[one.compound, one.building, one.unit].add(caller)
            size[one.compound, one.building] += home.load  # type: ignore[assignment]
    mean = sum(load.values()) / len(load)
    small = [house for house in houses if size[house] <= mean * 1.1]
    return {
        "max_over_mean": round(max(load.values()) / mean, 3),
        "min_over_mean": round(min(load.values()) / mean, 3),
        "buildings": len(houses),
        "one_could_carry": len(small),
        "of_these_split": sum(len(houses[house]) > 1 for house in small),
        "staircases": len(stairs),
        "staircases_split": sum(len(callers) > 1 for callers in stairs.values()),
    }
