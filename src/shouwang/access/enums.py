"""Permissions and roles: closed lists, in code, so that who may do what can be read in one place."""

from enum import StrEnum


class Permission(StrEnum):
    """What one may do. Where one may do it is the range of the grant."""

    READ_TODAY = "read_today"
    READ_REPORT = "read_report"
    EXPORT_REPORT = "export_report"
    EDIT_PLACES = "edit_places"
    IMPORT_DIVISIONS = "import_divisions"
    READ_PEOPLE = "read_people"
    EDIT_PEOPLE = "edit_people"
    IMPORT_ROSTER = "import_roster"
    REVEAL_SEALED = "reveal_sealed"
    REGISTER_RETURNEE = "register_returnee"
    READ_ROUND = "read_round"
    OPEN_ROUND = "open_round"
    RECORD_ATTEMPT = "record_attempt"
    MANAGE_CASELOADS = "manage_caseloads"
    READ_FEVERS = "read_fevers"
    TAKE_FEVER = "take_fever"
    READ_REQUESTS = "read_requests"
    HANDLE_REQUEST = "handle_request"
    HANDLE_MATTER = "handle_matter"
    ISSUE_PASS = "issue_pass"
    RECORD_CHECK = "record_check"
    READ_CHECKS = "read_checks"
    MANAGE_DEVICES = "manage_devices"
    SET_HOLD = "set_hold"
    TAKE_EMERGENCY = "take_emergency"
    READ_WORKFORCE = "read_workforce"
    CALL_UP = "call_up"
    DEPLOY = "deploy"
    ASK_REINFORCEMENT = "ask_reinforcement"
    MANAGE_ROSTER = "manage_roster"
    MANAGE_USERS = "manage_users"
    READ_AUDIT = "read_audit"


class Role(StrEnum):
    """What a person is in the response."""

    HEADQUARTERS = "headquarters"
    TOWN = "town"
    OFFICE = "office"
    GATE_KEEPER = "gate_keeper"
    CALLER = "caller"
    REPORTER = "reporter"
    ADMINISTRATOR = "administrator"


_FIGURES = frozenset({Permission.READ_TODAY, Permission.READ_REPORT, Permission.EXPORT_REPORT})
_TOWN = _FIGURES | {
    Permission.EDIT_PLACES,
    Permission.READ_PEOPLE,
    Permission.REVEAL_SEALED,
    Permission.REGISTER_RETURNEE,
    Permission.READ_ROUND,
    Permission.READ_FEVERS,
    Permission.TAKE_FEVER,
    Permission.READ_REQUESTS,
    Permission.HANDLE_MATTER,
    Permission.READ_CHECKS,
    Permission.ISSUE_PASS,
    Permission.SET_HOLD,
    Permission.TAKE_EMERGENCY,
    Permission.MANAGE_DEVICES,
    Permission.READ_WORKFORCE,
    Permission.ASK_REINFORCEMENT,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HEADQUARTERS: _TOWN | {Permission.IMPORT_DIVISIONS, Permission.CALL_UP, Permission.DEPLOY},
    Role.TOWN: _TOWN,
    Role.OFFICE: _TOWN
    | {
        Permission.EDIT_PEOPLE,
        Permission.IMPORT_ROSTER,
        Permission.OPEN_ROUND,
        Permission.MANAGE_CASELOADS,
        Permission.MANAGE_ROSTER,
        Permission.RECORD_ATTEMPT,
        Permission.RECORD_CHECK,
        Permission.HANDLE_REQUEST,
    },
    Role.GATE_KEEPER: frozenset(
        {Permission.RECORD_CHECK, Permission.READ_CHECKS, Permission.REGISTER_RETURNEE}
    ),
    Role.CALLER: frozenset(
        {
            Permission.READ_ROUND,
            Permission.RECORD_ATTEMPT,
            Permission.READ_PEOPLE,
            Permission.REVEAL_SEALED,
            Permission.REGISTER_RETURNEE,
            Permission.READ_REQUESTS,
        }
    ),
    Role.REPORTER: _FIGURES | {Permission.READ_ROUND, Permission.READ_FEVERS, Permission.READ_CHECKS},
    Role.ADMINISTRATOR: frozenset(
        {Permission.MANAGE_USERS, Permission.READ_AUDIT, Permission.EDIT_PLACES, Permission.IMPORT_DIVISIONS}
    ),
}
"""An administrator sees no health data; a gate keeper sees no more than the person before her. A caller sees what her
households asked for, and no grievances: one may be about her. Who is complained about does not settle it: what is said
against an office is its town's to answer (``grievances.actions``)."""
