"""Ways in and out. One must always be left for an ambulance."""

from collections.abc import Iterable
from enum import StrEnum

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.places.enums import EntranceStatus


class Left(StrEnum):
    """Which ways remain."""

    GATE = "gate"
    EMERGENCY_ONLY = "emergency_only"
    NONE = "none"


def ways_left(statuses: Iterable[str]) -> Left:
    """What remains of the entrances that lead to the same doors."""
    found = set(statuses)
    if EntranceStatus.OPEN in found:
        return Left.GATE
    return Left.EMERGENCY_ONLY if EntranceStatus.EMERGENCY in found else Left.NONE


def require_way(before: str, after: str, others: Iterable[str]) -> Left:
    """Judge a change of one entrance beside ``others``; answers what remains.

    Sealing the last way in is refused: an ambulance must always find one. Leaving only an emergency exit is allowed,
    and the answer says so, for a warning. *(ours)*
    """
    left = ways_left([*others, after])
    if left is Left.NONE and before != EntranceStatus.SEALED:
        raise Refused(
            "last_way",
            gettext_noop(
                "This is the last way in. An ambulance must always find one: keep this as the emergency exit, "
                "or open another entrance first."
            ),
        )
    return left


def require_reason(reason: str) -> str:
    """A reason, trimmed. Raises `Refused` for an empty one."""
    reason = reason.strip()
    if not reason:
        raise Refused(
            "reason_empty", gettext_noop("Say why, in a few words: those who stand before it will ask.")
        )
    return reason[:200]
