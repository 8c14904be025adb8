"""An independent look at a division: recounts everything from the problem, shares no code with the solver."""

import math
from collections import defaultdict

from shouwang.planning.caseload.problem import Problem, Solution

CLOSE = 1e-6


def faults(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with ``solution``, in words; empty if nothing is."""
    found: list[str] = []
    callers = {caller.id: caller for caller in problem.callers}
    households = {household.id: household for household in problem.households}
    load: dict[str, float] = defaultdict(float)
    distance, changed = 0.0, 0
    for household in problem.households:
        caller = solution.caller_of.get(household.id)
        if caller not in callers:
            found.append(f"household {household.id} has no caller")
            continue
        if household.fixed_to is not None and caller != household.fixed_to:
            found.append(f"household {household.id} is fixed to {household.fixed_to} but went to {caller}")
        load[caller] += household.load
        centre = households.get(solution.centre_of.get(caller, ""))
        if centre is None:
            found.append(f"caseload {caller} has no centre")
            continue
        distance += math.hypot(household.x - centre.x, household.y - centre.y)
        changed += household.now_with is not None and household.now_with != caller
    for stranger in sorted(set(solution.caller_of) - set(households)):
        found.append(f"there is no household {stranger}")
    for caller, carried in load.items():
        if carried > callers[caller].capacity + CLOSE:
            found.append(f"caller {caller} carries {carried:g} of {callers[caller].capacity:g}")
    if not found:
        objective = distance + problem.change_cost * changed
        told = (solution.distance, solution.changed, solution.objective)
        for name, said, is_so in zip(
            ("distance", "changed", "objective"), told, (distance, changed, objective), strict=True
        ):
            if abs(said - is_so) > CLOSE * max(1.0, abs(is_so)):
                found.append(f"the {name} is {is_so:g}, not {said:g}")
    return found
