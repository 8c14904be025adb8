"""Betters a deployment by letting two people change places, or one take a place that is left open."""

import time

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.deployment.problem import Problem
from shouwang.planning.deployment.table import Table

Taken = NDArray[np.int64]


class Exchange:
    """``taken``: the need of each person, -1 for none. Quotas, women and skills stay as they are kept."""

    def __init__(self, problem: Problem, table: Table, taken: Taken) -> None:
        self.problem, self.table, self.taken = problem, table, taken.copy()
        areas = table.areas
        # One need and one area more stand for standing by, which costs nothing and keeps nobody together.
        self.cost = np.hstack([table.cost, np.zeros((len(table.cost), 1))])
        self.cost[table.fixed >= 0, -1] = np.inf
        self.area_of = np.append(table.area_of, areas)
        self.there = np.zeros((len(table.agencies), areas + 1), dtype=np.int64)
        at = self.area_of[self.taken]
        np.add.at(self.there, (table.agency_of, at), 1)
        self.apart = np.full(areas + 1, problem.apart_cost)
        self.apart[-1] = 0
        self.women = np.zeros(len(self.area_of), dtype=np.int64)
        np.add.at(self.women, self.taken[table.woman], 1)
        self.asked = np.append(table.women, 0)
        self.weight = np.append(table.weight, 0.0)
        self.bound_to = self._bound_agencies()
        self.changed = np.zeros(areas + 1, dtype=bool)

    def _bound_agencies(self) -> NDArray[np.bool_]:
        """Agencies with a quota: only among themselves may their people change places."""
        bound = {quota.agency for quota in self.problem.quotas}
        return np.array([agency in bound for agency in self.table.agencies], dtype=bool)

    def run(self, until: float) -> Taken:
        """Until no exchange betters it, or the time is up."""
        ask = np.arange(len(self.taken))
        while len(ask):
            self.changed = np.zeros(len(self.apart), dtype=bool)
            for person in ask:
                if time.monotonic() >= until:
                    return self.taken
                while self._best_partner(int(person)):
                    pass
            # Then only those near whom something has changed.
            ask = np.flatnonzero(self.changed[self.area_of[self.taken]])
        return self.taken

    def _best_partner(self, person: int) -> bool:
        table, here = self.table, int(self.taken[person])
        agency, agencies = int(table.agency_of[person]), table.agency_of
        area, areas = int(self.area_of[here]), self.area_of[self.taken]
        gain = (
            self.cost[person, self.taken]
            + self.cost[:, here]
            - self.cost[person, here]
            - self.cost[np.arange(len(self.taken)), self.taken]
        )
        ours, theirs = self.there[agency], self.there
        moved = (agencies != agency) & (areas != area)
        groups = (
            self.apart[areas] * (ours[areas] == 0)
            - self.apart[area] * (ours[area] == 1)
            + self.apart[area] * (theirs[agencies, area] == 0)
            - self.apart[areas] * (theirs[agencies, areas] == 1)
        )
        gain = gain + np.where(moved, groups, 0.0) + self._women(person, here)
        unfit = (agencies != agency) & (self.bound_to[agencies] | self.bound_to[agency])
        gain[unfit | (self.taken == here)] = np.inf
        other = int(np.argmin(gain))
        if not gain[other] < -1e-9:
            return False
        there = int(self.taken[other])
        for who, source, target in ((person, here, there), (other, there, here)):
            self.there[table.agency_of[who], self.area_of[source]] -= 1
            self.there[table.agency_of[who], self.area_of[target]] += 1
            self.taken[who] = target
            self.changed[[self.area_of[source], self.area_of[target]]] = True
            if table.woman[who]:
                self.women[source] -= 1
                self.women[target] += 1
        return True

    def _women(self, person: int, here: int) -> NDArray[np.float64]:
        """What the exchange does to women who are asked for."""
        woman, women = bool(self.table.woman[person]), self.table.woman
        leaves = int(woman) - women.astype(np.int64)  # 1: here loses a woman, and the other place gains her
        there = self.taken

        def missing(need: NDArray[np.int64] | int, change: NDArray[np.int64]) -> NDArray[np.float64]:
            asked, kept = self.asked[need], self.women[need]
            cost: NDArray[np.float64] = self.weight[need] * (
                np.maximum(asked - kept - change, 0) - np.maximum(asked - kept, 0)
            )
            return cost

        return missing(here, -leaves) + missing(there, leaves)
