"""Rosters: who keeps which post when. ``solve`` proposes, ``check.faults`` recounts."""

from shouwang.planning.roster.problem import Cap, Cover, Person, Problem, Shift, Solution, Wish
from shouwang.planning.roster.solve import solve

__all__ = ["Cap", "Cover", "Person", "Problem", "Shift", "Solution", "Wish", "solve"]
