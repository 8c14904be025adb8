"""Why somebody goes where she goes, why a place stays open, and what a change of need would move."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shouwang.planning.deployment.problem import Need, Problem, Solution, kilometres

NEAR_KM = 3.0
"""Within a walk or a short ride of home *(ours)*."""


class Reason(StrEnum):
    """Why a person is where she is: the strongest first."""

    FIXED = "fixed"
    QUOTA = "quota"
    STAYS = "stays"
    SKILL = "skill"
    WOMAN = "woman"
    NEAREST = "nearest"
    NEAR = "near"
    TOGETHER = "together"
    WANTED = "wanted"
    """Nothing else speaks for this area: there a place was open."""


class Why(StrEnum):
    """Why places of a need stay open."""

    SKILL = "skill"
    WOMEN = "women"
    NOBODY_LEFT = "nobody_left"
    NOT_WORTH = "not_worth"
    """There are people, but sending them costs more than the place weighs."""


@dataclass(frozen=True, slots=True)
class Change:
    """``person`` goes from one area to another; ``None`` stands by."""

    person: str
    was: str | None
    area: str | None


def reasons(problem: Problem, need_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Person → codes of :class:`Reason`, of everybody who is sent."""
    needs = {need.id: need for need in problem.needs}
    areas = {area.id: area for area in problem.areas}
    wanted = [areas[area] for area in {need.area for need in problem.needs if need.number}]
    colleagues = Counter(
        (person.agency, needs[need_of[person.id]].area) for person in problem.people if person.id in need_of
    )
    quotas = {(quota.agency, quota.area) for quota in problem.quotas if quota.least}
    found = {}
    for person in problem.people:
        if person.id not in need_of:
            continue
        need = needs[need_of[person.id]]
        way = kilometres(person, areas[need.area])
        nearest = min((kilometres(person, area) for area in wanted), default=math.inf)
        told = [
            (Reason.FIXED, person.fixed_to is not None),
            (Reason.QUOTA, (person.agency, need.area) in quotas),
            (Reason.STAYS, person.now_in == need.area),
            (Reason.SKILL, bool(need.skills)),
            (Reason.WOMAN, person.woman and need.women > 0),
            (Reason.NEAREST, way <= nearest + 1e-9),
            (Reason.NEAR, nearest + 1e-9 < way <= NEAR_KM),
            (Reason.TOGETHER, colleagues[person.agency, need.area] > 1),
        ]
        found[person.id] = tuple(reason.value for reason, holds in told if holds) or (Reason.WANTED.value,)
    return found


def why_short(problem: Problem, solution: Solution, need: Need) -> Why:
    """Why ``need`` is short of people or of women."""
    left = [person for person in problem.people if person.id not in solution.need_of]
    if not left:
        return Why.NOBODY_LEFT
    able = [person for person in left if set(need.skills) <= set(person.skills)]
    if not able:
        return Why.SKILL
    if need.id not in solution.short and not any(person.woman for person in able):
        return Why.WOMEN
    return Why.NOT_WORTH


def replanned(problem: Problem, solution: Solution, needs: Mapping[str, int]) -> Problem:
    """``problem`` with other numbers for some needs, and everybody serving where ``solution`` sends them."""
    area_of = {need.id: need.area for need in problem.needs}
    return replace(
        problem,
        needs=tuple(
            replace(need, number=number, women=min(need.women, number))
            if (number := needs.get(need.id)) is not None
            else need
            for need in problem.needs
        ),
        people=tuple(
            replace(person, now_in=area_of.get(solution.need_of.get(person.id, "")))
            for person in problem.people
        ),
    )


def moved(problem: Problem, solution: Solution) -> list[Change]:
    """Whom ``solution`` sends elsewhere than she serves in ``problem``, and whom it sends who stood by."""
    area_of = {need.id: need.area for need in problem.needs}
    found = []
    for person in problem.people:
        area = area_of.get(solution.need_of.get(person.id, ""))
        if area != person.now_in:
            found.append(Change(person.id, person.now_in, area))
    return found
