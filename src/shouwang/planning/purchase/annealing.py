"""Simulated annealing over the outlets of a run and their order, compiled; what to buy where follows exactly.

For a set of outlets each product is bought from the cheapest offers on, which is optimal, so only outlets and order are
searched. Moves (the neighbourhoods of Riera-Ledesma and Salazar-González 2005): an outlet joins where it lengthens the
run least, leaves, or is exchanged; a piece of the run is turned round; an outlet moves within it.
"""

import math
from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def fill(
    product: int, first: Any, outlet: Any, price: Any, stock: Any, demand: Any, open_: Any, dear: float
) -> Any:
    """What the product costs at the outlets that are ``open_``, and the price of the dearest offer used. What cannot
    be had costs ``dear`` a unit."""
    need, cost, last = demand[product], 0.0, -1.0
    for at in range(first[product], first[product + 1]):
        if open_[outlet[at]] and need > 0:
            part = min(stock[at], need)
            cost += part * price[at]
            need -= part
            last = price[at]
            if need <= 0:
                return cost, last
    return (cost, last) if need <= 0 else (cost + need * dear, dear)


@njit(cache=True)
def _insert(tour: Any, length: int, after: int, stop: int) -> None:
    for at in range(length, after + 1, -1):
        tour[at] = tour[at - 1]
    tour[after + 1] = stop


@njit(cache=True)
def _remove(tour: Any, length: int, at: int) -> None:
    for step in range(at, length - 1):
        tour[step] = tour[step + 1]


@njit(cache=True)
def _reprice(
    stop: int,
    adding: bool,
    own: Any,
    product: Any,
    its_price: Any,
    offers: Any,
    paid: Any,
    dearest: Any,
    note: Any,
) -> float:
    """Price anew the products of ``stop`` that its joining or leaving can touch. ``note`` collects them."""
    first, outlet, price, stock, demand, open_, dear = offers
    changed, touched, new_paid, new_dearest, fresh = note
    delta = 0.0
    for at in range(own[stop], own[stop + 1]):
        k = product[at]
        if fresh[k] or (its_price[at] >= dearest[k] if adding else its_price[at] > dearest[k]):
            continue
        new_paid[changed[0]], new_dearest[changed[0]] = fill(
            k, first, outlet, price, stock, demand, open_, dear
        )
        delta += new_paid[changed[0]] - paid[k]
        touched[changed[0]] = k
        fresh[k] = True
        changed[0] += 1
    return delta


@njit(cache=True)
def anneal(
    far: Any,
    first: Any,
    outlet: Any,
    price: Any,
    stock: Any,
    demand: Any,
    own: Any,
    product: Any,
    its_price: Any,
    pinned: Any,
    start: Any,
    steps: int,
    hot: float,
    cold: float,
    dear: float,
    seed: int,
) -> tuple[float, Any]:
    """``steps`` moves from the tour ``start`` (0, the depot, first), cooling from ``hot`` to ``cold``.

    Offers stand by product in ``first``/``outlet``/``price``/``stock``, cheapest first, and by outlet in
    ``own``/``product``/``its_price``. Answers the least cost and its tour.
    """
    np.random.seed(seed)
    places, products = far.shape[0], demand.size
    tour, length = np.empty(places + 1, np.int64), start.size
    tour[:length] = start
    open_ = np.zeros(places, np.bool_)
    open_[start] = True
    paid, dearest = np.empty(products), np.empty(products)
    offers = (first, outlet, price, stock, demand, open_, dear)
    changed, touched, fresh = (
        np.zeros(1, np.int64),
        np.empty(products, np.int64),
        np.zeros(products, np.bool_),
    )
    new_paid, new_dearest = np.empty(products), np.empty(products)
    note = (changed, touched, new_paid, new_dearest, fresh)
    cost = 0.0
    for k in range(products):
        paid[k], dearest[k] = fill(k, first, outlet, price, stock, demand, open_, dear)
        cost += paid[k]
    for at in range(length):
        cost += far[tour[at], tour[(at + 1) % length]]
    best, best_tour, best_length = cost, tour.copy(), length
    heat, cooling = hot, (cold / hot) ** (1.0 / steps)
    for _ in range(steps):
        heat *= cooling
        move = np.random.random()
        if move >= 0.75:
            if length < 4:
                continue
            a, b = np.random.randint(1, length), np.random.randint(length)
            if move < 0.88:
                a, b = min(a - 1, b), max(a - 1, b)
                if b - a < 2:
                    continue
                end = tour[(b + 1) % length]
                delta = (
                    far[tour[a], tour[b]]
                    + far[tour[a + 1], end]
                    - far[tour[a], tour[a + 1]]
                    - far[tour[b], end]
                )
                if delta <= 0 or np.random.random() < math.exp(-delta / heat):
                    tour[a + 1 : b + 1] = tour[a + 1 : b + 1][::-1].copy()
                    cost += delta
            else:
                if b in (a, a - 1):
                    continue
                stop, before, after = tour[a], tour[a - 1], tour[(a + 1) % length]
                left, right = tour[b], tour[(b + 1) % length]
                delta = far[before, after] - far[before, stop] - far[stop, after]
                delta += far[left, stop] + far[stop, right] - far[left, right]
                if delta <= 0 or np.random.random() < math.exp(-delta / heat):
                    _remove(tour, length, a)
                    _insert(tour, length - 1, b - 1 if b > a else b, stop)
                    cost += delta
        else:
            joins, leaves = move < 0.25 or move >= 0.5, move >= 0.25
            if (leaves and length < 2) or (joins and length == places):
                continue
            stop, gone, at = -1, -1, -1
            delta = 0.0
            if leaves:
                at = np.random.randint(1, length)
                gone = tour[at]
                if pinned[gone]:
                    continue
            if joins:
                stop = np.random.randint(1, places)
                if open_[stop]:
                    continue
            if leaves:
                delta += far[tour[at - 1], tour[(at + 1) % length]]
                delta -= far[tour[at - 1], gone] + far[gone, tour[(at + 1) % length]]
            where = -1
            if joins:
                least = np.inf
                for step in range(length):
                    if step == at:
                        continue
                    left, right = tour[step], tour[(step + 1) % length]
                    if leaves and step == at - 1:
                        right = tour[(at + 1) % length]
                    more = far[left, stop] + far[stop, right] - far[left, right]
                    if more < least:
                        least, where = more, step
                delta += least
            changed[0] = 0
            if leaves:
                open_[gone] = False
            if joins:
                open_[stop] = True
            if leaves:
                delta += _reprice(gone, False, own, product, its_price, offers, paid, dearest, note)
            if joins:
                delta += _reprice(stop, True, own, product, its_price, offers, paid, dearest, note)
            taken = delta <= 0 or np.random.random() < math.exp(-delta / heat)
            for step in range(changed[0]):
                k = touched[step]
                fresh[k] = False
                if taken:
                    paid[k], dearest[k] = new_paid[step], new_dearest[step]
            if taken:
                if leaves:
                    _remove(tour, length, at)
                    length -= 1
                    if where > at:
                        where -= 1
                if joins:
                    _insert(tour, length, where, stop)
                    length += 1
                cost += delta
            else:
                if leaves:
                    open_[gone] = True
                if joins:
                    open_[stop] = False
        if cost < best - 1e-9:
            best, best_length = cost, length
            best_tour[:] = tour
    return best, best_tour[:best_length].copy()
