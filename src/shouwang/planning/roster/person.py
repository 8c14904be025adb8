"""Patterns of one person that keep all her rules, with as few of her caps in the state as will do."""

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.roster.pricing import NEVER, cheapest
from shouwang.planning.roster.problem import Person, Problem
from shouwang.planning.roster.rules import Rules, rules_of

COUNTED = 2
"""So many caps a state can count; any further one is kept by making its shifts dearer until it is."""
_TRIES = 8
Found = list[tuple[float, NDArray[np.int8]]]
"""Patterns with what they cost, the cheapest first."""


class Patterns:
    """Finds a person's cheapest patterns. A cap is counted only where the cheapest pattern breaks it otherwise."""

    def __init__(self, problem: Problem, person: Person) -> None:
        shifts = {shift.id: number for number, shift in enumerate(problem.shifts)}
        self._problem, self._person = problem, person
        self._sets = [np.array([shifts[shift] for shift in cap.shifts]) for cap in person.caps]
        self._rules: dict[tuple[int, ...], Rules] = {}

    def best(
        self, work: NDArray[np.float64], free: NDArray[np.float64], most: int = 1, below: float = NEVER
    ) -> tuple[float, Found]:
        """What no pattern of hers undercuts, and up to ``most`` patterns cheaper than ``below``."""
        counted: tuple[int, ...] = ()
        while True:
            found = self._cheapest(counted, work, free, most, below)
            if not found:
                return below, []
            broken = self._broken(found[0][1])
            if broken is None or len(counted) == COUNTED:
                break
            counted = (*counted, broken)
        kept = [one for one in found if self._broken(one[1]) is None]
        return found[0][0], kept or self._dearer(counted, work, free)

    def _cheapest(
        self,
        counted: tuple[int, ...],
        work: NDArray[np.float64],
        free: NDArray[np.float64],
        most: int,
        below: float = NEVER,
    ) -> Found:
        if counted not in self._rules:
            self._rules[counted] = rules_of(self._problem, self._person, counted)
        return cheapest(self._rules[counted], work, free, most, below)

    def _broken(self, pattern: NDArray[np.int8]) -> int | None:
        """The tightest of her caps that it breaks."""
        counts = np.bincount(pattern[pattern >= 0], minlength=len(self._problem.shifts))
        broken = [
            (cap.most, place)
            for place, cap in enumerate(self._person.caps)
            if cap.most and counts[self._sets[place]].sum() > cap.most
        ]
        return min(broken)[1] if broken else None

    def _dearer(
        self, counted: tuple[int, ...], work: NDArray[np.float64], free: NDArray[np.float64]
    ) -> Found:
        dear, step = work.copy(), max(1.0, float(np.abs(work).max()) / 10)
        for _ in range(_TRIES):
            found = self._cheapest(counted, dear, free, 1)
            if not found:
                return []
            pattern = found[0][1]
            broken = self._broken(pattern)
            if broken is None:
                days = np.arange(len(pattern))
                return [(float(np.where(pattern >= 0, work[days, pattern], free).sum()), pattern)]
            dear[:, self._sets[broken]] += step
            step *= 2
        return []
