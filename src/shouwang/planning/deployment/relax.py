"""The linear relaxation, its columns brought in as they are wanted: its optimum is a first bound, its rounding a start.

Assignment with side constraints (women, quotas). What it costs not to be together comes as a price for each person and
area (dual.py).
"""

from collections.abc import Iterable

import highspy
import numpy as np
from numpy.typing import NDArray

from shouwang.planning.deployment.dual import Worth
from shouwang.planning.deployment.problem import Problem
from shouwang.planning.deployment.table import Table

NEAREST = 10
"""Needs that each person begins with."""
BATCH = 4
"""Needs that a person gains in a round of pricing, at most."""
Pair = tuple[int, int]
"""A person and a need, by number."""


class Relaxation:
    """One model that grows. Rows: people, needs, women of needs, quotas; columns: what is short, then pairs."""

    def __init__(self, problem: Problem, table: Table) -> None:
        self.problem, self.table = problem, table
        self.bound = -np.inf
        self._people, self._needs = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self._known: set[Pair] = set()
        self.model = highspy.Highs()
        self.model.silent()
        self.model.setOptionValue("mip_rel_gap", 5e-4)
        self._whole = False
        self.model.passModel(self._empty())

    def _empty(self) -> highspy.HighsLp:
        """The rows, and for each need one column for being short and one for being short of women."""
        table, (people, needs) = self.table, self.table.cost.shape
        quotas = self.problem.quotas
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * needs, people + 2 * needs + len(quotas)
        lp.col_cost_ = np.concatenate([table.weight, table.weight])
        lp.col_lower_, lp.col_upper_ = np.zeros(2 * needs), np.full(2 * needs, highspy.kHighsInf)
        most = [highspy.kHighsInf if quota.most is None else float(quota.most) for quota in quotas]
        lp.row_lower_ = np.concatenate(
            [
                (table.fixed >= 0).astype(float),
                table.number,
                table.women,
                [float(quota.least) for quota in quotas],
            ]
        )
        lp.row_upper_ = np.concatenate(
            [np.ones(people), table.number, np.full(needs, highspy.kHighsInf), most]
        )
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(2 * needs + 1, dtype=np.int32)
        lp.a_matrix_.index_ = np.arange(people, people + 2 * needs, dtype=np.int32)
        lp.a_matrix_.value_ = np.ones(2 * needs)
        return lp

    def start(self) -> None:
        """Everybody's nearest needs; all needs of an area that she is fixed to, serves in or that a quota names."""
        table = self.table
        wanted: set[Pair] = set()
        for person, row in enumerate(table.cost):
            here = (table.area_of == table.now[person]) | (table.area_of == table.fixed[person])
            for (agency, there), quota in zip(table.quotas, self.problem.quotas, strict=True):
                if agency == table.agency_of[person] and quota.least and quota.area is not None:
                    here = here | there
            near = np.argsort(row, kind="stable")[:NEAREST]
            wanted |= {(person, int(need)) for need in (*near, *np.flatnonzero(here))}
        self.add(wanted)

    def all_pairs(self) -> None:
        """Everybody to every need: for small problems."""
        self.add((int(person), int(need)) for person, need in np.argwhere(np.isfinite(self.table.cost)))

    def add(self, pairs: Iterable[Pair]) -> bool:
        """Bring these in; whether any was new."""
        table, (people, needs) = self.table, self.table.cost.shape
        new = sorted(pair for pair in set(pairs) - self._known if np.isfinite(table.cost[pair[0], pair[1]]))
        starts: list[int] = []
        rows: list[int] = []
        for person, need in new:
            starts.append(len(rows))
            rows += [person, people + need]
            if table.woman[person] and table.women[need]:
                rows.append(people + needs + need)
            rows += [
                people + 2 * needs + number
                for number, (agency, here) in enumerate(table.quotas)
                if agency == table.agency_of[person] and here[need]
            ]
        if new:
            count = len(new)
            self.model.addCols(
                count, np.zeros(count), np.zeros(count), np.full(count, highspy.kHighsInf), len(rows),
                np.array(starts, dtype=np.int32), np.array(rows, dtype=np.int32), np.ones(len(rows)),
            )  # fmt: skip
            people_no, need_no = np.array(new, dtype=np.int64).T
            self._people = np.append(self._people, people_no)
            self._needs = np.append(self._needs, need_no)
            self._known.update(new)
        return bool(new)

    def solve(
        self, apart: NDArray[np.float64], *, whole: bool = False, price: bool = False, seconds: float
    ) -> NDArray[np.int64] | None:
        """The need of each person, -1 for none, where going to an area costs her ``apart`` (people × areas) more for
        not being together; ``None``: there is none. ``price``: brings pairs in until none betters the optimum, and
        keeps it as ``bound``."""
        while True:
            self._set(apart, whole)
            self.model.setOptionValue("time_limit", self.model.getRunTime() + max(seconds, 0.1))
            self.model.run()
            found = self.model.getSolution()
            if self.model.getModelStatus() == highspy.HighsModelStatus.kInfeasible or not found.value_valid:
                return None
            if price and self._price(np.array(found.row_dual), apart):
                continue
            if price:
                self.bound = max(self.bound, self.model.getInfo().objective_function_value)
            return self._taken(np.array(found.col_value))

    def worth(self, apart: NDArray[np.float64]) -> Worth:
        """What the rows are worth in the last solution."""
        people, needs = self.table.cost.shape
        dual = np.array(self.model.getSolution().row_dual)[people:]
        return Worth(dual[:needs], np.maximum(dual[needs : 2 * needs], 0), dual[2 * needs :], apart)

    def _set(self, apart: NDArray[np.float64], whole: bool) -> None:
        table, needs = self.table, self.table.cost.shape[1]
        people, where = self._people, self._needs
        cost = table.cost[people, where] + apart[people, table.area_of[where]]
        columns = np.arange(2 * needs, 2 * needs + len(cost), dtype=np.int32)
        self.model.changeColsCost(len(cost), columns, cost)
        if whole or self._whole:
            kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            self.model.changeColsIntegrality(
                len(cost), columns, np.full(len(cost), int(kind), dtype=np.uint8)
            )
            self._whole = whole

    def _taken(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        people, needs = self.table.cost.shape
        taken = np.full(people, -1, dtype=np.int64)
        there = values[2 * needs :] > 0.5
        taken[self._people[there]] = self._needs[there]
        return taken

    def fractional(self) -> bool:
        """Whether the last solution halves somebody."""
        values = np.array(self.model.getSolution().col_value)[2 * self.table.cost.shape[1] :]
        return bool(np.any((values > 1e-6) & (values < 1 - 1e-6)))

    def _price(self, dual: NDArray[np.float64], apart: NDArray[np.float64]) -> bool:
        """Bring in the pairs that better the relaxation; whether there were any."""
        table, (people, needs) = self.table, self.table.cost.shape
        reduced = table.cost + apart[:, table.area_of] - dual[:people, None]
        reduced = reduced - dual[None, people : people + needs]
        reduced = reduced - table.woman[:, None] * (
            dual[people + needs : people + 2 * needs] * (table.women > 0)
        )
        for number, (agency, here) in enumerate(table.quotas):
            reduced -= dual[people + 2 * needs + number] * np.outer(table.agency_of == agency, here)
        best = np.argpartition(reduced, min(BATCH, needs - 1), axis=1)[:, :BATCH]
        return self.add(
            (int(person), int(need))
            for person in np.flatnonzero(reduced.min(axis=1) < -1e-7)
            for need in best[person]
            if reduced[person, need] < -1e-7
        )
