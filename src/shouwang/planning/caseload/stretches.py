"""Nothing divided yet: the way one walks, cut into stretches of about the same load by a shortest path over the cuts.

A building that a caller can carry is cut only where nothing else is left; the staircases of larger ones rather stay
whole.
"""

import math
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit

from shouwang.planning.caseload.blocks import kept_together
from shouwang.planning.caseload.problem import Problem

CUT_BUILDING = 20_000.0
"""Metres of walking that not cutting a building which one caller can carry is worth."""
CUT_UNIT = 800.0
"""The same of a staircase of a larger one."""
FAR = 400.0
"""Metres between two neighbours beyond which a cut there is no better."""
UNEVEN = 400.0
"""Metres that a stretch's being a tenth off the mean costs; twice as far off, four times."""


def stretches(problem: Problem) -> list[int] | None:
    """The caller's place for each household; ``None`` where the way cannot be cut so that each carries her part."""
    homes, many = problem.households, len(problem.callers)
    reach = np.concatenate([[0.0], np.cumsum([home.load for home in homes])])
    most = min(caller.capacity for caller in problem.callers)
    together = kept_together(problem)
    cut = np.zeros(len(homes) + 1)
    for number, (one, other) in enumerate(pairwise(homes), 1):
        cut[number] = -min(math.hypot(one.x - other.x, one.y - other.y), FAR)
        if together[number - 1] and together[number - 1] == together[number]:
            cut[number] += CUT_BUILDING if together[number] == other.building else CUT_UNIT
    ends = _ends(reach, cut, many, most, UNEVEN * 100)
    if ends.size == 0:
        return None
    return [int(caller) for caller in np.searchsorted(ends, np.arange(len(homes)), "right")]


@njit(cache=True)
def _ends(reach: Any, cut: Any, many: int, most: float, uneven: float) -> Any:
    """Behind which household each of ``many`` stretches ends, none above ``most``; nothing where there is no way."""
    homes = reach.size - 1
    mean = reach[homes] / many
    best, came = np.full(homes + 1, np.inf), np.zeros((many, homes + 1), np.int32)
    best[0] = 0.0
    for number in range(many):
        now = np.full(homes + 1, np.inf)
        start = 0
        for end in range(1, homes + 1):
            while reach[end] - reach[start] > most + 1e-9:
                start += 1
            for before in range(start, end):
                if best[before] < np.inf:
                    off = (reach[end] - reach[before]) / mean - 1
                    cost = best[before] + cut[end] + uneven * off * off
                    if cost < now[end]:
                        now[end], came[number, end] = cost, before
        best = now
    if best[homes] == np.inf:
        return np.empty(0, np.int64)
    ends, end = np.empty(many, np.int64), homes
    for number in range(many - 1, -1, -1):
        ends[number] = end
        end = came[number, end]
    return ends
