"""The cheapest pattern of one person: a shortest path over the days, exact in every hard rule.

A state of a day is how long she has worked or been off, which shift she worked, how many weekends and minutes she has
worked, and how often the shifts of which she may work only a few. Compiled by numba.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shouwang.planning.roster.rules import Rules

FREE = -1
"""In a pattern: a day off."""
NEVER = 1e15
"""The cost of what may not be."""


def cheapest(
    rules: Rules, work: NDArray[np.float64], free: NDArray[np.float64], most: int, below: float = NEVER
) -> list[tuple[float, NDArray[np.int8]]]:
    """Up to ``most`` patterns cheaper than ``below``, the cheapest first, no two of one number of minutes and weekends.

    ``work`` is the cost by day and shift, ``free`` that of a day off. A pattern is a shift for each day, or ``FREE``.
    """
    of_kinds, cheap = _kinds(rules, work)
    costs, patterns = _search(
        rules.length, rules.may, rules.must, rules.follows, rules.least_units, rules.most_units,
        rules.most_in_a_row, rules.least_in_a_row, rules.least_off, rules.most_weekends, rules.weekend,
        rules.counted, rules.caps[0], rules.caps[1], of_kinds, free, most, below,
    )  # fmt: skip
    days = np.arange(len(free))
    return [
        (float(cost), np.where(kinds >= 0, cheap[days, kinds], FREE).astype(np.int8))
        for cost, kinds in zip(costs, patterns, strict=True)
    ]


def _kinds(rules: Rules, work: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Of each day and kind of shift the least cost, and the shift that has it."""
    if len(rules.kinds) == work.shape[1]:
        return np.ascontiguousarray(work[:, [kind[0] for kind in rules.kinds]]), np.tile(
            [kind[0] for kind in rules.kinds], (len(work), 1)
        )
    allowed, days = np.where(rules.may_each, work, NEVER), np.arange(len(work))
    cheap = np.stack([kind[allowed[:, kind].argmin(axis=1)] for kind in rules.kinds], axis=1)
    return allowed[days[:, None], cheap], cheap


# Run states: 0 … least_off-1 days off (the last: that long or longer), then by length and shift of a run of work. A run
# that began on the first day is thought to be long enough.


@njit(cache=True, nogil=True)
def _may_stop(run: Any, day: Any, shifts: Any, least_off: Any, least_in_a_row: Any) -> Any:
    """Whether she may be off on ``day`` after the run state of the day before."""
    in_a_row = (run - least_off) // shifts + 1
    return run < least_off or in_a_row >= least_in_a_row or in_a_row == day


@njit(cache=True, nogil=True)
def _may_work(
    run: Any, day: Any, shift: Any, shifts: Any, least_off: Any, most_in_a_row: Any, follows: Any
) -> Any:
    """Whether she may work ``shift`` on ``day`` after the run state of the day before."""
    if run < least_off:
        return run == least_off - 1 or run + 1 == day
    return (run - least_off) // shifts + 1 < most_in_a_row and follows[(run - least_off) % shifts, shift]


@njit(cache=True, nogil=True)
def _next(run: Any, shift: Any, shifts: Any, least_off: Any) -> Any:
    """The run state after working ``shift`` (or not: -1)."""
    if shift < 0:
        return min(run + 1, least_off - 1) if run < least_off else 0
    return least_off + (0 if run < least_off else ((run - least_off) // shifts + 1) * shifts) + shift


@njit(cache=True, nogil=True)
def _rest(
    length: Any,
    may: Any,
    must: Any,
    follows: Any,
    least_units: Any,
    most_units: Any,
    most_in_a_row: Any,
    least_in_a_row: Any,
    least_off: Any,
    work: Any,
    free: Any,
) -> Any:
    """What the days after each day cost at least from each run state and minutes so far, so that she ends with minutes
    as she must: weekends and caps left aside."""
    days, shifts = work.shape
    runs = least_off + most_in_a_row * shifts
    rest = np.full((days, runs, most_units + 1), NEVER)
    rest[days - 1, :, least_units:] = 0.0
    for day in range(days - 1, 0, -1):
        for run in range(runs):
            here = rest[day - 1, run]
            if not must[day] and _may_stop(run, day, shifts, least_off, least_in_a_row):
                after = rest[day, _next(run, -1, shifts, least_off)]
                for units in range(most_units + 1):
                    here[units] = free[day] + after[units]
            for shift in range(shifts):
                if may[day, shift] and _may_work(run, day, shift, shifts, least_off, most_in_a_row, follows):
                    after = rest[day, _next(run, shift, shifts, least_off)]
                    cost, more = work[day, shift], length[shift]
                    for units in range(most_units + 1 - more):
                        if cost + after[units + more] < here[units]:
                            here[units] = cost + after[units + more]
    return rest


@njit(cache=True, nogil=True)
def _search(
    length: Any,
    may: Any,
    must: Any,
    follows: Any,
    least_units: Any,
    most_units: Any,
    most_in_a_row: Any,
    least_in_a_row: Any,
    least_off: Any,
    most_weekends: Any,
    weekend: Any,
    counted: Any,
    first_cap: Any,
    second_cap: Any,
    work: Any,
    free: Any,
    most: Any,
    below: Any,
) -> Any:
    days, shifts = work.shape
    rest = _rest(
        length,
        may,
        must,
        follows,
        least_units,
        most_units,
        most_in_a_row,
        least_in_a_row,
        least_off,
        work,
        free,
    )
    runs = least_off + most_in_a_row * shifts
    n_weekends, n_units, n_one, n_two = most_weekends + 1, most_units + 1, first_cap + 1, second_cap + 1
    place_of = np.full(runs * n_weekends * n_units * n_one * n_two, -1, np.int32)
    # States as they are reached, day after day: run, weekends, units, first and second count; cost; where it came from.
    state = np.empty((4096, 5), np.int16)
    cost = np.empty(4096)
    came = np.empty(4096, np.int32)
    first = np.empty(days + 1, np.int32)
    size = 0
    for day in range(days):
        first[day] = size
        # On the first day there is one state before, after whatever may be followed by anything.
        for before in range(first[day - 1] if day else -1, first[day] if day else 0):
            for shift in range(-1, shifts):
                run = 0 if before < 0 else state[before, 0]
                if shift < 0:
                    if must[day] or (
                        before >= 0 and not _may_stop(run, day, shifts, least_off, least_in_a_row)
                    ):
                        continue
                elif not may[day, shift] or (
                    before >= 0 and not _may_work(run, day, shift, shifts, least_off, most_in_a_row, follows)
                ):
                    continue
                then = _next(run, shift, shifts, least_off)
                if before < 0:
                    then = least_off + shift if shift >= 0 else 0
                    value, weekends, units, one, two = 0.0, 0, 0, 0, 0
                else:
                    value, weekends, units = cost[before], state[before, 1], state[before, 2]
                    one, two = state[before, 3], state[before, 4]
                if shift < 0:
                    value += free[day]
                else:
                    value += work[day, shift]
                    units += length[shift]
                    one += counted[0, shift]
                    two += counted[1, shift]
                    if weekend[day] == 1 or (weekend[day] == 2 and (run < least_off or before < 0)):
                        weekends += 1
                    if weekends >= n_weekends or units >= n_units or one >= n_one or two >= n_two:
                        continue
                after = rest[day, then, units]
                if after > NEVER / 2 or value + after >= below:
                    continue
                at = (((then * n_weekends + weekends) * n_units + units) * n_one + one) * n_two + two
                place = place_of[at]
                if place < 0:
                    if size == len(cost):
                        state, cost, came = _double(state), _double_cost(cost), _double_came(came)
                    place = place_of[at] = size
                    state[place] = then, weekends, units, one, two
                    size += 1
                elif value >= cost[place]:
                    continue
                cost[place], came[place] = value, before
        for place in range(first[day], size):
            run, weekends, units, one, two = state[place]
            place_of[(((run * n_weekends + weekends) * n_units + units) * n_one + one) * n_two + two] = -1
    return _best(state, cost, came, first[days - 1], size, days, shifts, least_off, most)


@njit(cache=True, nogil=True)
def _double(old: Any) -> Any:
    new = np.empty((2 * len(old), 5), np.int16)
    new[: len(old)] = old
    return new


@njit(cache=True, nogil=True)
def _double_cost(old: Any) -> Any:
    return np.concatenate((old, np.empty(len(old))))


@njit(cache=True, nogil=True)
def _double_came(old: Any) -> Any:
    return np.concatenate((old, np.empty(len(old), np.int32)))


@njit(cache=True, nogil=True)
def _best(
    state: Any, cost: Any, came: Any, first: Any, size: Any, days: Any, shifts: Any, least_off: Any, most: Any
) -> Any:
    """The cheapest ends, one for each pair of weekends and minutes, and the patterns that lead to them."""
    order = first + np.argsort(cost[first:size])
    chosen = np.empty(most, np.int64)
    number = 0
    for place in order:
        if number == most:
            break
        new = True
        for other in chosen[:number]:
            if state[other, 1] == state[place, 1] and state[other, 2] == state[place, 2]:
                new = False
        if new:
            chosen[number] = place
            number += 1
    patterns = np.full((number, days), -1, np.int8)
    for row in range(number):
        place = chosen[row]
        for day in range(days - 1, -1, -1):
            if state[place, 0] >= least_off:
                patterns[row, day] = (state[place, 0] - least_off) % shifts
            place = came[place]
    return cost[chosen[:number]], patterns
