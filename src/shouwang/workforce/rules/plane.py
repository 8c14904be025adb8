"""Where a household stands, on a plane made from its address: no community has coordinates of its doors.

Compounds stand in a square, 1,000 m apart, in their order. In a compound the buildings stand in rows of about as many
as there are rows, 60 m apart, numbered to and fro, so that neighbours by number are neighbours on the ground. A
staircase is 15 m from the next, a floor 4 m above the one below, a door 3 m beside the other. Where there are no
buildings the doors stand along a lane of 20, 12 m apart. Only nearness counts, not the map.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

COMPOUNDS, BUILDINGS, UNITS, FLOORS, DOORS, LANE = 1000.0, 60.0, 15.0, 4.0, 3.0, 12.0
LONG_LANE = 20
_PARTS = re.compile(r"(\d+)")


class Standing(NamedTuple):
    """A household with its place. ``compound`` is 0 where none is known, ``order`` the compound's."""

    household: int
    compound: int
    order: int
    building: str
    unit: str
    room: str
    number: str


class Point(NamedTuple):
    """In metres."""

    x: float
    y: float


Natural = tuple[tuple[int, int, str], ...]


def natural(written: str) -> Natural:
    """A key that sorts 2 before 10, and numbers before words."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.split(written) if part
    )


def floor_of(room: str) -> int:
    """The floor of a room's number: 1203 is on the 12th, 3 on none."""
    return int(room) // 100 if room.isdecimal() else 0


def walk(one: Standing) -> tuple[object, ...]:
    """A key that sorts households in the way one walks: staircase by staircase, from the bottom up."""
    return (
        one.order, one.compound, natural(one.building), natural(one.unit), natural(one.room), natural(one.number),
        one.household,
    )  # fmt: skip


def plane(homes: Iterable[Standing]) -> dict[int, Point]:
    """Household → where it stands."""
    found: dict[int, Point] = {}
    compounds = [list(group) for _, group in groupby(sorted(homes, key=walk), key=lambda h: h.compound)]
    side = math.ceil(math.sqrt(len(compounds)))
    for number, group in enumerate(compounds):
        left, top = _to_and_fro(number, side)
        for household, point in _compound(group):
            found[household] = Point(left * COMPOUNDS + point.x, top * COMPOUNDS + point.y)
    return found


def _compound(homes: Sequence[Standing]) -> Iterable[tuple[int, Point]]:
    buildings = [(name, list(group)) for name, group in groupby(homes, key=lambda h: h.building)]
    side = math.ceil(math.sqrt(sum(bool(name) for name, _ in buildings)))
    standing = 0
    for name, group in buildings:
        if not name:
            for place, home in enumerate(group):
                column, row = _to_and_fro(place, LONG_LANE)
                yield home.household, Point(column * LANE, -LANE * (row + 1))
            continue
        column, row = _to_and_fro(standing, side)
        standing += 1
        for stairs, (_, inside) in enumerate(groupby(group, key=lambda h: h.unit)):
            on_floor: dict[int, int] = {}
            for home in inside:
                floor = floor_of(home.room)
                door = on_floor[floor] = on_floor.get(floor, -1) + 1
                yield (
                    home.household,
                    Point(
                        column * BUILDINGS + stairs * UNITS + door * DOORS,
                        row * BUILDINGS * 2 + floor * FLOORS,
                    ),
                )


def _to_and_fro(number: int, side: int) -> tuple[int, int]:
    row, column = divmod(number, side)
    return (column if row % 2 == 0 else side - 1 - column), row
