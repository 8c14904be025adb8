"""A sighting of somebody as the rules of matching see it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seen:
    """What one source told of one person; everything but ``key`` may be missing.

    ``key`` is the caller's own (an id of a sighting or a resident). ``id_number`` and ``phone`` are given as they were
    said, masked or wrong ones too, where the caller may open them; a digest is given only of a number that was read for
    sure, so two different digests are two different numbers. ``sex`` is ``m``, ``f`` or empty; ``community`` the
    12-digit code, 0 where it is not known; ``household_id`` and ``resident_id`` those of the roster, where the source
    told which.
    """

    key: int
    name: str
    id_number: str | None = None
    id_digest: bytes | None = None
    id_tail: str = ""
    phone: str | None = None
    phone_digest: bytes | None = None
    phone_tail: str = ""
    sex: str = ""
    born_on: date | None = None
    origin: str = ""
    address: str = ""
    compound: str = ""
    household_id: int | None = None
    resident_id: int | None = None
    arrived_on: date | None = None
    source: str = ""
    community: int = 0
