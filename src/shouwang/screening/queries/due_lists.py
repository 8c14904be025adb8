"""Who is due in a round, remembered between requests: for whoever asks for one household after another.

A due list is one row of long arrays. Unpacking 20,000 people takes longer than everything else that a self-report
costs, so each process keeps what it has read as long as the row is the same version.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shouwang.access.prepared import Asked, rows

_MOST = 3_000_000
"""People remembered by one process, 16 bytes each: two cities."""
_VERSIONS = """
select round_id, xmin::text || ctid::text from screening_duelist where round_id = any(%b::bigint[])
"""
_READ = """
select round_id, xmin::text || ctid::text, households, residents, twice, unowned, evening_at
from screening_duelist where round_id = any(%b::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A due list by household. ``twice`` and ``unowned`` as in ``models.DueList``."""

    version: str
    households: NDArray[np.int64]
    residents: NDArray[np.int64]
    twice: frozenset[int]
    unowned: frozenset[int]
    evening_at: dt.datetime | None

    def of(self, household: int) -> list[int]:
        """The people due of a household."""
        first = np.searchsorted(self.households, household, side="left")
        last = np.searchsorted(self.households, household, side="right")
        found: list[int] = self.residents[first:last].tolist()
        return found


_known: OrderedDict[int, Due] = OrderedDict()
_lock = threading.Lock()


def asking_versions(rounds: Collection[int]) -> Asked:
    """The statement that says which version the due lists of locked rounds have."""
    return _VERSIONS, [list(rounds)]


def due_lists(versions: Collection[tuple[int, str]]) -> dict[int, Due]:
    """The due lists by round, of the versions that :func:`asking_versions` was told."""
    found: dict[int, Due] = {}
    for round_id, version in versions:
        known = _known.get(round_id)
        if known is not None and known.version == version:
            found[round_id] = known
    if unread := [round_id for round_id, _ in versions if round_id not in found]:
        read = {round_id: _due(row) for round_id, *row in rows(_READ, [unread])}
        found |= read
        with _lock:
            for round_id in read:
                _known.pop(round_id, None)
            _known.update(read)
            while len(_known) > 1 and sum(len(due.residents) for due in _known.values()) > _MOST:
                _known.popitem(last=False)
    return found


def _due(row: list[Any]) -> Due:
    version, households, residents, twice, unowned, evening_at = row
    by_household = np.array(households, dtype=np.int64)
    order = np.argsort(by_household, kind="stable")
    return Due(
        version,
        by_household[order],
        np.array(residents, dtype=np.int64)[order],
        frozenset(twice),
        frozenset(unowned),
        evening_at,
    )
