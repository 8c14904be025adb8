"""Noting that a link is in use, now and then: the office sees which cards are in hand."""

import datetime as dt

from shouwang.access import clock
from shouwang.access.prepared import rows
from shouwang.door.queries.links import Here

ONCE_IN = dt.timedelta(hours=1)
"""Pages are opened far more often than this is worth writing."""
_NOTE = """
update door_doorlink set uses = uses + 1, used_at = %b::timestamptz where id = %b and community = %b
"""


def note_use(here: Here) -> None:
    """Once an hour at most."""
    now = clock.now()
    if here.used_at is None or now - here.used_at >= ONCE_IN:
        rows(_NOTE, [now, here.link, here.community])
