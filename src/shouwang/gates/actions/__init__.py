"""The ways to write at the gate."""

from shouwang.gates.actions.checks import record_check, record_checks, record_emergency
from shouwang.gates.actions.emergencies import take_emergency, tell_office
from shouwang.gates.actions.holds import end_hold, set_hold
from shouwang.gates.actions.intake import CheckMade
from shouwang.gates.actions.passes import (
    issue_compound_passes,
    issue_household_passes,
    issue_pass,
    issue_passes,
    issue_responder_pass,
    issue_supply_pass,
    issue_vehicle_pass,
    issue_visitor_pass,
    replace_pass,
    revoke_pass,
)
from shouwang.gates.actions.revocation import note_revoked

__all__ = [
    "CheckMade",
    "end_hold",
    "issue_compound_passes",
    "issue_household_passes",
    "issue_pass",
    "issue_passes",
    "issue_responder_pass",
    "issue_supply_pass",
    "issue_vehicle_pass",
    "issue_visitor_pass",
    "note_revoked",
    "record_check",
    "record_checks",
    "record_emergency",
    "replace_pass",
    "revoke_pass",
    "set_hold",
    "take_emergency",
    "tell_office",
]
