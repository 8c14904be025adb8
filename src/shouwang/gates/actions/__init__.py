"""The ways to write at the gate."""

from shouwang.gates.actions.checks import record_check, record_checks, record_emergency
from shouwang.gates.actions.correcting import correct_check
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
    renew_pass,
    renew_passes,
    replace_pass,
    revoke_pass,
)
from shouwang.gates.actions.revocation import note_revoked
from shouwang.gates.actions.sent_checks import take_checks, take_checks_together
from shouwang.gates.actions.signing import sign_pass, sign_passes
from shouwang.gates.actions.visits import register_visit, reveal_visit, take_visits
from shouwang.gates.actions.visits_sheet import export_visits

__all__ = [
    "CheckMade",
    "correct_check",
    "end_hold",
    "export_visits",
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
    "register_visit",
    "renew_pass",
    "renew_passes",
    "replace_pass",
    "reveal_visit",
    "revoke_pass",
    "set_hold",
    "sign_pass",
    "sign_passes",
    "take_checks",
    "take_checks_together",
    "take_emergency",
    "take_visits",
    "tell_office",
]
