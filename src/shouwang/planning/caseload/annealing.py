"""Simulated annealing over who is with whom and where each caseload has its centre, compiled.

Moves (after Osman and Christofides 1994): a block shifts to a neighbour's caseload, two blocks of neighbouring
caseloads change places, a caseload moves its centre. Too much or too little load is allowed on the way, at a price.
"""

import math
from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def strain(load: float, capacity: float, least: float) -> float:
    if load > capacity:
        return load - capacity
    return max(0.0, (least - load) * 0.5)


@njit(cache=True)
def anneal(
    x: Any,
    y: Any,
    weight: Any,
    load: Any,
    capacity: Any,
    least: Any,
    extra: Any,
    free: Any,
    near: Any,
    home: Any,
    centre: Any,
    steps: int,
    hot: float,
    cold: float,
    price: float,
    seed: int,
) -> tuple[float, Any, Any]:
    """``steps`` moves from ``home`` (caseload of each block) and ``centre`` (block of each caseload), cooling from
    ``hot`` to ``cold``. ``extra[i, c]`` is what block i costs with caseload c beside its distance, ``near[i]`` its
    neighbours, ``price`` a unit of wrong load. Answers the best (cost, home, centre)."""
    np.random.seed(seed)
    blocks, caseloads, neighbours = x.size, capacity.size, near.shape[1]
    member = np.empty((caseloads, blocks), np.int32)
    count = np.zeros(caseloads, np.int32)
    place = np.empty(blocks, np.int32)
    carried = np.zeros(caseloads)
    cost = 0.0
    for i in range(blocks):
        c = home[i]
        member[c, count[c]] = i
        place[i] = count[c]
        count[c] += 1
        carried[c] += load[i]
        cost += weight[i] * math.hypot(x[i] - x[centre[c]], y[i] - y[centre[c]]) + extra[i, c]
    for c in range(caseloads):
        cost += price * strain(carried[c], capacity[c], least[c])
    best, best_home, best_centre = cost, home.copy(), centre.copy()
    heat, cooling = hot, (cold / hot) ** (1.0 / steps)
    for _ in range(steps):
        heat *= cooling
        move = np.random.random()
        if move < 0.03:
            c = np.random.randint(caseloads)
            if count[c] < 2:
                continue
            new, old = member[c, np.random.randint(count[c])], centre[c]
            delta = 0.0
            for k in range(count[c]):
                i = member[c, k]
                delta += weight[i] * (
                    math.hypot(x[i] - x[new], y[i] - y[new]) - math.hypot(x[i] - x[old], y[i] - y[old])
                )
            if delta > 0 and np.random.random() >= math.exp(-delta / heat):
                continue
            centre[c] = new
            cost += delta
        else:
            i = np.random.randint(blocks)
            a, b = home[i], home[near[i, np.random.randint(neighbours)]]
            if a == b or not free[i]:
                continue
            ca, cb = centre[a], centre[b]
            delta = weight[i] * (
                math.hypot(x[i] - x[cb], y[i] - y[cb]) - math.hypot(x[i] - x[ca], y[i] - y[ca])
            )
            delta += extra[i, b] - extra[i, a]
            moved, k = load[i], -1
            if move >= 0.5 and count[b]:
                k = member[b, np.random.randint(count[b])]
                if not free[k]:
                    continue
                moved -= load[k]
                delta += weight[k] * (
                    math.hypot(x[k] - x[ca], y[k] - y[ca]) - math.hypot(x[k] - x[cb], y[k] - y[cb])
                )
                delta += extra[k, a] - extra[k, b]
            elif count[a] == 1:
                continue
            delta += price * (
                strain(carried[a] - moved, capacity[a], least[a])
                - strain(carried[a], capacity[a], least[a])
                + strain(carried[b] + moved, capacity[b], least[b])
                - strain(carried[b], capacity[b], least[b])
            )
            if delta > 0 and np.random.random() >= math.exp(-delta / heat):
                continue
            if k >= 0:
                at_i, at_k = place[i], place[k]
                member[a, at_i], member[b, at_k] = k, i
                place[i], place[k], home[k] = at_k, at_i, a
            else:
                count[a] -= 1
                last = member[a, count[a]]
                member[a, place[i]], place[last] = last, place[i]
                member[b, count[b]], place[i] = i, count[b]
                count[b] += 1
            home[i] = b
            carried[a] -= moved
            carried[b] += moved
            cost += delta
        if cost < best - 1e-9:
            best = cost
            best_home[:] = home
            best_centre[:] = centre
    return best, best_home, best_centre
