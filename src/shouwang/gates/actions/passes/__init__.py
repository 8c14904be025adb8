"""The life of passes: issued, renewed, revoked, replaced."""

from shouwang.gates.actions.passes.ending import LOST, replace_pass, revoke_pass
from shouwang.gates.actions.passes.renewing import renew_pass, renew_passes
from shouwang.gates.actions.passes.residents import (
    issue_compound_passes,
    issue_household_passes,
    issue_pass,
    issue_passes,
)
from shouwang.gates.actions.passes.serving import issue_responder_pass, issue_visitor_pass
from shouwang.gates.actions.passes.vehicles import issue_supply_pass, issue_vehicle_pass

__all__ = [
    "LOST",
    "issue_compound_passes",
    "issue_household_passes",
    "issue_pass",
    "issue_passes",
    "issue_responder_pass",
    "issue_supply_pass",
    "issue_vehicle_pass",
    "issue_visitor_pass",
    "renew_pass",
    "renew_passes",
    "replace_pass",
    "revoke_pass",
]
