"""Deployment: who serves where. ``solve`` proposes, ``check.faults`` looks at it independently."""

from shouwang.planning.deployment.problem import Area, Need, Person, Problem, Quota, Solution
from shouwang.planning.deployment.reasons import Change, Reason, Why, moved, replanned, why_short
from shouwang.planning.deployment.solve import solve

__all__ = [
    "Area", "Change", "Need", "Person", "Problem", "Quota", "Reason", "Solution", "Why", "moved", "replanned", "solve",
    "why_short",
]  # fmt: skip
