"""Sequence numbers that came, as unbroken runs: ``[1, 40, 43, 60]`` are 1 to 40 and 43 to 60. Numbers begin at 1."""

from collections.abc import Iterable, Sequence


def merge(seen: Sequence[int], numbers: Iterable[int]) -> tuple[list[int], set[int]]:
    """``seen`` with ``numbers`` in it; and which of ``numbers`` had been there before."""
    runs, before = list(seen), set()
    for number in sorted(numbers):
        if runs and number == runs[-1] + 1:  # as good as always: the next one
            runs[-1] = number
        elif not runs or number > runs[-1]:
            runs += (number, number)
        elif not _fill(runs, number):
            before.add(number)
    return runs, before


def _fill(runs: list[int], number: int) -> bool:
    """Put a number below the highest into the gap it belongs to; ``False`` if it is in no gap."""
    low, high = 0, len(runs) // 2
    while low < high:  # the first run that ends at or after it
        middle = (low + high) // 2
        if runs[2 * middle + 1] < number:
            low = middle + 1
        else:
            high = middle
    place = 2 * low
    if runs[place] <= number:
        return False
    joins_left, joins_right = place > 0 and runs[place - 1] == number - 1, runs[place] == number + 1
    if joins_left and joins_right:
        del runs[place - 1 : place + 1]
    elif joins_left:
        runs[place - 1] = number
    elif joins_right:
        runs[place] = number
    else:
        runs[place:place] = [number, number]
    return True


def missing(seen: Sequence[int], held: int = 0) -> list[tuple[int, int]]:
    """The gaps below the highest number, first and last of each; and what is above it up to ``held``."""
    ends = [0, *seen, held + 1]
    return [(ends[n] + 1, ends[n + 1] - 1) for n in range(0, len(ends) - 1, 2) if ends[n] + 1 < ends[n + 1]]
