"""Solving: annealings from a visit to every outlet and from the best run so far, in turns."""

import itertools
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from shouwang.planning.purchase.annealing import anneal
from shouwang.planning.purchase.problem import Offer, Problem, Purchase, Solution

RUNS = 8
WARM_UP = 50_000
ENOUGH = 1e18


@dataclass(frozen=True, slots=True)
class _Columns:
    """The problem in arrays; place 0 is the depot, outlet n is place n + 1, products as in ``products``."""

    far: Any
    by_product: tuple[Any, Any, Any, Any]
    demand: Any
    by_outlet: tuple[Any, Any, Any]
    pinned: Any
    products: list[str]
    dear: float


def solve(problem: Problem, *, seconds: float, seed: int) -> Solution:
    """The cheapest run found in ``seconds``. What all outlets together do not have is ``short``, never an error."""
    began = time.monotonic()
    short = {
        product: missing
        for product, wanted in problem.demand.items()
        if (missing := wanted - _had(problem, product, wanted)) > 0
    }
    columns = _columns(problem, short)
    tour = _search(columns, began + seconds, seed)
    route = tuple(problem.outlets[place - 1].id for place in tour[1:])
    purchases = _buy(problem, set(route))
    route = _without_idle(problem, route, purchases)
    price_of = {(offer.outlet, offer.product): offer.price for offer in problem.offers}
    price = sum(price_of[p.outlet, p.product] * p.quantity for p in purchases)
    place = {outlet.id: number for number, outlet in enumerate(problem.outlets, 1)}
    stops = [0, *(place[stop] for stop in route), 0]
    travel = float(sum(columns.far[a, b] for a, b in itertools.pairwise(stops)))
    return Solution(
        route=route,
        purchases=tuple(purchases),
        short=short,
        objective=travel + price,
        travel=travel,
        price=price,
        bound=_bound(problem, columns),
        seed=seed,
        seconds=time.monotonic() - began,
    )


def _had(problem: Problem, product: str, wanted: float) -> float:
    """How much of ``wanted`` all outlets together have."""
    stocks = [offer.stock for offer in problem.offers if offer.product == product]
    return wanted if None in stocks else min(wanted, sum(stock or 0.0 for stock in stocks))


def _columns(problem: Problem, short: dict[str, float]) -> _Columns:
    products = [product for product, wanted in problem.demand.items() if wanted - short.get(product, 0.0) > 0]
    number = {product: at for at, product in enumerate(products)}
    place = {outlet.id: at for at, outlet in enumerate(problem.outlets, 1)}
    x = np.array([problem.depot[0], *(outlet.x for outlet in problem.outlets)])
    y = np.array([problem.depot[1], *(outlet.y for outlet in problem.outlets)])
    far = np.hypot(x[:, None] - x, y[:, None] - y)
    far = problem.distance_cost * (np.floor(far) if problem.whole else far)
    useful = [offer for offer in problem.offers if offer.product in number]
    by_product = sorted(useful, key=lambda offer: (number[offer.product], offer.price))
    by_outlet = sorted(useful, key=lambda offer: place[offer.outlet])
    prices = [offer.price for offer in useful]
    return _Columns(
        far,
        (
            np.searchsorted([number[o.product] for o in by_product], np.arange(len(products) + 1)),
            np.array([place[o.outlet] for o in by_product], np.int64),
            np.array([o.price for o in by_product], float),
            np.array([ENOUGH if o.stock is None else o.stock for o in by_product], float),
        ),
        np.array([problem.demand[product] - short.get(product, 0.0) for product in products], float),
        (
            np.searchsorted([place[o.outlet] for o in by_outlet], np.arange(len(x) + 1)),
            np.array([number[o.product] for o in by_outlet], np.int64),
            np.array([o.price for o in by_outlet], float),
        ),
        np.array([False, *(outlet.pinned for outlet in problem.outlets)]),
        products,
        # No detour is dearer than what cannot be had.
        float(max(prices, default=0.0) + 4 * far.max()),
    )


def _search(c: _Columns, until: float, seed: int) -> Any:
    everywhere = np.arange(c.far.shape[0])
    random = np.random.default_rng(seed)
    hot = max(float(np.mean(c.far)) * 0.15, 1e-6)
    fixed = (c.far, *c.by_product, c.demand, *c.by_outlet, c.pinned)
    anneal(*fixed, everywhere, 1, hot, hot, c.dear, 0)  # compiled before the time is measured
    best, best_tour, steps = np.inf, everywhere, WARM_UP
    run = 0
    while run == 0 or time.monotonic() < until - 0.02:
        again = run % 2 == 1
        started = time.monotonic()
        cost, tour = anneal(
            *fixed,
            best_tour if again else everywhere,
            steps,
            hot * 0.3 if again else hot,
            hot / 60,
            c.dear,
            int(random.integers(1 << 30)),
        )
        if cost < best:
            best, best_tour = cost, tour
        rate = steps / max(time.monotonic() - started, 1e-4)
        left = until - time.monotonic()
        steps = max(1000, int(rate * left / max(RUNS - run, 1)))
        run += 1
    return best_tour


def _buy(problem: Problem, visited: set[str]) -> list[Purchase]:
    """Each product from the cheapest of the visited outlets on: the best there is for them."""
    offers: dict[str, list[Offer]] = defaultdict(list)
    for offer in problem.offers:
        if offer.outlet in visited:
            offers[offer.product].append(offer)
    found = []
    for product, wanted in problem.demand.items():
        need = wanted
        for offer in sorted(offers[product], key=lambda offer: offer.price):
            part = need if offer.stock is None else min(need, offer.stock)
            if part > 0:
                found.append(Purchase(offer.outlet, product, part))
                need -= part
    return found


def _without_idle(problem: Problem, route: tuple[str, ...], purchases: list[Purchase]) -> tuple[str, ...]:
    """The route without outlets where nothing is bought, unless they are pinned."""
    kept = {purchase.outlet for purchase in purchases} | {o.id for o in problem.outlets if o.pinned}
    return tuple(stop for stop in route if stop in kept)


def _bound(problem: Problem, c: _Columns) -> float:
    """Everything where it is cheapest, and the way there and back to the nearest outlet that has what is hardest to
    reach. Weak, but certain: ways are the shortest, over other places too."""
    prices = sum(
        purchase.quantity * price
        for purchase in _buy(problem, {outlet.id for outlet in problem.outlets})
        for price in [
            min(
                o.price
                for o in problem.offers
                if (o.outlet, o.product) == (purchase.outlet, purchase.product)
            )
        ]
    )
    near = c.far[0].copy()
    for _ in range(c.far.shape[0]):
        shorter = np.minimum(near, np.min(near[:, None] + c.far, axis=0))
        if np.array_equal(shorter, near):
            break
        near = shorter
    first, outlet = c.by_product[0], c.by_product[1]
    reach = [float(near[outlet[first[k] : first[k + 1]]].min()) for k in range(len(c.products))]
    return float(prices + 2 * max(reach, default=0.0))
