"""An independent look at a run: recounts everything from the problem, shares no code with the solver."""

import itertools
import math
from collections import defaultdict

from shouwang.planning.purchase.problem import Problem, Solution

CLOSE = 1e-6


def faults(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with ``solution``, in words; empty if nothing is."""
    found: list[str] = []
    outlets = {outlet.id: outlet for outlet in problem.outlets}
    offers = {(offer.outlet, offer.product): offer for offer in problem.offers}
    if len(set(solution.route)) != len(solution.route):
        found.append("an outlet is visited twice")
    found.extend(f"there is no outlet {stop}" for stop in solution.route if stop not in outlets)
    found.extend(
        f"{outlet.id} is pinned but not visited"
        for outlet in problem.outlets
        if outlet.pinned and outlet.id not in solution.route
    )
    bought: dict[str, float] = defaultdict(float)
    taken: dict[tuple[str, str], float] = defaultdict(float)
    price = 0.0
    for purchase in solution.purchases:
        offer = offers.get((purchase.outlet, purchase.product))
        if offer is None or purchase.outlet not in solution.route or purchase.quantity <= 0:
            found.append(f"{purchase.quantity:g} of {purchase.product} cannot be bought at {purchase.outlet}")
            continue
        taken[purchase.outlet, purchase.product] += purchase.quantity
        bought[purchase.product] += purchase.quantity
        price += purchase.quantity * offer.price
        if offer.stock is not None and taken[purchase.outlet, purchase.product] > offer.stock + CLOSE:
            found.append(f"{purchase.outlet} has only {offer.stock:g} of {purchase.product}")
    for product in {*problem.demand, *bought}:
        wanted = problem.demand.get(product, 0.0)
        had = sum(wanted if o.stock is None else o.stock for o in problem.offers if o.product == product)
        short = solution.short.get(product, 0.0)
        if abs(bought[product] + short - wanted) > CLOSE:
            found.append(f"{bought[product]:g} of {product} bought, {short:g} short, {wanted:g} wanted")
        if short > max(wanted - had, 0.0) + CLOSE:
            found.append(f"{product} is said to be short though it can be had")
    stops = [
        problem.depot,
        *((outlets[s].x, outlets[s].y) for s in solution.route if s in outlets),
        problem.depot,
    ]
    legs = [math.dist(a, b) for a, b in itertools.pairwise(stops)]
    travel = problem.distance_cost * sum(int(leg) if problem.whole else leg for leg in legs)
    told = {"travel": solution.travel, "price": solution.price, "objective": solution.objective}
    for name, is_so in {"travel": travel, "price": price, "objective": travel + price}.items():
        if abs(told[name] - is_so) > CLOSE * max(1.0, abs(is_so)):
            found.append(f"the {name} is {is_so:g}, not {told[name]:g}")
    return found
