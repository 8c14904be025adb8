"""A roster by column generation with diving, and neighbourhoods of some people who are rounded anew.

A column is one person's whole pattern, priced by a shortest path (Curtois and Qu 2014; branch and price of Burke and
Curtois). The relaxation gives the bound; dives make whole rosters of it.
"""

import math
import threading
import time
from random import Random

import numpy as np

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.planning.roster.columns import Columns
from shouwang.planning.roster.master import Costs, Pattern
from shouwang.planning.roster.person import Patterns
from shouwang.planning.roster.problem import Problem, Solution

RELAXING = 0.35
"""At most this share of the time goes to the relaxation."""
BACK = 0.2
"""How often a search that fell behind takes over the best roster."""
LEAN = 1500
"""Patterns that a search keeps."""


def solve(problem: Problem, *, seconds: float, seed: int) -> Solution:
    """The best roster found in ``seconds`` of wall time. Raises ``Refused`` where somebody has no pattern at all."""
    began = time.monotonic()
    until = began + seconds
    costs = Costs.of(problem)
    people = [Patterns(problem, person) for person in problem.people]
    roster = _first(problem, costs, people)
    columns = Columns(costs, people, roster, seed)
    columns.relax(time.monotonic() + RELAXING * (until - time.monotonic()))
    columns.shrink(LEAN, roster)
    dived = columns.dive(None, (), until)
    if dived is not None and costs.of_roster(dived) < costs.of_roster(roster):
        roster = dived
    roster = _improve(costs, columns, roster, seed, until)
    return _told(problem, costs, roster, columns.bound, seed, time.monotonic() - began)


def _first(problem: Problem, costs: Costs, people: list[Patterns]) -> list[Pattern]:
    """Everybody in turn takes what is best then."""
    there, roster = np.zeros(costs.need.shape, dtype=np.int64), []
    for person, patterns in enumerate(people):
        marginal = np.where(there < costs.need, -costs.under, costs.over)
        wish = costs.wish[person]
        _, found = patterns.best(wish[:, :-1] + marginal, wish[:, -1])
        if not found:
            raise Refused(
                "roster_no_pattern",
                gettext_noop(
                    "The rules leave %(person)s no way to work at all. Ease her hours, days off or qualifications."
                ),
                person=problem.people[person].id,
            )
        pattern = found[0][1]
        days = np.flatnonzero(pattern >= 0)
        there[days, pattern[days]] += 1
        roster.append(pattern)
    return roster


def _improve(costs: Costs, columns: Columns, roster: list[Pattern], seed: int, until: float) -> list[Pattern]:
    """Some people at a time are rounded anew while the others stay, by two searches that share the best roster."""
    best, best_cost = roster, costs.of_roster(roster)
    goal, lock = math.ceil(columns.bound - 1e-6), threading.Lock()

    def search(own: Columns, chance: Random) -> None:
        nonlocal best, best_cost
        here, cost = best, best_cost
        most = 12.0  # people at a time: as many as a second allows
        while time.monotonic() < until and best_cost > goal + 1e-9:
            if cost > best_cost and chance.random() < BACK:
                here, cost = best, best_cost
            own.shrink(LEAN, here)
            free = chance.sample(range(len(here)), min(len(here), int(chance.uniform(4, most))))
            began = time.monotonic()
            found = own.dive(here, free, until)
            most = min(max(most * (1.05 if time.monotonic() - began < 1 else 0.9), 8), 20)
            if found is None or (then := costs.of_roster(found)) > cost + 1e-9:
                continue
            here, cost = found, then
            with lock:
                if cost < best_cost - 1e-9:
                    best, best_cost = here, cost

    beside = threading.Thread(target=search, args=(columns.copy(seed + 1), Random(seed + 1)))  # noqa: S311 a search, no secret
    beside.start()
    search(columns, Random(seed))  # noqa: S311 a search, no secret
    beside.join()
    return best


def _told(
    problem: Problem, costs: Costs, roster: list[Pattern], bound: float, seed: int, seconds: float
) -> Solution:
    short = costs.need - costs.there(roster)
    return Solution(
        tuple(
            (person.id, day, problem.shifts[shift].id)
            for person, pattern in zip(problem.people, roster, strict=True)
            for day, shift in enumerate(pattern)
            if shift >= 0
        ),
        costs.of_roster(roster),
        max(float(math.ceil(bound - 1e-6)), 0.0),
        tuple(
            (int(day), problem.shifts[shift].id, int(short[day, shift]))
            for day, shift in np.argwhere(short > 0)
        ),
        seed,
        seconds,
    )
