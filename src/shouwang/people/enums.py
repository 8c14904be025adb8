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
