"""The Lagrangian dual: what each row is worth, and prices for not being together. Its value is a bound.

An agency pays once for an area where it has people. That one payment is shared out among those of its people who would
go there: prices are fit if those of as many people as have a place there make up no more than ``apart_cost``. Given all
prices, each person alone chooses the cheapest need, so a step takes milliseconds. Projected subgradients with the
step of Polyak (1969), turned towards the step before (Camerini, Fratta and Maffioli 1975).
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.deployment.problem import Problem
from shouwang.planning.deployment.table import Table

STRIDE, SHORTER, PATIENCE, TURN = 0.7, 0.8, 20, 0.9
"""The first part of Polyak's step; after so many steps that raise nothing it becomes so much shorter; and how much of
the step before goes into the next."""
FORGOTTEN = 0.02
"""What is left of an old step at a price, when it no longer counts."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one person more for each need, of one woman more, of each quota; ``apart``: people × areas, in kilometres."""

    need: Floats
    woman: Floats
    quota: Floats
    apart: Floats

    def step(self, way: "Worth", length: float) -> "Worth":
        return Worth(
            self.need + length * way.need,
            self.woman + length * way.woman,
            self.quota + length * way.quota,
            self.apart + length * way.apart,
        )


class Dual:
    """Climbs from ``start``; ``bound`` and ``worth`` are the best so far."""

    def __init__(self, problem: Problem, table: Table, start: Worth) -> None:
        self.problem, self.table, self.worth = problem, table, start
        self.bound = -np.inf
        self.stride, self._idle = STRIDE, 0
        self._way: Worth | None = None
        self._at = start
        self._room = table.together()
        self._groups = [np.flatnonzero(table.agency_of == agency) for agency in range(len(table.agencies))]
        self._least = np.array([quota.least for quota in problem.quotas], dtype=float)
        self._most = np.array(
            [np.inf if quota.most is None else quota.most for quota in problem.quotas], dtype=float
        )

    def climb(self, aim: float, until: float) -> None:
        """Until the time is up, with steps towards ``aim``, the cost of a deployment that is known."""
        while time.monotonic() < until and self.stride > 1e-3:
            choice, value = self._choices()
            if value > self.bound + 1e-6:
                self.bound, self.worth, self._idle = value, self._at, 0
            elif (idle := self._idle + 1) < PATIENCE:
                self._idle = idle
            else:
                self.stride *= SHORTER
                self._at, self._way, self._idle = self.worth, None, 0
                continue
            way = self._lacking(choice)
            if self._way is not None:
                way = way.step(self._way, TURN)
                way.apart[way.apart < FORGOTTEN] = 0
            self._way = way
            # A price for being apart is soon cut down again, so it counts half.
            length = sum(float((part**2).sum()) for part in (way.need, way.woman, way.quota))
            length += float((way.apart**2).sum()) / 2
            self._at = self._fit(
                self._at.step(way, self.stride * (aim - value) / max(length, 1.0)), way.apart
            )

    def _choices(self) -> tuple[NDArray[np.int64], float]:
        """The need that each person would go to, -1 for none; and the value of the dual here."""
        table, worth = self.table, self._at
        cost = table.cost - worth.need - table.woman[:, None] * worth.woman + worth.apart[:, table.area_of]
        for price, (agency, here) in zip(worth.quota, table.quotas, strict=True):
            if price:
                cost[np.ix_(table.agency_of == agency, here)] -= price
        choice = np.argmin(cost, axis=1)
        pays = cost[np.arange(len(cost)), choice]
        goes = (pays < 0) | (table.fixed >= 0)
        limit = np.where(worth.quota > 0, self._least, np.where(np.isfinite(self._most), self._most, 0.0))
        value = pays[goes].sum() + worth.need @ table.number + worth.woman @ table.women + worth.quota @ limit
        return np.where(goes, choice, -1), float(value)

    def _lacking(self, choice: NDArray[np.int64]) -> Worth:
        """What each row lacks at these choices: its price has to rise."""
        table, worth = self.table, self._at
        sent, needs = choice >= 0, len(table.number)
        need = (table.number - np.bincount(choice[sent], minlength=needs)).astype(float)
        woman = (table.women - np.bincount(choice[sent & table.woman], minlength=needs)).astype(float)
        need[(worth.need >= table.weight) & (need > 0)] = 0
        woman[((worth.woman <= 0) & (woman < 0)) | ((worth.woman >= table.weight) & (woman > 0))] = 0
        there = np.array(
            [(sent & (table.agency_of == agency) & here[choice]).sum() for agency, here in table.quotas],
            dtype=float,
        )
        below, above = self._least - there, self._most - there
        both = np.maximum(below, 0) + np.minimum(above, 0)
        quota = np.where(worth.quota > 0, below, np.where(worth.quota < 0, above, both))
        apart = np.zeros_like(worth.apart)
        apart[np.flatnonzero(sent), table.area_of[choice[sent]]] = 1
        return Worth(need, woman, quota, apart)

    def _fit(self, worth: Worth, touched: Floats) -> Worth:
        """The nearest that is allowed; prices changed only where ``touched`` is not 0."""
        weight = self.table.weight
        quota = np.where(np.isfinite(self._most), worth.quota, np.maximum(worth.quota, 0))
        for people, room in zip(self._groups, self._room, strict=True):
            areas = np.flatnonzero(touched[people].any(axis=0))
            here = np.ix_(people, areas)
            worth.apart[here] = self._lowered(worth.apart[here], room[areas])
        return Worth(np.minimum(worth.need, weight), np.clip(worth.woman, 0, weight), quota, worth.apart)

    def _lowered(self, prices: Floats, room: Floats) -> Floats:
        """Each column lowered alike until the dearest ``room`` of it make up ``apart_cost``."""
        dearest = -np.sort(-prices, axis=0)
        rank = np.arange(1, len(prices) + 1)[:, None]
        lower = (np.cumsum(dearest, axis=0) - self.problem.apart_cost) / rank
        paying = (dearest > lower) & (rank <= room)
        last = np.maximum(paying.sum(axis=0) - 1, 0)
        by = np.maximum(lower[last, np.arange(prices.shape[1])], 0)
        fit: Floats = np.maximum(prices - by, 0)
        return fit
