"""Closed lists of the workforce."""

from enum import StrEnum


class DivisionState(StrEnum):
    """Where a proposed division stands."""

    WORKING = "working"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"
    FAILED = "failed"
    """There is no such division; ``refusal`` says what must give."""


class Weight(StrEnum):
    """Why a household asks more of its caller than others do."""

    LARGE = "large"
    OLD_ALONE = "old_alone"
    ILL = "ill"
    RETURNED = "returned"
    QUARANTINED = "quarantined"
