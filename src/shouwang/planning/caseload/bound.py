"""How good a division can be at best: Lagrangian relaxation of "every household has one caller".

What is left falls apart into one fractional knapsack for each possible centre, of which the best are kept (Lorena and
Senne 2004). The largest capacity stands for all, and what keeping a caller is worth is left out: it bounds
from below.
"""

import time
from typing import Any

import numpy as np
from numba import njit

LARGEST = 1200
"""Blocks; with more, one round over all pairs takes too long to be worth it."""


@njit(cache=True)
def _round(x: Any, y: Any, weight: Any, load: Any, capacity: float, price: Any, caseloads: int) -> Any:
    """One relaxed problem: its value without the sum of prices, and how often each block was served."""
    n = x.size
    value = np.zeros(n)
    gain, order = np.empty(n), np.empty(n, np.int64)
    for j in range(n):
        for i in range(n):
            gain[i] = price[i] - weight[i] * np.hypot(x[i] - x[j], y[i] - y[j])
        value[j] = -_fill(gain, load, capacity, order, np.empty(0), False)
    chosen = np.argsort(value)[:caseloads]
    served = np.zeros(n)
    for j in chosen:
        for i in range(n):
            gain[i] = price[i] - weight[i] * np.hypot(x[i] - x[j], y[i] - y[j])
        _fill(gain, load, capacity, order, served, True)
    return value[chosen].sum(), served


@njit(cache=True)
def _fill(gain: Any, load: Any, capacity: float, order: Any, served: Any, note: bool) -> float:
    """The best gain within the capacity, the last block in part."""
    kept = 0
    for i in range(gain.size):
        if gain[i] > 0:
            order[kept] = i
            kept += 1
    some = order[:kept]
    by_worth = some[np.argsort(-gain[some] / np.maximum(load[some], 1e-12))]
    total, room = 0.0, capacity
    for i in by_worth:
        part = 1.0 if load[i] <= room else room / load[i]
        total += part * gain[i]
        room -= part * load[i]
        if note:
            served[i] += part
        if room <= 0:
            break
    return total


def bound(
    x: Any, y: Any, weight: Any, load: Any, capacity: float, caseloads: int, best: float, seconds: float
) -> float | None:
    """A value no division goes below, within about ``seconds``; ``None`` where the problem is too large for it."""
    if x.size > LARGEST:
        return None
    until = time.monotonic() + seconds
    near = np.sort(np.hypot(x[:, None] - x, y[:, None] - y), axis=1)
    price = weight * near[:, min(x.size - 1, max(1, x.size // caseloads))]
    found, stalled, stride = -np.inf, 0, 1.5
    while time.monotonic() < until and stride > 0.005:
        rest, served = _round(x, y, weight, load, capacity, price, caseloads)
        value = float(rest + price.sum())
        if value > found + 1e-9:
            found, stalled = value, 0
        else:
            stalled += 1
            if stalled == 8:
                stride, stalled = stride / 2, 0
        slope = 1.0 - served
        steep = float(slope @ slope)
        if steep < 1e-12:
            break
        price = price + stride * max(best - value, best * 1e-6) / steep * slope
    return max(found, 0.0)
