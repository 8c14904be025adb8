"""Closed lists of supplies."""

from enum import StrEnum


class RequestSource(StrEnum):
    """Which way a need was told."""

    CALL = "call"
    VISIT = "visit"
    DOOR = "door"
    """On the household's own page."""
    PHONE = "phone"
    """Somebody of the household rang the office."""
    PROXY = "proxy"
    """A responder wrote it down for somebody who cannot."""
    CHAT = "chat"


class RequestState(StrEnum):
    """Where a need stands. The last two are its ends."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    DECLINED = "declined"


WAITING = (RequestState.OPEN, RequestState.TAKEN)
