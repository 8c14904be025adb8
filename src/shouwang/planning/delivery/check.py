"""An independent look at trips: recounts everything from the problem, shares no code with the solver."""

import math
from collections import Counter
from itertools import pairwise

from shouwang.planning.delivery.problem import Problem, Solution

CLOSE = 1e-6


def faults(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with ``solution``, in words; empty if nothing is."""
    doors = {door.id: door for door in problem.doors}
    capacity = {carrier.id: carrier.capacity for carrier in problem.carriers}
    visits = Counter(door for route in solution.routes.values() for door in route)
    found = [f"there is no door {door}" for door in visits if door not in doors]
    found += [f"door {door} is visited {visits[door]} times" for door in doors if visits[door] != 1]
    found += [f"there is no carrier {carrier}" for carrier in solution.routes if carrier not in capacity]
    if found:
        return found
    total = 0.0
    for carrier, route in solution.routes.items():
        load = sum(doors[door].size for door in route)
        if load > capacity[carrier] + CLOSE:
            found.append(f"{carrier} carries {load:g} of {capacity[carrier]:g}")
        places = [problem.depot, *((doors[door].x, doors[door].y) for door in route), problem.depot]
        legs = [math.dist(a, b) for a, b in pairwise(places)]
        total += sum(math.floor(leg + 0.5) if problem.whole else leg for leg in legs)
    if abs(total - solution.objective) > CLOSE * max(1.0, total):
        found.append(f"the objective is {total:g}, not {solution.objective:g}")
    return found
