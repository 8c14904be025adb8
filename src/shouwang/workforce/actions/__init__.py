"""The only ways to write caseloads. Each is one transaction, and each may come twice."""

from shouwang.workforce.actions.dividing import (
    accept_division,
    adjust_division,
    discard_division,
    propose_division,
    take_over,
)
from shouwang.workforce.actions.keeping import close_caseload, make_caseload, rename, set_caller, set_callers
from shouwang.workforce.actions.moving import fix, follow_merge, follow_roster, follow_split, move_households

__all__ = [
    "accept_division",
    "adjust_division",
    "close_caseload",
    "discard_division",
    "fix",
    "follow_merge",
    "follow_roster",
    "follow_split",
    "make_caseload",
    "move_households",
    "propose_division",
    "rename",
    "set_caller",
    "set_callers",
    "take_over",
]
