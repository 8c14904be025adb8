"""Delivery: who carries what to which doors. ``solve`` proposes, ``check.faults`` recounts."""

from shouwang.planning.delivery.problem import Carrier, Door, Problem, Solution
from shouwang.planning.delivery.solve import solve

__all__ = ["Carrier", "Door", "Problem", "Solution", "solve"]
