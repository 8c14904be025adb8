"""Passes, and what happens at the gates."""

from shouwang.gates.models.amended import Amendment, Uncounted
from shouwang.gates.models.checks import Check, EmergencyCall, GateDay, Visit
from shouwang.gates.models.passes import Hold, Pass, Revocation

__all__ = [
    "Amendment",
    "Check",
    "EmergencyCall",
    "GateDay",
    "Hold",
    "Pass",
    "Revocation",
    "Uncounted",
    "Visit",
]
