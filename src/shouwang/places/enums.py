"""Closed lists of places."""

from enum import StrEnum


class CompoundKind(StrEnum):
    """What lies between a community and its doors."""

    COMPOUND = "compound"
    GROUP = "group"


class EntranceStatus(StrEnum):
    """A way in is open (kept: a gate), sealed, or an emergency exit."""

    OPEN = "open"
    SEALED = "sealed"
    EMERGENCY = "emergency"


class AreaKind(StrEnum):
    """Urban community, village, or neither told."""

    URBAN = "urban"
    RURAL = "rural"
    UNKNOWN = "unknown"
