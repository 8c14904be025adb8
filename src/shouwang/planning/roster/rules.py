"""One person's hard rules in numbers, as the search for her patterns wants them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.roster.problem import Person, Problem


@dataclass(frozen=True, slots=True)
class Rules:
    """One person's hard rules in numbers, times in units that divide all shifts. Shifts that are the same to her rules
    (the six posts of one night) are one *kind*: of each only the cheapest of a day need be looked at. ``counted``:
    up to two sets of kinds whose number is part of the state, with ``caps`` (0 where there is none)."""

    kinds: tuple[NDArray[np.int64], ...]
    """The shifts of each kind."""
    may_each: NDArray[np.bool_]
    """day × shift: whether she may work it at all."""
    length: NDArray[np.int64]
    may: NDArray[np.bool_]
    """day × kind: whether she may work any of it."""
    must: NDArray[np.bool_]
    """Days on which she must work: they are pinned."""
    follows: NDArray[np.bool_]
    """kind × kind: the second may be worked the day after the first."""
    least_units: int
    most_units: int
    most_in_a_row: int
    least_in_a_row: int
    least_off: int
    most_weekends: int
    weekend: NDArray[np.int64]
    """By day: 1 on Saturdays, 2 on Sundays."""
    counted: NDArray[np.bool_]
    """2 × kind: which kinds each of the two counts counts."""
    caps: tuple[int, int]


def rules_of(problem: Problem, person: Person, counted: tuple[int, ...] = ()) -> Rules:
    """``counted``: which of the person's caps, at most two, her state keeps count of."""
    number = {shift.id: place for place, shift in enumerate(problem.shifts)}
    unit = math.gcd(*(shift.minutes for shift in problem.shifts))
    may = np.ones((problem.days, len(number)), dtype=np.bool_)
    for cap in person.caps:
        if cap.most == 0:
            may[:, [number[name] for name in cap.shifts]] = False
    for day in person.off:
        may[day] = False
    must = np.zeros(problem.days, dtype=np.bool_)
    for day, name in person.pinned.items():
        must[day] = True
        may[day] = False
        may[day, number[name]] = True
    follows = np.ones((len(number), len(number)), dtype=np.bool_)
    for shift in problem.shifts:
        for other in shift.not_before:
            follows[number[shift.id], number[other]] = False
    weekdays = [(day + problem.first_weekday) % 7 for day in range(problem.days)]
    sets = np.zeros((2, len(number)), dtype=np.bool_)
    caps = [0, 0]
    for place, which in enumerate(counted):
        sets[place, [number[name] for name in person.caps[which].shifts]] = True
        caps[place] = person.caps[which].most
    length = np.array([shift.minutes // unit for shift in problem.shifts], dtype=np.int64)
    alike: dict[tuple[object, ...], list[int]] = {}
    for place in range(len(length)):
        rows = (sets[:, place], follows[place], follows[:, place])
        alike.setdefault((int(length[place]), *(row.tobytes() for row in rows)), []).append(place)
    kinds = tuple(np.array(shifts) for shifts in alike.values())
    first = np.array([kind[0] for kind in kinds])
    return Rules(
        kinds,
        may,
        length[first],
        np.stack([may[:, kind].any(axis=1) for kind in kinds], axis=1),
        must,
        follows[np.ix_(first, first)],
        -(-person.least_minutes // unit),
        person.most_minutes // unit,
        min(person.most_in_a_row, problem.days),
        person.least_in_a_row,
        person.least_off,
        min(person.most_weekends, sum(day == 6 for day in weekdays) + 1),
        np.array([{5: 1, 6: 2}.get(day, 0) for day in weekdays], dtype=np.int64),
        sets[:, first],
        (caps[0], caps[1]),
    )
