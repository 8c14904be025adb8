"""Dividing: several short annealings from fresh starts, then longer ones from the best, then the exact middles."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.planning.caseload.annealing import anneal
from shouwang.planning.caseload.blocks import Block, blocks_of, kept_together, pieces, refuse_impossible
from shouwang.planning.caseload.bound import bound
from shouwang.planning.caseload.first import first
from shouwang.planning.caseload.problem import Problem, Solution
from shouwang.planning.caseload.start import middles, start

NEIGHBOURS = 20
RUNS = 12
"""The time is cut into so many annealings; half begin afresh, half from the best so far."""
WARM_UP = 200_000
SEARCHING = 0.85
"""Share of the time; the rest is for the bound."""
TRYING = 0.12
"""Share of the time after which blocks of one size are held to be too coarse."""
_OVERFULL = 1e-6


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The problem in columns: one row a block, one column of ``extra`` a caseload."""

    x: Any
    y: Any
    weight: Any
    load: Any
    fixed: Any
    extra: Any
    capacity: Any
    least: Any
    near: Any
    scale: float


def solve(problem: Problem, *, seconds: float, seed: int) -> Solution:
    """The best division found in ``seconds``. Raises ``Refused`` where there is none, saying what must give.

    Buildings are kept whole; only where that leaves no way are they cut finer, and ``split_buildings`` names them.
    """
    began = time.monotonic()
    refuse_impossible(problem)
    largest = min(caller.capacity for caller in problem.callers if caller.capacity > 0)
    finest = max(household.load for household in problem.households)
    until = began + seconds
    if (begun := first(problem)) is not None:
        blocks, callers = pieces(problem, begun)
        columns = _columns(problem, blocks)
        home = np.array(callers, np.int64)
        centre = middles(columns.x, columns.y, columns.weight, home, np.zeros(len(problem.callers), np.int64))
        found = _search(columns, max((until - time.monotonic()) * SEARCHING, 0.2), seed, (home, centre))
        if found is not None:
            return _solution(problem, blocks, columns, *found, seed=seed, began=began, until=until)
    for _ in range(6):
        blocks = blocks_of(problem, largest)
        columns = _columns(problem, blocks)
        left = until - time.monotonic()
        finer = largest > finest and any(len(block.members) > 1 for block in blocks)
        # Whether it can be done in blocks of this size shows soon; the time is for the size that can.
        found = _search(columns, max(left * (TRYING if finer else SEARCHING), 0.2), seed)
        if found is not None:
            if finer:
                left = (until - time.monotonic()) * SEARCHING
                found = _search(columns, max(left, 0.2), seed + 1, found) or found
            return _solution(problem, blocks, columns, *found, seed=seed, began=began, until=until)
        if not finer:
            break
        largest = max(largest / 2, finest)
    raise Refused(
        "caseload_no_division",
        gettext_noop(
            "No division was found: it is too tight. Raise what each caller may carry by a tenth, or add one."
        ),
    )


def _columns(problem: Problem, blocks: list[Block]) -> _Blocks:
    """A block stands at the mean place of its members."""
    place = {caller.id: number for number, caller in enumerate(problem.callers)}
    members = [[problem.households[m] for m in block.members] for block in blocks]
    x = np.array([np.mean([h.x for h in group]) for group in members])
    y = np.array([np.mean([h.y for h in group]) for group in members])
    extra = np.zeros((len(blocks), len(problem.callers)))
    for number, group in enumerate(members):
        for household in group:
            if household.now_with is not None:
                extra[number] += problem.change_cost
                if household.now_with in place:
                    extra[number, place[household.now_with]] -= problem.change_cost
    near = np.empty((len(blocks), min(NEIGHBOURS, max(len(blocks) - 1, 1))), np.int32)
    for number in range(len(blocks)):
        apart = np.hypot(x - x[number], y - y[number])
        apart[number] = np.inf
        some = np.argpartition(apart, near.shape[1] - 1)[: near.shape[1]]
        near[number] = some[np.lexsort((some, apart[some]))]
    away = np.hypot(x - x[near[:, near.shape[1] // 3]], y - y[near[:, near.shape[1] // 3]])
    return _Blocks(
        x,
        y,
        np.array([float(len(group)) for group in members]),
        np.array([block.load for block in blocks]),
        np.array([block.fixed for block in blocks], np.int64),
        extra,
        np.array([caller.capacity for caller in problem.callers]),
        np.array([caller.least for caller in problem.callers]),
        near,
        float(max(np.median(away), problem.change_cost, 1e-3)),
    )


def _search(
    b: _Blocks, seconds: float, seed: int, before: tuple[Any, Any] | None = None
) -> tuple[Any, Any] | None:
    """Caseload of each block and centre of each caseload; ``None`` if every try was overfull.

    ``before``: where to begin, instead of afresh; kept if nothing better is found and it fits.
    """
    random = np.random.default_rng(seed)
    free = b.fixed < 0
    price = 20 * b.scale * float(b.weight.mean()) / float(b.load.mean())
    hot, cold = 3 * b.scale * float(b.weight.mean()), 0.02 * b.scale
    # At the first use it is compiled, which must not eat the time of the search.
    run_once = partial(_anneal, b, free, cold=cold, price=price)
    run_once(*_start(b, random), steps=1, hot=hot, seed=0)
    until, steps = time.monotonic() + seconds, WARM_UP
    best: tuple[float, Any, Any] | None = None
    run = 0
    if before is not None:
        cost, home, centre = run_once(before[0].copy(), before[1].copy(), steps=1, hot=cold, seed=0)
        if _fits(b, home):
            best = (cost, home, centre)
    while run == 0 or time.monotonic() < until - 0.05:
        again = best is not None and run % 2 == 0
        if again and best:
            home, centre = best[1].copy(), best[2].copy()
        else:
            home, centre = (before[0].copy(), before[1].copy()) if before else _start(b, random)
        started = time.monotonic()
        cost, home, centre = run_once(
            home, centre, steps=steps, hot=hot / 5 if again else hot, seed=int(random.integers(1 << 30))
        )
        rate = steps / max(time.monotonic() - started, 1e-4)
        if _fits(b, home) and (best is None or cost < best[0]):
            best = (cost, home, centre)
        steps = max(1000, int(rate * min(max(seconds / RUNS, 0.3), max(until - time.monotonic(), 0.01))))
        run += 1
    return None if best is None else (best[1], middles(b.x, b.y, b.weight, best[1], best[2]))


def _fits(b: _Blocks, home: Any) -> bool:
    return bool(np.all(np.bincount(home, b.load, b.capacity.size) <= b.capacity + _OVERFULL))


def _start(b: _Blocks, random: np.random.Generator) -> tuple[Any, Any]:
    return start(b.x, b.y, b.load, b.capacity, b.extra, b.fixed, random)


def _anneal(
    b: _Blocks,
    free: Any,
    home: Any,
    centre: Any,
    *,
    steps: int,
    hot: float,
    cold: float,
    price: float,
    seed: int,
) -> tuple[float, Any, Any]:
    columns = (b.x, b.y, b.weight, b.load, b.capacity, b.least, b.extra, free, b.near)
    found: tuple[float, Any, Any] = anneal(*columns, home, centre, steps, hot, cold, price, seed)
    return found


def _solution(
    problem: Problem,
    blocks: list[Block],
    b: _Blocks,
    home: Any,
    centre: Any,
    *,
    seed: int,
    began: float,
    until: float,
) -> Solution:
    callers = [caller.id for caller in problem.callers]
    groups: dict[int, list[int]] = {number: [] for number in range(len(callers))}
    for block, number in zip(blocks, home, strict=True):
        groups[int(number)].extend(block.members)
    caller_of, centre_of = {}, {}
    distance, changed, carried = 0.0, 0, np.zeros(len(callers))
    x, y = (np.array([getattr(h, axis) for h in problem.households]) for axis in "xy")
    for number, members in groups.items():
        if not members:
            continue
        inside = np.array(members)
        apart = np.hypot(x[inside][:, None] - x[inside], y[inside][:, None] - y[inside]).sum(axis=0)
        middle = int(np.argmin(apart))
        distance += float(apart[middle])
        centre_of[callers[number]] = problem.households[members[middle]].id
        for member in members:
            household = problem.households[member]
            caller_of[household.id] = callers[number]
            carried[number] += household.load
            changed += household.now_with is not None and household.now_with != callers[number]
    objective = distance + problem.change_cost * changed
    whole = all(len(block.members) == 1 for block in blocks)
    lower = (
        bound(
            b.x,
            b.y,
            b.weight,
            b.load,
            float(b.capacity.max()),
            len(callers),
            objective,
            max(until - time.monotonic(), 1.0),
        )
        if whole
        else None
    )
    return Solution(
        caller_of={household.id: caller_of[household.id] for household in problem.households},
        centre_of=centre_of,
        objective=objective,
        distance=distance,
        changed=changed,
        bound=lower,
        split_buildings=_split(problem, caller_of),
        below_least=tuple(
            caller.id
            for caller, load in zip(problem.callers, carried, strict=True)
            if load < caller.least - _OVERFULL
        ),
        seed=seed,
        seconds=time.monotonic() - began,
    )


def _split(problem: Problem, caller_of: dict[str, str]) -> tuple[str, ...]:
    found: dict[str, set[str]] = {}
    for household, together in zip(problem.households, kept_together(problem), strict=True):
        if together:
            found.setdefault(together, set()).add(caller_of[household.id])
    return tuple(sorted(building for building, callers in found.items() if len(callers) > 1))
