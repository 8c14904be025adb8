"""Caseloads: which households one responder reaches. ``solve`` proposes, ``check.faults`` looks at it independently."""

from shouwang.planning.caseload.problem import Caller, Household, Problem, Solution
from shouwang.planning.caseload.solve import solve

__all__ = ["Caller", "Household", "Problem", "Solution", "solve"]
