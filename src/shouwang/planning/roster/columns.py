"""Column generation: new patterns from what days and shifts are worth, down to the bound, and dives to rosters."""

import math
import time
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.roster.master import Costs, Master, Pattern
from shouwang.planning.roster.person import Patterns

SMOOTH = 0.5
"""How much of the best worths so far goes into those that are priced with (Wentges 1997)."""
EACH = 3
"""Patterns a person brings in one turn."""
TURNS = 4
"""Turns of pricing between two fixings of a dive."""
SURE = 0.75
"""Of a dive: patterns taken by at least so much are fixed together."""

MANY = 24
"""Of so many who are open one is fixed where nobody is sure."""


class Columns:
    """The patterns known of everybody, and the master over them."""

    def __init__(
        self, costs: Costs, people: Sequence[Patterns], roster: Sequence[Pattern], seed: int
    ) -> None:
        self.costs, self._people = costs, people
        self.master = Master(costs, len(people))
        self.bound = -math.inf
        self.worth = np.zeros(costs.need.shape)
        self._random = Random(seed)  # noqa: S311 a search, no secret
        for person, pattern in enumerate(roster):
            self.master.add(person, pattern)

    def copy(self, seed: int) -> "Columns":
        """The same with a master of its own, for another thread."""
        other = Columns(self.costs, self._people, (), seed)
        other.bound, other.worth = self.bound, self.worth
        for person, pattern in self.master.columns:
            other.master.add(person, pattern)
        return other

    def relax(self, until: float) -> None:
        """Generate until nothing is cheaper or the monotonic time ``until``: sets ``bound`` and ``worth``."""
        centre: NDArray[np.float64] | None = None
        everybody = range(len(self._people))
        while True:
            found = self.master.relaxed()
            self.worth = found.worth
            asked = found.worth if centre is None else SMOOTH * centre + (1 - SMOOTH) * found.worth
            new, low = self._price(everybody, asked, found.each)
            if low > self.bound:
                self.bound, centre = low, asked
            if (
                not new and asked is not found.worth
            ):  # nothing was cheaper at the smoothed worths: ask at the true ones
                new, low = self._price(everybody, found.worth, found.each)
                self.bound = max(self.bound, low)
            if not new or math.ceil(self.bound - 1e-6) >= found.value - 1e-6 or time.monotonic() > until:
                return

    def shrink(self, most: int, roster: Sequence[Pattern]) -> None:
        """Forget all patterns but the ``most`` that are cheapest at the relaxation's worths: a lean master is quick."""
        if len(self.master.columns) <= 2 * most:
            return
        worth, before = np.clip(self.worth, -self.costs.over, self.costs.under), self.master
        dear = [
            price - worth[(days := np.flatnonzero(pattern >= 0)), pattern[days]].sum()
            for price, (_, pattern) in zip(before.prices, before.columns, strict=True)
        ]
        least = np.full(len(self._people), math.inf)
        who = np.array([person for person, _ in before.columns])
        np.minimum.at(least, who, dear)
        self.master = Master(self.costs, len(self._people))
        for person, pattern in enumerate(roster):
            self.master.add(person, pattern)
        for column in np.argsort(dear - least[who], kind="stable")[:most]:
            self.master.add(*before.columns[column])

    def dive(
        self, roster: Sequence[Pattern] | None, free: Sequence[int], until: float
    ) -> list[Pattern] | None:
        """A whole roster in which only those ``free`` work otherwise than in ``roster``: the relaxation is rounded one
        or some people at a time, with new patterns for the others in between. None if time is up before."""
        fixed: dict[int, int] = {}
        if roster is not None:
            moving = set(free)
            for person, pattern in enumerate(roster):
                self.master.add(person, pattern)
                if person not in moving:
                    fixed[person] = self.master.column_of(person, pattern)
        for column in fixed.values():
            self.master.fix(column)
        try:
            return self._down(fixed, until)
        finally:
            for column in fixed.values():
                self.master.free(column)

    def _down(self, fixed: dict[int, int], until: float) -> list[Pattern] | None:
        people = len(self._people)
        while True:
            open_ = [person for person in range(people) if person not in fixed]
            for _ in range(TURNS):
                found = self.master.relaxed()
                new, _ = self._price(open_, found.worth, found.each)
                if not new:
                    break
            else:
                found = self.master.relaxed()
            best: dict[int, tuple[float, int]] = {}
            for column in np.flatnonzero(found.taken[: len(self.master.columns)] > 1e-6):
                person = self.master.columns[column][0]
                if person not in fixed:
                    best[person] = max(best.get(person, (0.0, -1)), (float(found.taken[column]), int(column)))
            if all(taken > 1 - 1e-6 for taken, _ in best.values()):
                fixed_now = fixed | {person: column for person, (_, column) in best.items()}
                return [self.master.columns[fixed_now[person]][1] for person in range(people)]
            if time.monotonic() > until:
                return None
            chosen = [person for person, (taken, _) in best.items() if taken >= SURE]
            if not chosen:
                near = sorted(best, key=lambda person: -best[person][0])
                few = len(open_) // MANY
                chosen = (
                    near[:few]
                    if few > 1
                    else [near[0] if self._random.random() < 0.7 else self._random.choice(near[:3])]
                )
            for person in chosen:
                fixed[person] = best[person][1]
                self.master.fix(fixed[person])

    def _price(
        self, people: Sequence[int], worth: NDArray[np.float64], each: NDArray[np.float64]
    ) -> tuple[int, float]:
        """Patterns cheaper than what their people are worth, made known; and the bound if all are asked."""
        costs = self.costs
        # What is short costs no more than `under`, what is too much no more than `over`: so the posts' part is linear.
        worth = np.clip(worth, -costs.over, costs.under)
        low, new = float((worth * costs.need).sum()), 0
        for person in people:
            wish = costs.wish[person]
            least, found = self._people[person].best(
                wish[:, :-1] - worth, wish[:, -1], EACH, each[person] - 1e-6
            )
            low += least
            for _, pattern in found:
                new += self.master.add(person, pattern)
        return new, low
