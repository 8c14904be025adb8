"""The ways to write at the gate."""

from shouwang.gates.actions.checks import record_check, record_checks, record_emergency
from shouwang.gates.actions.intake import CheckMade
from shouwang.gates.actions.passes import (
    issue_household_passes,
    issue_pass,
    issue_passes,
    replace_pass,
    revoke_pass,
)

__all__ = [
    "CheckMade",
    "issue_household_passes",
    "issue_pass",
    "issue_passes",
    "record_check",
    "record_checks",
    "record_emergency",
    "replace_pass",
    "revoke_pass",
]
