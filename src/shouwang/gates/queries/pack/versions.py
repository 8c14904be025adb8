"""What version a part has, and whether what a phone has is still the beginning of it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel.areas import ancestors_of
from shouwang.kernel.scope import Scope
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere


def whole(data: Any, have: str) -> Part | None:
    """A small part, of one statement or two, whose version is a digest of itself; ``None`` if the phone has it."""
    written = json.dumps(data, sort_keys=True, ensure_ascii=False).encode()
    version = hashlib.sha256(written).hexdigest()[:16]
    return None if version == have else Part(version, data)


@contextmanager
def reaching_up(scope: Scope, device: DeviceHere) -> Iterator[list[int]]:
    """The device's community and all areas above it, whose rows are seen meanwhile.

    A pass for the whole city is good at this gate too, and the wall would hide it. Of its holder nothing leaves but
    what stands on the pass.
    """
    scope.require(Permission.RECORD_CHECK, device.community)
    with acting(Scope.system(reason="what is good at a gate comes from the areas above it")):
        yield [device.community, *ancestors_of(device.community)]


@dataclass(frozen=True, slots=True)
class Counter:
    """How far a list of passes that only grows has come: its highest number, how many rows it has, and ``newest``,
    the beginning of the random id of the pass with that number: a server put back to an older copy of itself gives
    numbers again, but to other passes."""

    highest: int
    rows: int
    newest: str

    def __str__(self) -> str:
        return f"{self.highest}.{self.rows}.{self.newest}"

    @classmethod
    def read(cls, version: str) -> "Counter | None":
        highest, rows, newest = (*version.split("."), "", "")[:3]
        return cls(int(highest), int(rows), newest) if highest.isdecimal() and rows.isdecimal() else None


def progress(
    table: str, number: str, place: str, areas: Sequence[int], have: str
) -> tuple[Counter, Counter | None]:
    """How far ``table`` has come in ``areas``, and the phone's counter if it has exactly the rows up to its number.

    Numbers are drawn before they are committed, so a lower one may appear after a higher one was sent: then the counts
    differ and the phone gets the whole list again. So it does when the server was put back to an older copy, even if as
    many passes have been given the same numbers since.
    """
    had = Counter.read(have)
    with connection.cursor() as cursor:
        cursor.execute(
            _PROGRESS.format(table=table, number=number, place=place),
            {"had": had.highest if had else -1, "areas": list(areas)},
        )
        highest, rows, newest, before, then = cursor.fetchone()
    kept = had is not None and (had.rows, had.newest) == (before, then)
    return Counter(highest, rows, newest), had if kept else None


_PROGRESS = """
with reached as (
  select coalesce(max({number}), 0) as highest, count(*) as rows, count(*) filter (where {number} <= %(had)s) as before
  from {table} where {place} = any(%(areas)s)
)
select highest, rows,
  coalesce((select min(left(pass_id::text, 8)) from {table} where {place} = any(%(areas)s) and {number} = highest), ''),
  before,
  coalesce((select min(left(pass_id::text, 8)) from {table} where {place} = any(%(areas)s) and {number} = %(had)s), '')
from reached
"""
