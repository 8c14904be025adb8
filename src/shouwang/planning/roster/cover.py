"""Somebody cannot come: who takes her shifts, with as few others disturbed as can be.

What lies before the first day of her absence is frozen. Each other person's best new pattern is exact (the same search
as for the whole roster), with a price on every day that becomes another one for her; one person who takes it all is
preferred to two, two in a chain to leaving a post short. Nobody else is touched.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shouwang.planning.roster.master import Costs, Pattern
from shouwang.planning.roster.person import Patterns
from shouwang.planning.roster.problem import Person, Problem, Solution

CHANGE = 5
"""What a day that becomes another one for somebody costs, in the weights of wishes and cover *(ours)*."""
OTHERS = 2
"""At most so many other people are disturbed."""
TRIED = 12
"""So many of the best first helpers are tried with a second one."""


@dataclass(frozen=True, slots=True)
class Covered:
    """``solution`` with its own ``short``; ``changed``: (person, day, shift before or "", shift now or "")."""

    solution: Solution
    changed: tuple[tuple[str, int, str, str], ...]

    def others(self, absent: str) -> set[str]:
        return {person for person, *_ in self.changed if person != absent}


def cover(problem: Problem, solution: Solution, *, absent: str, days: Collection[int]) -> Covered:
    """The roster with ``absent`` off on ``days``. Raises ``ValueError`` for a person or day that is not there."""
    began = time.monotonic()
    names = [person.id for person in problem.people]
    if absent not in names or not days or not all(0 <= day < problem.days for day in days):
        raise ValueError(f"{absent} and the days {sorted(days)} are not of this roster")
    before = _patterns(problem, solution)
    frozen = replace(
        problem,
        people=tuple(
            _frozen(problem, person, pattern, min(days), days if person.id == absent else ())
            for person, pattern in zip(problem.people, before, strict=True)
        ),
    )
    costs = Costs.of(frozen)
    after = list(before)
    after[names.index(absent)] = np.where(
        np.isin(np.arange(problem.days), list(days)), -1, before[names.index(absent)]
    )
    helpers = [number for number, name in enumerate(names) if name != absent]
    search = [Patterns(frozen, person) for person in frozen.people]
    best = after, _price(costs, before, after)
    firsts = sorted(_tries(costs, search, before, after, helpers), key=lambda one: one[1])
    for roster, price in firsts[:1]:
        if price < best[1] - 1e-9:
            best = roster, price
    for roster, _ in firsts[:TRIED] if OTHERS > 1 else ():
        for second, price in _tries(costs, search, before, roster, helpers):
            if price < best[1] - 1e-9:
                best = second, price
    return _told(frozen, costs, before, best[0], solution, time.monotonic() - began)


def _tries(
    costs: Costs, search: list[Patterns], before: list[Pattern], roster: list[Pattern], helpers: list[int]
) -> Iterator[tuple[list[Pattern], float]]:
    """The roster with one helper's pattern made the best it can be, for each helper that betters it."""
    there, price = costs.there(roster), _price(costs, before, roster)
    for person in helpers:
        days = np.flatnonzero(roster[person] >= 0)
        without = there.copy()
        without[days, roster[person][days]] -= 1
        adding = np.where(without < costs.need, -costs.under, costs.over)
        stay = np.full(costs.wish[person].shape, float(CHANGE))
        stay[np.arange(len(stay)), before[person]] = 0
        asked = costs.wish[person] + stay
        _, found = search[person].best(asked[:, :-1] + adding, asked[:, -1])
        if not found or np.array_equal(found[0][1], roster[person]):
            continue
        then = [*roster[:person], found[0][1], *roster[person + 1 :]]
        if (now := _price(costs, before, then)) < price - 1e-9 or _moved(before, then) > _moved(
            before, roster
        ):
            yield then, now


def _moved(before: list[Pattern], after: list[Pattern]) -> int:
    return sum(not np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def _price(costs: Costs, before: list[Pattern], after: list[Pattern]) -> float:
    """Wishes and posts, and what the changes cost; more than :data:`OTHERS` people disturbed is out of the question."""
    changed = sum(int((one != other).sum()) for one, other in zip(before, after, strict=True))
    return costs.of_roster(after) + CHANGE * changed + (1e9 if _moved(before, after) > OTHERS + 1 else 0)


def _patterns(problem: Problem, solution: Solution) -> list[Pattern]:
    shifts = {shift.id: number for number, shift in enumerate(problem.shifts)}
    found = {person.id: np.full(problem.days, -1, dtype=np.int8) for person in problem.people}
    for person, day, shift in solution.assignments:
        found[person][day] = shifts[shift]
    return list(found.values())


def _frozen(problem: Problem, person: Person, pattern: Pattern, first: int, away: Collection[int]) -> Person:
    """Her past as it was. Who is away is held to no least hours and no least runs: an illness keeps none."""
    past = {day: problem.shifts[shift].id for day, shift in enumerate(pattern[:first]) if shift >= 0}
    free = {day for day in range(first) if day not in past}
    kept: dict[str, Any] = {"least_minutes": 0, "least_in_a_row": 1, "least_off": 1} if away else {}
    pinned = {day: shift for day, shift in person.pinned.items() if day not in away} | past
    return replace(person, pinned=pinned, off=person.off | free | frozenset(away), **kept)


def _told(
    problem: Problem, costs: Costs, before: list[Pattern], after: list[Pattern], was: Solution, seconds: float
) -> Covered:
    def named(shift: int) -> str:
        return problem.shifts[shift].id if shift >= 0 else ""

    changed = tuple(
        (person.id, day, named(one[day]), named(other[day]))
        for person, one, other in zip(problem.people, before, after, strict=True)
        for day in range(problem.days)
        if one[day] != other[day]
    )
    short = costs.need - costs.there(after)
    return Covered(
        Solution(
            tuple(
                (person.id, day, problem.shifts[shift].id)
                for person, pattern in zip(problem.people, after, strict=True)
                for day, shift in enumerate(pattern)
                if shift >= 0
            ),
            costs.of_roster(after),
            0.0,
            tuple(
                (int(day), problem.shifts[shift].id, int(short[day, shift]))
                for day, shift in np.argwhere(short > 0)
            ),
            was.seed,
            seconds,
        ),
        changed,
    )
