"""Closed lists of the gate."""

from enum import StrEnum


class PassKind(StrEnum):
    """Whom a pass lets through. This form issues residents' passes; the signed pass knows them all."""

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
