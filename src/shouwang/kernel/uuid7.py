"""UUIDv7 (RFC 9562): the ids of facts, minted where the fact happens. They begin with the time, so they sort by it."""

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_VERSION_AND_VARIANT = (0x7 << 76) | (0b10 << 62)
_TAIL_BITS = 74
# A fresh tail leaves its top bit free: that is the room in which later ids of the same millisecond count up.
_FRESH_BITS = _TAIL_BITS - 1
_MAX_STEP_BITS = 32


def _milliseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a UUIDv7 needs an aware datetime")
    milliseconds = (at - _EPOCH) // _MILLISECOND
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError(f"{at} is outside the years a UUIDv7 can hold")
    return milliseconds


def _assemble(milliseconds: int, tail: int) -> UUID:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | _VERSION_AND_VARIANT | (high << 64) | low)


class Minter:
    """Mints ids that rise strictly, also within one millisecond and when the clock steps back. Thread-safe.

    `bits` gives that many random bits; a demo passes ``random.Random(seed).getrandbits`` to get the same ids
    again.
    """

    def __init__(self, bits: Callable[[int], int] = secrets.randbits) -> None:
        self._bits = bits
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._tail = 0

    def now(self) -> UUID:
        """An id for this moment; never below the last one this minter gave."""
        with self._lock:
            return self._next(max(_milliseconds(datetime.now(UTC)), self._milliseconds))

    def at(self, when: datetime) -> UUID:
        """An id for the given moment, which may lie before the last one's; within a moment ids still rise."""
        with self._lock:
            return self._next(_milliseconds(when))

    def _next(self, milliseconds: int) -> UUID:
        if milliseconds == self._milliseconds:
            self._tail += 1 + self._bits(_MAX_STEP_BITS)
            if self._tail >> _TAIL_BITS:
                milliseconds, self._tail = milliseconds + 1, self._bits(_FRESH_BITS)
        else:
            self._tail = self._bits(_FRESH_BITS)
        self._milliseconds = milliseconds
        return _assemble(milliseconds, self._tail)


# `now` and `at` keep separate states: minting for a past day must not pull the clock of the present back.
_present, _given = Minter(), Minter()


def mint(at: datetime | None = None) -> UUID:
    """A new UUIDv7 for `at` (aware; default: this moment)."""
    return _present.now() if at is None else _given.at(at)


def time_of(value: UUID) -> datetime:
    """The moment an id was minted for, in UTC, to the millisecond. Raises `ValueError` if it is no UUIDv7."""
    if value.version != 7:
        raise ValueError(f"{value} is not a UUIDv7")
    return _EPOCH + (value.int >> 80) * _MILLISECOND


def first_uuid_at(at: datetime) -> UUID:
    """The lowest UUIDv7 of a moment: where a time partition begins (inclusive) and the one before ends."""
    return _assemble(_milliseconds(at), 0)
