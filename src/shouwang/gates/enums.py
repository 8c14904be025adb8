"""Closed lists of the gate."""

from enum import StrEnum


class PassKind(StrEnum):
    """Whom, or what, a pass lets through."""

    RESIDENT = "resident"
    VEHICLE = "vehicle"
    VISITOR = "visitor"
    RESPONDER = "responder"
    SUPPLY = "supply"
    EMERGENCY = "emergency"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Verdict(StrEnum):
    """Green: pass. Amber: pass after what the reason asks for. Red: call the office."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class PassState(StrEnum):
    VALID = "valid"
    EARLY = "early"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Reason(StrEnum):
    """Why a check was answered as it was. ``rules.advice`` has the words and the next step of each."""

    OK = "ok"
    EMERGENCY = "emergency"
    EMERGENCY_PASS = "emergency_pass"
    EMERGENCY_FEVER = "emergency_fever"
    FEVER = "fever"
    QUARANTINE = "quarantine"
    QUARANTINE_HOME = "quarantine_home"
    ENTRANCE_SEALED = "entrance_sealed"
    EMERGENCY_EXIT = "emergency_exit"
    NOT_A_PASS = "not_a_pass"
    DAMAGED = "damaged"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    STRANGER = "stranger"
    VISITOR = "visitor"
    OTHER_PLACE = "other_place"
    NO_PASS = "no_pass"
    PASS_REVOKED = "pass_revoked"
    PASS_EARLY = "pass_early"
    PASS_EXPIRED = "pass_expired"
    LEAVING = "leaving"
    OUTINGS_CLOSED = "outings_closed"
    OUTSIDE_HOURS = "outside_hours"
    HOUSEHOLD_WAS_OUT = "household_was_out"
    TEMPERATURE_MISSING = "temperature_missing"
    MASK_UNSEEN = "mask_unseen"
    MASK_MISSING = "mask_missing"
    OCCUPANTS = "occupants"
    HOME_WITHOUT_PASS = "home_without_pass"
    HOME_PASS_UNREAD = "home_pass_unread"
    HOME_PASS_REVOKED = "home_pass_revoked"
    HOME_PASS_EXPIRED = "home_pass_expired"
