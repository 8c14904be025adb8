"""Closed lists of people."""

from enum import StrEnum


class Presence(StrEnum):
    """Whether somebody on the roster is here to be reached."""

    PRESENT = "present"
    AWAY = "away"
    MOVED = "moved"
    DIED = "died"


class ImportState(StrEnum):
    PREVIEW = "preview"
    LOADED = "loaded"
    DISCARDED = "discarded"


class ReturneeSource(StrEnum):
    """Where somebody who came from elsewhere was seen or named."""

    GATE = "gate"
    CALL = "call"
    DECLARED = "declared"
    LIST = "list"
