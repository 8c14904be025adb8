"""Closed lists of intake."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one record that a device sent. All four mean: the server has it, the device may let go of it."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"


class Settling(StrEnum):
    """What the office decided about a record in quarantine."""

    TAKEN_IN = "taken_in"
    DISMISSED = "dismissed"
