"""Counting wrong guesses, so that trying codes leads nowhere, and nobody who does not guess is held up.

Counted is only what could be somebody's code: a typing mistake fails the check letter and costs nothing. Behind one
address may be a whole neighbourhood, so an address has ``MOST`` wrong ones in ``WITHIN``; only when many addresses
guess at once does an address that has guessed wrong wait at its second. Whoever scans is never asked.

The last four of a holder's number are few: so they are counted by the pass, over a day, wherever they come from.
"""

import datetime as dt
from uuid import UUID

from shouwang.access import clock
from shouwang.access.prepared import rows
from shouwang.access.sealed import digest

WITHIN = dt.timedelta(minutes=10)
MOST = 20
MOST_OF_ALL = 60
"""Wrong codes of all addresses together in ``WITHIN``. At that rate, day and night, one of 7,000 households of a
community is hit once in thirty years: 30^8 codes / 7,000 / 3 million a year."""
MOST_TAILS, TAILS_WITHIN = 5, dt.timedelta(days=1)
"""Wrong last fours of one pass. At that rate somebody with the household's link needs years for 10,000 of them."""
_EVERYBODY = b""
_COUNTED = """
select address, wrong from door_doorguess where address = any(%b::bytea[]) and since > %b::timestamptz
"""
_COUNT = """
insert into door_doorguess (address, since, wrong) select unnest(%b::bytea[]), %b::timestamptz, 1
on conflict (address) do update set
  wrong = case when door_doorguess.since > %b::timestamptz then door_doorguess.wrong + 1 else 1 end,
  since = case when door_doorguess.since > %b::timestamptz then door_doorguess.since else excluded.since end
"""
_FORGET = "delete from door_doorguess where since <= %b::timestamptz and address <> ''"


def may_guess(address: str) -> bool:
    """Whether a code from this address is looked at now."""
    mine = _key(address)
    counted = _counted([mine, _EVERYBODY], WITHIN)
    most = 1 if counted.get(_EVERYBODY, 0) >= MOST_OF_ALL else MOST
    return counted.get(mine, 0) < most


def count_wrong(address: str) -> None:
    """A code from this address was wrong. What is past its time is forgotten."""
    _count([_key(address), _EVERYBODY], WITHIN)


def may_guess_tail(pass_id: UUID) -> bool:
    """Whether the last four of this pass's holder are looked at now."""
    key = _tail_key(pass_id)
    return _counted([key], TAILS_WITHIN).get(key, 0) < MOST_TAILS


def count_wrong_tail(pass_id: UUID) -> None:
    """They were wrong."""
    _count([_tail_key(pass_id)], TAILS_WITHIN)


def _counted(keys: list[bytes], within: dt.timedelta) -> dict[bytes, int]:
    return {bytes(key): wrong for key, wrong in rows(_COUNTED, [keys, clock.now() - within])}


def _count(keys: list[bytes], within: dt.timedelta) -> None:
    now = clock.now()
    rows(_COUNT, [sorted(keys), now, now - within, now - within])
    rows(_FORGET, [now - max(WITHIN, TAILS_WITHIN)])


def _tail_key(pass_id: UUID) -> bytes:
    return digest(f"door tail\0{pass_id}")[:16]


def _key(address: str) -> bytes:
    return digest(f"door address\0{address}")[:16]
