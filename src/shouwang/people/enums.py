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
    VISIT = "visit"
    DECLARED = "declared"
    LIST = "list"


class Risk(StrEnum):
    """How closely a returnee is watched, as the profile says by where she came from."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    UNKNOWN = "unknown"


class ReturneeState(StrEnum):
    HERE = "here"
    LEFT = "left"
    """Here no longer; where to is in the remarks."""
    MISTAKEN = "mistaken"
    """Somebody named her, and it was not so."""


class Joining(StrEnum):
    """Whether two sightings are one person."""

    JOIN = "join"
    ASK = "ask"
    APART = "apart"


class WatchReason(StrEnum):
    RETURNEE = "returnee"
    QUARANTINE = "quarantine"
    FEVER = "fever"


class LineState(StrEnum):
    """Where a line of a list from above stands."""

    LOOKING = "looking"
    FOUND = "found"
    NOT_HERE = "not_here"


class LineHow(StrEnum):
    """How a line of a list from above was settled: by the rules, from what is known, or by somebody."""

    ROSTER = "roster"
    """She is on the roster."""
    REGISTER = "register"
    """A gate, a call, a visit or she herself told of her too."""
    HAND = "hand"


class ProposalKind(StrEnum):
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    AWAY = "away"
    BACK = "back"
    CORRECT = "correct"


class ProposalSource(StrEnum):
    CALL = "call"
    VISIT = "visit"
    DOOR = "door"
    GATE = "gate"


class ProposalState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
