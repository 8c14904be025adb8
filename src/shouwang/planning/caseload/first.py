"""A first division, household by household, where the problem itself suggests one.

Nothing divided yet, and buildings: households come in walking order, so the way is cut into stretches of about the
same load, best between buildings, else between staircases (a shortest path over the possible cuts). Divided before:
everybody stays; whoever has no caller goes to the nearest with room; a caller who has nobody takes the nearest
households of those who can spare them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shouwang.planning.caseload.problem import Household, Problem

CUT_BUILDING = 800.0
"""Metres of walking that not cutting what should stay whole is worth."""
UNEVEN = 400.0
"""Metres that a stretch's being a tenth off the mean costs; twice as far off, four times."""
DRIFT = 1.5
"""How far, in mean loads, the n-th cut may lie from where n equal stretches would end."""


def first(problem: Problem) -> list[int] | None:
    """The caller's place for each household; None where a search from nothing does as well."""
    settled = any(h.fixed_to is not None or h.now_with is not None for h in problem.households)
    if settled:
        return _kept(problem)
    return _stretches(problem) if any(h.building for h in problem.households) else None


def _stretches(problem: Problem) -> list[int] | None:
    homes, many = problem.households, len(problem.callers)
    reach = np.concatenate([[0.0], np.cumsum([home.load for home in homes])])
    mean = reach[-1] / many
    most = min(caller.capacity for caller in problem.callers)
    cut = [0.0, *(_cut(one, other) for one, other in pairwise(homes)), 0.0]
    # best[i]: the least cost of so many stretches that end before household i
    best: dict[int, float] = {0: 0.0}
    came: list[dict[int, int]] = []
    for number in range(1, many + 1):
        low, high = (number - DRIFT) * mean, (number + DRIFT) * mean
        ends = (
            range(len(homes), len(homes) + 1)
            if number == many
            else range(int(np.searchsorted(reach, low)), int(np.searchsorted(reach, high, "right")))
        )
        now: dict[int, float] = {}
        back: dict[int, int] = {}
        for end in ends:
            for start in range(int(np.searchsorted(reach, reach[end] - most - 1e-9)), end):
                if start in best:
                    cost = (
                        best[start] + cut[end] + UNEVEN * ((reach[end] - reach[start]) / mean - 1) ** 2 * 100
                    )
                    if cost < now.get(end, math.inf):
                        now[end], back[end] = cost, start
        best = now
        came.append(back)
    if len(homes) not in best:
        return None
    found, end = [0] * len(homes), len(homes)
    for number in range(many - 1, -1, -1):
        start = came[number][end]
        found[start:end] = [number] * (end - start)
        end = start
    return found


def _cut(one: Household, other: Household) -> float:
    """What a cut between two neighbours costs: a long way between them is a good place to cut."""
    whole = CUT_BUILDING if one.building and one.building == other.building else 0.0
    return whole - min(math.hypot(one.x - other.x, one.y - other.y), CUT_BUILDING / 2)


def _kept(problem: Problem) -> list[int]:
    place = {caller.id: number for number, caller in enumerate(problem.callers)}
    found = [place.get(home.fixed_to or home.now_with or "", -1) for home in problem.households]
    x, y = (np.array([getattr(home, axis) for home in problem.households]) for axis in "xy")
    weight = np.array([home.load for home in problem.households])
    room = np.array([caller.capacity for caller in problem.callers])
    for number, caller in enumerate(found):
        if caller >= 0:
            room[caller] -= weight[number]
    home_of = np.array(found)
    _place(problem, home_of, room, x, y, weight)
    _spare(problem, home_of, room, x, y, weight)
    return [int(caller) for caller in home_of]


def _place(
    problem: Problem, home_of: np.ndarray, room: np.ndarray, x: np.ndarray, y: np.ndarray, weight: np.ndarray
) -> None:
    """Whoever has no caller goes to the one of her building, else to the nearest household's, who has room."""
    of_building: dict[str, list[int]] = defaultdict(list)
    for number, home in enumerate(problem.households):
        if home.building and home_of[number] >= 0:
            of_building[home.building].append(int(home_of[number]))
    for number in np.flatnonzero(home_of < 0):
        home = problem.households[number]
        near: Sequence[int] = sorted(set(of_building.get(home.building, ())))
        fits = [caller for caller in near if room[caller] >= weight[number]]
        if not fits:
            placed = np.flatnonzero(home_of >= 0)
            order = placed[np.argsort(np.hypot(x[placed] - x[number], y[placed] - y[number]), kind="stable")]
            fits = [caller for caller in home_of[order] if room[caller] >= weight[number]][:1]
        chosen = int(fits[0] if fits else np.argmax(room))
        home_of[number] = chosen
        room[chosen] -= weight[number]
        if home.building:
            of_building[home.building].append(chosen)


def _spare(
    problem: Problem, home_of: np.ndarray, room: np.ndarray, x: np.ndarray, y: np.ndarray, weight: np.ndarray
) -> None:
    """Callers who have nobody take what is nearest to the most loaded, from those who stay above their least."""
    carries = np.bincount(home_of, weight, len(problem.callers))
    least = np.array([caller.least for caller in problem.callers])
    free = np.array([home.fixed_to is None for home in problem.households])
    for empty in np.flatnonzero(carries == 0):
        giver = int(np.argmax(carries))
        inside = np.flatnonzero(home_of == giver)
        centre = inside[np.argmin(np.hypot(x[inside] - x[inside].mean(), y[inside] - y[inside].mean()))]
        for number in np.argsort(np.hypot(x - x[centre], y - y[centre]), kind="stable"):
            donor = home_of[number]
            enough = carries[donor] - weight[number] >= max(least[donor], 1e-9)
            if donor != empty and free[number] and enough and weight[number] <= room[empty]:
                home_of[number] = empty
                carries[donor] -= weight[number]
                room[donor] += weight[number]
                carries[empty] += weight[number]
                room[empty] -= weight[number]
                if carries[empty] >= max(least[empty], weight[number]):
                    break
