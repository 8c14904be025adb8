"""The doors of a community in the order in which one walks past them, remembered between requests.

Seven thousand doors take longer to read and sort than everything else a board needs, and they hardly ever change: each
process keeps what it has read as long as the register is the same version.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db import connection

from shouwang.kernel.scope import Scope
from shouwang.people.queries.roster import Door, doors
from shouwang.places.queries import compounds

_MOST = 200_000
"""Doors remembered by one process, some hundred bytes each."""
# Where each row lies: any change puts a new version of it elsewhere.
_SEEN = """
select count(*), max(id), max(xmin::text::bigint), sum(hashtext(ctid::text)) from people_household where community = %s
"""
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class _Walk:
    version: tuple[Any, ...]
    doors: Mapping[int, Door]


_known: OrderedDict[int, _Walk] = OrderedDict()
_lock = threading.Lock()


def doors_in_order(scope: Scope, community: int) -> Mapping[int, Door]:
    """The doors by household, also of households no longer in use, in walking order.

    What is seen of the register, behind the wall like everything, is its version: who may not see it finds nothing.
    """
    version = _version(scope, community)
    known = _known.get(community)
    if known is None or known.version != version:
        walk = sorted(doors(scope, community=community), key=_place)
        known = _Walk(version, MappingProxyType({door.household_id: door for door in walk}))
    with _lock:
        _known[community] = known
        _known.move_to_end(community)
        while len(_known) > 1 and sum(len(walk.doors) for walk in _known.values()) > _MOST:
            _known.popitem(last=False)
    return known.doors


def _version(scope: Scope, community: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [community])
        seen = cursor.fetchone()
    return (*seen, *((one.pk, one.name, one.order) for one in compounds(scope, community, all_of_them=True)))


def _place(door: Door) -> tuple[object, ...]:
    return (
        door.compound_order, door.compound, _natural(door.building), _natural(door.unit),
        _natural(door.room or door.address), door.number, door.household_id,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """``9`` before ``10``, ``A2`` before ``A10``."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text) if part)
