"""Solving by PyVRP (Wouda, Lan, Kool 2024), which counts in whole numbers: metres are made tenths of millimetres, and
sizes thousandths, unless the problem is in whole numbers already."""

import math
import time
from itertools import pairwise

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, VehicleType
from pyvrp import solve as run
from pyvrp.stop import MaxRuntime

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.planning.delivery.problem import Carrier, Problem, Solution

FINE = 10_000
PARTS = 1000


def solve(problem: Problem, *, seconds: float, seed: int) -> Solution:
    """The shortest trips found in ``seconds``. Raises ``Refused`` where the carriers cannot take everything."""
    began = time.monotonic()
    _refuse_impossible(problem)
    routes: dict[str, tuple[str, ...]] = {carrier.id: () for carrier in problem.carriers}
    if problem.doors:
        alike = _alike(problem)
        result = run(_data(problem, alike), MaxRuntime(seconds), seed=seed, display=False)
        if not result.is_feasible():
            raise Refused(
                "delivery_no_trips",
                gettext_noop(
                    "No trips were found in which everything fits. Add a carrier, or let each carry more."
                ),
            )
        for route in result.best.routes():
            carrier = alike[route.vehicle_type()].pop(0)
            routes[carrier.id] = tuple(problem.doors[stop.idx].id for stop in route if stop.is_client())
    return Solution(routes, _length(problem, routes), seed, time.monotonic() - began)


def _alike(problem: Problem) -> list[list[Carrier]]:
    """Carriers of one capacity together: to the search they are interchangeable."""
    found: dict[float, list[Carrier]] = {}
    for carrier in problem.carriers:
        found.setdefault(carrier.capacity, []).append(carrier)
    return list(found.values())


def _refuse_impossible(problem: Problem) -> None:
    size, room = sum(door.size for door in problem.doors), sum(c.capacity for c in problem.carriers)
    largest = max(carrier.capacity for carrier in problem.carriers)
    if size > room:
        raise Refused(
            "delivery_too_much",
            gettext_noop(
                "There are %(size)s to carry, and room for %(room)s. Add a carrier, or let each carry more."
            ),
            size=f"{size:g}",
            room=f"{room:g}",
        )
    for door in problem.doors:
        if door.size > largest:
            raise Refused(
                "delivery_door_too_much",
                gettext_noop("What goes to %(door)s is more than anybody can carry. Split it."),
                door=door.id,
            )


def _data(problem: Problem, alike: list[list[Carrier]]) -> ProblemData:
    x = np.array([problem.depot[0], *(door.x for door in problem.doors)])
    y = np.array([problem.depot[1], *(door.y for door in problem.doors)])
    far = np.hypot(x[:, None] - x, y[:, None] - y)
    far = np.floor((far if problem.whole else far * FINE) + 0.5).astype(np.int64)
    return ProblemData(
        locations=[Location(float(a), float(b)) for a, b in zip(x, y, strict=True)],
        # What is a little too large never fits, what is a little too small always does.
        clients=[
            Client(place, delivery=[math.ceil(door.size * PARTS - 1e-6)])
            for place, door in enumerate(problem.doors, 1)
        ],
        depots=[Depot(0)],
        vehicle_types=[
            VehicleType(len(carriers), capacity=[math.floor(carriers[0].capacity * PARTS + 1e-6)])
            for carriers in alike
        ],
        distance_matrices=[far],
        duration_matrices=[np.zeros_like(far)],
    )


def _length(problem: Problem, routes: dict[str, tuple[str, ...]]) -> float:
    place = {door.id: (door.x, door.y) for door in problem.doors}
    legs = [
        math.dist(a, b)
        for route in routes.values()
        for a, b in pairwise([problem.depot, *(place[door] for door in route), problem.depot])
    ]
    return float(sum(math.floor(leg + 0.5) if problem.whole else leg for leg in legs))
