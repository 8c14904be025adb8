"""An independent look at a deployment: recounts everything from the problem, shares no code with the solver."""

import math
from collections import Counter

from shouwang.planning.deployment.problem import Problem, Solution

CLOSE = 1e-6


def faults(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with ``solution``, in words; empty if nothing is."""
    found: list[str] = []
    needs = {need.id: need for need in problem.needs}
    places = {area.id: area for area in problem.areas}
    filled: Counter[str] = Counter()
    women: Counter[str] = Counter()
    sent: Counter[tuple[str, str]] = Counter()
    distance, changed = 0.0, 0
    for stranger in sorted(set(solution.need_of) - {person.id for person in problem.people}):
        found.append(f"there is no person {stranger}")
    for person in problem.people:
        named = solution.need_of.get(person.id)
        if named is not None and named not in needs:
            found.append(f"person {person.id} goes to the need {named}, which is not there")
            continue
        need = needs[named] if named is not None else None
        area = need.area if need is not None else None
        if person.fixed_to is not None and area != person.fixed_to:
            found.append(f"person {person.id} is fixed to {person.fixed_to} but goes to {area}")
        if person.now_in is not None and area != person.now_in:
            changed += 1
        if need is None or area is None:
            continue
        if missing := set(need.skills) - set(person.skills):
            found.append(f"person {person.id} lacks {', '.join(sorted(missing))} for the need {need.id}")
        filled[need.id] += 1
        women[need.id] += person.woman
        sent[person.agency, area] += 1
        distance += math.dist((person.x, person.y), (places[area].x, places[area].y)) / 1000
    short, women_short = {}, {}
    for need in problem.needs:
        if filled[need.id] > need.number:
            found.append(f"need {need.id} has {filled[need.id]} people for {need.number}")
        if filled[need.id] < need.number:
            short[need.id] = need.number - filled[need.id]
        if women[need.id] < need.women:
            women_short[need.id] = need.women - women[need.id]
    for quota in problem.quotas:
        there = sum(
            number
            for (agency, area), number in sent.items()
            if agency == quota.agency and quota.area in (None, area)
        )
        if there < quota.least or (quota.most is not None and there > quota.most):
            most = "any number" if quota.most is None else quota.most
            found.append(
                f"agency {quota.agency} has {there} people in {quota.area or 'all areas'}, not {quota.least} to {most}"
            )
    weights = {need.id: need.weight for need in problem.needs}
    missing_cost = sum(
        weights[need] * number for table in (short, women_short) for need, number in table.items()
    )
    objective = distance + problem.change_cost * changed + problem.apart_cost * len(sent) + missing_cost
    if found:
        return found
    told = (solution.distance, solution.changed, solution.groups, solution.objective)
    for name, said, is_so in zip(
        ("distance", "changed", "groups", "objective"),
        told,
        (distance, changed, len(sent), objective),
        strict=True,
    ):
        if abs(said - is_so) > CLOSE * max(1.0, abs(is_so)):
            found.append(f"the {name} is {is_so:g}, not {said:g}")
    if dict(solution.short) != short or dict(solution.women_short) != women_short:
        found.append("what is short is not as told")
    if solution.bound > objective + CLOSE * max(1.0, objective):
        found.append(f"the bound {solution.bound:g} is above the objective {objective:g}")
    return found
