"""Who may go where at what cost, as arrays: people × needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.planning.deployment.problem import Problem


@dataclass(frozen=True, slots=True)
class Table:
    """``cost`` of sending a person to a need, in kilometres and beside what it costs to leave her standing by; infinite
    where she may not go. ``area_of`` each need and ``fixed`` of each person are numbers of areas, -1 for none;
    ``quotas``: an agency and the needs that count."""

    cost: NDArray[np.float64]
    area_of: NDArray[np.int64]
    agency_of: NDArray[np.int64]
    woman: NDArray[np.bool_]
    fixed: NDArray[np.int64]
    now: NDArray[np.int64]
    number: NDArray[np.int64]
    women: NDArray[np.int64]
    weight: NDArray[np.float64]
    agencies: tuple[str, ...]
    areas: int
    quotas: tuple[tuple[int, NDArray[np.bool_]], ...]

    @classmethod
    def of(cls, problem: Problem) -> "Table":
        area_no = {area.id: number for number, area in enumerate(problem.areas)}
        agencies = tuple(dict.fromkeys(person.agency for person in problem.people))
        agency_no = {agency: number for number, agency in enumerate(agencies)}
        homes = np.array([(one.x, one.y) for one in problem.people], dtype=float).reshape(-1, 2)
        places = np.array([(one.x, one.y) for one in problem.areas], dtype=float).reshape(-1, 2)
        area_of = np.array([area_no[need.area] for need in problem.needs], dtype=np.int64)
        fixed = np.array(
            [-1 if p.fixed_to is None else area_no[p.fixed_to] for p in problem.people], dtype=np.int64
        )
        now = np.array(
            [-1 if p.now_in is None else area_no[p.now_in] for p in problem.people], dtype=np.int64
        )
        cost = np.linalg.norm(homes[:, None, :] - places[area_of][None, :, :], axis=2) / 1000
        # Who stays is not changed; standing by would be a change for whoever serves today.
        cost = cost - problem.change_cost * ((now[:, None] >= 0) & (now[:, None] == area_of[None, :]))
        for number, need in enumerate(problem.needs):
            if need.skills:
                lacking = [not set(need.skills) <= set(person.skills) for person in problem.people]
                cost[np.array(lacking, dtype=bool), number] = np.inf
        cost[(fixed[:, None] >= 0) & (fixed[:, None] != area_of[None, :])] = np.inf
        return cls(
            cost,
            area_of,
            np.array([agency_no[person.agency] for person in problem.people], dtype=np.int64),
            np.array([person.woman for person in problem.people], dtype=bool),
            fixed,
            now,
            np.array([need.number for need in problem.needs], dtype=np.int64),
            np.array([need.women for need in problem.needs], dtype=np.int64),
            np.array([need.weight for need in problem.needs], dtype=float),
            agencies,
            len(problem.areas),
            tuple(
                (agency_no[quota.agency], area_of == area_no[quota.area])
                if quota.area is not None
                else (agency_no[quota.agency], np.ones(len(area_of), dtype=bool))
                for quota in problem.quotas
            ),
        )

    @property
    def base(self) -> int:
        """How many serve today: leaving them all standing by would be so many changes."""
        return int((self.now >= 0).sum())

    def together(self) -> NDArray[np.float64]:
        """Agencies × areas: at most so many of an agency's people have a place in the area. At least 1."""
        places = np.zeros(self.areas, dtype=np.int64)
        np.add.at(places, self.area_of, self.number)
        people = np.bincount(self.agency_of, minlength=len(self.agencies))
        return np.maximum(np.minimum(people[:, None], places[None, :]), 1).astype(float)
