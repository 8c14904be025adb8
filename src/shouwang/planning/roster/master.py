"""The master problem of column generation: which of the known patterns each person works, by HiGHS."""

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from shouwang.planning.roster.problem import Problem

Pattern = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Costs:
    """The problem's soft part in numbers: ``wish[p]`` by person, day and shift with the last column for a day off."""

    wish: NDArray[np.float64]
    need: NDArray[np.int64]
    under: NDArray[np.float64]
    over: NDArray[np.float64]

    @classmethod
    def of(cls, problem: Problem) -> "Costs":
        shifts = {shift.id: number for number, shift in enumerate(problem.shifts)}
        people = {person.id: number for number, person in enumerate(problem.people)}
        wish = np.zeros((len(people), problem.days, len(shifts) + 1))
        for one in problem.wishes:
            there = wish[people[one.person], one.day]
            if one.wanted:
                there += one.weight
                there[shifts[one.shift]] -= one.weight
            else:
                there[shifts[one.shift]] += one.weight
        need = np.zeros((problem.days, len(shifts)), dtype=np.int64)
        under, over = np.zeros(need.shape), np.zeros(need.shape)
        for cover in problem.cover:
            place = cover.day, shifts[cover.shift]
            need[place], under[place], over[place] = cover.need, cover.under, cover.over
        return cls(wish, need, under, over)

    def of_pattern(self, person: int, pattern: Pattern) -> float:
        """Her wishes not granted."""
        return float(self.wish[person, np.arange(len(pattern)), pattern].sum())

    def of_cover(self, there: NDArray[np.int64]) -> float:
        """Posts short or overfull, with ``there`` people by day and shift."""
        short = self.need - there
        return float((np.maximum(short, 0) * self.under).sum() + (np.maximum(-short, 0) * self.over).sum())

    def of_roster(self, patterns: list[Pattern]) -> float:
        wishes = sum(self.of_pattern(person, pattern) for person, pattern in enumerate(patterns))
        return wishes + self.of_cover(self.there(patterns))

    def there(self, patterns: list[Pattern]) -> NDArray[np.int64]:
        """How many people by day and shift."""
        found = np.zeros(self.need.shape, dtype=np.int64)
        for pattern in patterns:
            days = np.flatnonzero(pattern >= 0)
            found[days, pattern[days]] += 1
        return found


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``value``; ``each``: what each person's row is worth; ``worth``: each day and shift; ``taken``: how much of each
    column."""

    value: float
    each: NDArray[np.float64]
    worth: NDArray[np.float64]
    taken: NDArray[np.float64]


@dataclass(slots=True)
class Master:
    """Rows: one for each person (exactly one pattern), then one for each day and shift (people there + short − too many
    = need). Columns: short and too many of each, then the patterns as they come."""

    costs: Costs
    people: int
    columns: list[tuple[int, Pattern]] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    _known: dict[tuple[int, bytes], int] = field(default_factory=dict)
    _highs: highspy.Highs = field(init=False)

    def __post_init__(self) -> None:
        self._highs = self._empty(self.people)

    def _empty(self, people: int) -> highspy.Highs:
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        none = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        for _ in range(people):
            highs.addRow(1.0, 1.0, 0, *none)
        for need in self.costs.need.ravel():
            highs.addRow(float(need), float(need), 0, *none)
        for sign, weight in ((1.0, self.costs.under), (-1.0, self.costs.over)):
            for place, cost in enumerate(weight.ravel()):
                row = np.array([people + place], dtype=np.int32)
                highs.addCol(float(cost), 0.0, highspy.kHighsInf, 1, row, np.array([sign]))
        return highs

    def add(self, person: int, pattern: Pattern) -> bool:
        """Make a pattern known. False if it was."""
        key = person, pattern.tobytes()
        if key in self._known:
            return False
        self._known[key] = len(self.columns)
        price = self.costs.of_pattern(person, pattern)
        self.columns.append((person, pattern))
        self.prices.append(price)
        self._put(self._highs, person, pattern, price)
        return True

    def _put(self, highs: highspy.Highs, person: int, pattern: Pattern, price: float) -> None:
        days = np.flatnonzero(pattern >= 0)
        shifts = self.costs.need.shape[1]
        rows = np.concatenate(([person], self.people + days * shifts + pattern[days])).astype(np.int32)
        highs.addCol(price, 0.0, highspy.kHighsInf, len(rows), rows, np.ones(len(rows)))

    def relaxed(self) -> "Relaxed":
        """The linear relaxation over the known patterns."""
        self._highs.run()
        found = self._highs.getSolution()
        duals = np.array(found.row_dual)
        return Relaxed(
            self._highs.getInfo().objective_function_value,
            duals[: self.people],
            duals[self.people :].reshape(self.costs.need.shape),
            np.array(found.col_value)[self._slack :],
        )

    def fix(self, column: int) -> None:
        """Its person works this pattern and no other, until :meth:`free`."""
        self._highs.changeColBounds(self._slack + column, 1.0, 1.0)

    def free(self, column: int) -> None:
        self._highs.changeColBounds(self._slack + column, 0.0, highspy.kHighsInf)

    def column_of(self, person: int, pattern: Pattern) -> int:
        """The number of a known pattern."""
        return self._known[person, pattern.tobytes()]

    @property
    def _slack(self) -> int:
        return int(2 * self.costs.need.size)

    def whole(self, chosen: list[int], start: list[Pattern] | None, seconds: float) -> list[Pattern] | None:
        """The best roster of the ``chosen`` columns found in ``seconds``; ``start`` is one to begin with."""
        highs = self._empty(self.people)
        highs.setOptionValue("time_limit", seconds)
        highs.setOptionValue("mip_rel_gap", 0.0)
        first = self._slack
        for place, number in enumerate(chosen):
            person, pattern = self.columns[number]
            self._put(highs, person, pattern, self.prices[number])
            highs.changeColIntegrality(first + place, highspy.HighsVarType.kInteger)
        if start is not None:
            self._hint(highs, chosen, start, first)
        highs.run()
        values = np.array(highs.getSolution().col_value)
        if len(values) <= first:
            return None
        roster: dict[int, Pattern] = {}
        for number, value in zip(chosen, values[first:], strict=True):
            if value > 0.5:
                person, pattern = self.columns[number]
                roster[person] = pattern
        return [roster[person] for person in range(self.people)] if len(roster) == self.people else None

    def _hint(self, highs: highspy.Highs, chosen: list[int], start: list[Pattern], first: int) -> None:
        wanted = {(person, pattern.tobytes()) for person, pattern in enumerate(start)}
        places = [
            first + place
            for place, number in enumerate(chosen)
            if (self.columns[number][0], self.columns[number][1].tobytes()) in wanted
        ]
        highs.setSolution(len(places), np.array(places, dtype=np.int32), np.ones(len(places)))
