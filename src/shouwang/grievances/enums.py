"""Closed lists of grievances."""

from enum import StrEnum


class MatterKind(StrEnum):
    TROUBLE = "trouble"
    """A quarrel, or anything else that a mediator should look at."""
    COMPLAINT = "complaint"
    TIP = "tip"
    HELP_REFUSED = "help_refused"
    """Somebody asked for help and was turned away."""


class MatterSource(StrEnum):
    """Which way it was told."""

    CALL = "call"
    VISIT = "visit"
    DOOR = "door"
    """On the household's own page."""
    PHONE = "phone"
    """Somebody rang the office or the hotline."""


class MatterState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    SETTLED = "settled"


WAITING = (MatterState.OPEN, MatterState.TAKEN)
