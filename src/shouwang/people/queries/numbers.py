"""ID number and phone of somebody as they were said, and as they are kept."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.sealed import digest
from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import read_id
from shouwang.kernel.phones import read_phone
from shouwang.kernel.text import fold

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the fields of the same names of a register keep. Without a digest the number could not be read for sure."""

    id_number: str | None = None
    id_digest: bytes | None = None
    id_tail: str = ""
    phone: str | None = None
    phone_digest: bytes | None = None
    phone_mask: str = ""


def checked_numbers(id_number: str, phone: str, *, today: dt.date) -> Numbers:
    """Both read strictly; either may be empty. Raises ``Refused`` saying what is wrong with which."""
    return _numbers(id_number, phone, today, strict=True)


def told_numbers(id_number: str, phone: str, *, today: dt.date) -> Numbers:
    """For what has happened and cannot be asked again: what cannot be read is kept as it was said, and is never joined
    with anybody."""
    return _numbers(id_number, phone, today, strict=False)


def _numbers(id_number: str, phone: str, today: dt.date, *, strict: bool) -> Numbers:
    said_id, said_phone = fold(id_number)[:_LONGEST], fold(phone)[:_LONGEST]
    kept_id: tuple[str | None, bytes | None, str] = (None, None, "")
    kept_phone: tuple[str | None, bytes | None, str] = (None, None, "")
    if said_id:
        try:
            identity = read_id(said_id, today=today)
            kept_id = identity.number, digest(identity.key), identity.number[-4:]
        except Refused:
            if strict:
                raise
            kept_id = said_id, None, said_id[-4:] if len(said_id) > 8 else ""
    if said_phone:
        try:
            read = read_phone(said_phone)
            kept_phone = read.number, digest(read.number), read.masked[:20]
        except Refused:
            if strict:
                raise
            kept_phone = said_phone, None, "****"
    return Numbers(*kept_id, *kept_phone)
