"""A first division, household by household, where the problem itself suggests one.

Nothing divided yet, and buildings: stretches of the way one walks. Divided before: everybody stays; whoever has no
caller goes to the nearest with room; a caller who has nobody takes the nearest of those who can spare them.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from shouwang.planning.caseload.blocks import kept_together
from shouwang.planning.caseload.problem import Problem
from shouwang.planning.caseload.stretches import stretches

FROM_UNIT, FROM_BUILDING = 200.0, 2000.0
"""Metres further that whole buildings are looked for before the staircase of a larger one, or a building, is split."""


def first(problem: Problem) -> list[int] | None:
    """The caller's place for each household; None where a search from nothing does as well."""
    settled = any(h.fixed_to is not None or h.now_with is not None for h in problem.households)
    if settled:
        return _kept(problem)
    return stretches(problem) if any(h.building for h in problem.households) else None


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
    for number in np.flatnonzero(home_of < 0).tolist():
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
    """Callers who have nobody take what is nearest to the most loaded, from those who stay above their least: what
    stays together whole, as far as it is near."""
    carries = np.bincount(home_of, weight, len(problem.callers))
    least = np.array([caller.least for caller in problem.callers])
    parts, further = _parts(problem, home_of)
    for empty in np.flatnonzero(carries == 0):
        giver = int(np.argmax(carries))
        inside = np.flatnonzero(home_of == giver)
        centre = inside[np.argmin(np.hypot(x[inside] - x[inside].mean(), y[inside] - y[inside].mean()))]
        away = np.hypot(x - x[centre], y - y[centre])
        for number in np.argsort(
            [away[part].mean() + more for part, more in zip(parts, further, strict=True)]
        ):
            part = parts[number]
            donor, asked = home_of[part[0]], float(weight[part].sum())
            enough = carries[donor] - asked >= max(least[donor], 1e-9)
            if (home_of[part] == donor).all() and donor != empty and enough and asked <= room[empty]:
                home_of[part] = empty
                carries[donor] -= asked
                room[donor] += asked
                carries[empty] += asked
                room[empty] -= asked
                if carries[empty] >= max(least[empty], asked):
                    break


def _parts(problem: Problem, home_of: np.ndarray) -> tuple[list[np.ndarray], list[float]]:
    """What may be given away: what of a building one caller has, and each of its households alone, with how many
    metres further one goes rather than take it."""
    together = kept_together(problem)
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, home in enumerate(problem.households):
        groups[together[number] or f"\0{home.id}", int(home_of[number])].append(number)
    whole = [
        np.array(group)
        for group in groups.values()
        if all(problem.households[number].fixed_to is None for number in group)
    ]
    alone = [
        number for number, home in enumerate(problem.households) if together[number] and home.fixed_to is None
    ]
    more = [
        FROM_BUILDING if together[number] == problem.households[number].building else FROM_UNIT
        for number in alone
    ]
    return whole + [np.array([number]) for number in alone], [0.0] * len(whole) + more
