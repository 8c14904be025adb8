"""A deployment: the linear relaxation is a start, the Lagrangian dual a bound; deployments are found at the dual's
prices mixed with payments shared as in the last one (slope scaling; Kim and Pardalos 1999), bettered by exchanges."""

import itertools
import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.planning.deployment.clash import clash
from shouwang.planning.deployment.dual import Dual
from shouwang.planning.deployment.exchange import Exchange, Taken
from shouwang.planning.deployment.problem import Problem, Solution
from shouwang.planning.deployment.reasons import reasons
from shouwang.planning.deployment.relax import Relaxation
from shouwang.planning.deployment.table import Table

ENOUGH = 2e-3
"""So near the bound nothing more is looked for."""
FIRST, CLIMB, LAST = 0.3, 0.3, 0.5
"""The bound has this part of the time first; seconds for it between two deployments, and for the last of those when the
time is up."""
SHARES = (0.0, 0.5, 0.5, 0.5)
"""Of the payments as they are in the last deployment, in the prices of the next; the rest is the dual's."""
Floats = NDArray[np.float64]


def solve(problem: Problem, *, seconds: float, seed: int) -> Solution:
    """The best deployment found in ``seconds`` of wall time. Raises ``Refused`` where what was fixed and the quotas
    clash, and names a smallest set of them."""
    began = time.monotonic()
    until = began + seconds
    table = Table.of(problem)
    if not len(problem.people) or not len(problem.needs):
        return _told(problem, table, np.full(len(problem.people), -1), -np.inf, seed, began)
    relaxation = Relaxation(problem, table)
    relaxation.start()
    even = problem.apart_cost / table.together()[table.agency_of]
    taken = relaxation.solve(even, price=True, seconds=seconds)
    if taken is None:
        relaxation.all_pairs()
        taken = relaxation.solve(even, price=True, seconds=seconds)
    if taken is None:
        raise Refused(
            "deployment_clash",
            gettext_noop("These cannot all hold: %(rules)s. Give up any one of them."),
            rules="; ".join(clash(problem)),
        )
    base = problem.change_cost * table.base
    start = relaxation.worth(even)
    best, best_cost = _found(problem, table, relaxation, even, until)
    dual = Dual(
        problem, table, replace(start, apart=_shared(table, even, _slopes(problem, table, best), best))
    )
    dual.climb(best_cost - base, began + FIRST * seconds)
    here = best
    for share in itertools.cycle(SHARES):
        bound = max(relaxation.bound, dual.bound) + base
        if time.monotonic() >= until or best_cost - bound <= ENOUGH * abs(best_cost):
            break
        prices = share * _slopes(problem, table, here) + (1 - share) * dual.worth.apart
        here, cost = _found(problem, table, relaxation, prices, until)
        if cost < best_cost:
            best, best_cost = here, cost
        _widen(relaxation, here)
        dual.climb(best_cost - base, min(time.monotonic() + CLIMB, until))
    return _told(problem, table, best, bound, seed, began)


def _shared(table: Table, even: Floats, slopes: Floats, taken: Taken) -> Floats:
    """Prices to begin with: where an agency has people, they alone share the payment; elsewhere all alike."""
    there = np.zeros(even.shape, dtype=bool)
    sent = np.flatnonzero(taken >= 0)
    there[sent, table.area_of[taken[sent]]] = True
    together = np.zeros((len(table.agencies), table.areas), dtype=bool)
    np.logical_or.at(together, table.agency_of, there)
    return np.where(together[table.agency_of], np.where(there, slopes, 0.0), even)


def _found(
    problem: Problem, table: Table, relaxation: Relaxation, apart: Floats, until: float
) -> tuple[Taken, float]:
    """A deployment at these prices, bettered by exchanges; and what it costs."""
    left = max(until - time.monotonic(), LAST)
    taken = relaxation.solve(apart, seconds=left)
    if taken is not None and relaxation.fractional():
        taken = relaxation.solve(apart, whole=True, seconds=left)
    if taken is None:
        return np.full(len(problem.people), -1), np.inf
    taken = Exchange(problem, table, taken).run(until)
    return taken, _count(problem, table, taken).objective


def _widen(relaxation: Relaxation, taken: Taken) -> None:
    """Where an agency has people already, all of its people may go."""
    table = relaxation.table
    for agency in range(len(table.agencies)):
        people = np.flatnonzero(table.agency_of == agency)
        needs = np.unique(taken[people][taken[people] >= 0])
        relaxation.add((int(person), int(need)) for person in people for need in needs)


def _slopes(problem: Problem, table: Table, taken: Taken) -> Floats:
    """Being apart, shared by those who are there now; somewhere new the whole of it."""
    there = np.zeros((len(table.agencies), table.areas))
    sent = taken >= 0
    np.add.at(there, (table.agency_of[sent], table.area_of[taken[sent]]), 1)
    slopes: Floats = problem.apart_cost / np.maximum(there, 1)
    return slopes[table.agency_of]


def _count(problem: Problem, table: Table, taken: Taken) -> Solution:
    distance, changed = 0.0, 0
    groups: set[tuple[int, int]] = set()
    filled = np.zeros(len(table.number), dtype=np.int64)
    women = np.zeros(len(table.number), dtype=np.int64)
    need_of: dict[str, str] = {}
    for number, person in enumerate(problem.people):
        need = int(taken[number])
        area = int(table.area_of[need]) if need >= 0 else -1
        stays = table.now[number] == area
        changed += bool(table.now[number] >= 0 and not stays)
        if need < 0:
            continue
        need_of[person.id] = problem.needs[need].id
        distance += float(table.cost[number, need]) + problem.change_cost * bool(stays)
        groups.add((int(table.agency_of[number]), area))
        filled[need] += 1
        women[need] += int(table.woman[number])
    short = {
        need.id: int(gap) for need, gap in zip(problem.needs, table.number - filled, strict=True) if gap > 0
    }
    women_short = {
        need.id: int(gap) for need, gap in zip(problem.needs, table.women - women, strict=True) if gap > 0
    }
    weights = {need.id: need.weight for need in problem.needs}
    missing = sum(weights[need] * gap for gaps in (short, women_short) for need, gap in gaps.items())
    objective = distance + problem.change_cost * changed + problem.apart_cost * len(groups) + missing
    return Solution(need_of, distance, changed, len(groups), short, women_short, objective, -np.inf, 0, 0.0)


def _told(problem: Problem, table: Table, taken: Taken, bound: float, seed: int, began: float) -> Solution:
    counted = _count(problem, table, taken)
    return replace(
        counted,
        bound=min(float(bound), counted.objective) if np.isfinite(bound) else counted.objective,
        seed=seed,
        seconds=time.monotonic() - began,
        reasons=reasons(problem, counted.need_of),
    )
