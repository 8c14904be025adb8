"""A purchase run: which outlets, in which order, what to buy where. ``solve`` proposes, ``check.faults`` recounts."""

from shouwang.planning.purchase.problem import Offer, Outlet, Problem, Purchase, Solution
from shouwang.planning.purchase.solve import solve

__all__ = ["Offer", "Outlet", "Problem", "Purchase", "Solution", "solve"]
