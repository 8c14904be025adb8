"""What two doors, two origins, two days say about being one person's."""

import re
from datetime import date
from functools import lru_cache

from shouwang.kernel.addresses import Address, compound_key, read_address
from shouwang.kernel.errors import Refused
from shouwang.kernel.text import squeeze
from shouwang.people.rules.returnees.numbers import slipped
from shouwang.people.rules.returnees.seen import Seen

_WUHAN = re.compile(
    r"武昌|汉口|汉阳|洪山|江岸|江汉|硚口|桥口|青山区|东西湖|蔡甸|江夏|黄陂|新洲区|汉南|光谷|武汉|華南|华南海鲜"
)
_LEVELS = re.compile(r"(?:省|市|自治区|自治州|地区|特别行政区|(?<=.{2})[区县]|返乡|回来|来|籍)")


def compare_doors(one: Seen, other: Seen) -> str:
    """The code of what two homes say; empty if one is missing."""
    if one.household_id and other.household_id:
        return "door_same" if one.household_id == other.household_id else "door_differs"
    left, right = door_of(one), door_of(other)
    if left is None or right is None:
        return ""
    places = _place(left, one), _place(right, other)
    if all(places) and not (places[0] in places[1] or places[1] in places[0]):
        return "place_differs"
    if left.key and right.key and all(places):
        return "door_same" if left.key == right.key else "door_differs"
    return "place_same" if all(places) else ""


def door_of(seen: Seen) -> Address | None:
    """The home as an address; None if nothing is told of it."""
    if not seen.address and not seen.compound:
        return None
    return _read(seen.address) if seen.address else Address(compound=seen.compound)


def door_key(seen: Seen) -> str:
    """A key that all spellings of one door share; empty if no door is told."""
    door = door_of(seen)
    place = door and _place(door, seen)
    return f"{place}/{door.key}" if door and place and door.key else ""


@lru_cache(maxsize=65_536)
def _read(address: str) -> Address | None:
    try:
        return read_address(address)
    except Refused:
        return Address(compound=squeeze(address))


def _place(door: Address, seen: Seen) -> str:
    named = door.place or seen.compound
    return compound_key(named).removesuffix("小区") if named else ""


@lru_cache(maxsize=16_384)
def origin_key(origin: str) -> str:
    """A place of origin without the names of its levels; every district of Wuhan is Wuhan."""
    text = squeeze(origin)
    return "武汉" if _WUHAN.search(text) else _LEVELS.sub("", text)


def compare_origins(one: str, other: str) -> str:
    left, right = origin_key(one), origin_key(other)
    if not left or not right:
        return ""
    return "origin_same" if left in right or right in left else "origin_differs"


def compare_arrivals(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return ""
    apart = abs((one - other).days)
    return "arrived_same" if apart == 0 else "arrived_near" if apart <= 2 else "arrived_differs"


def compare_births(one: date | None, other: date | None) -> str:
    """``born_near`` where one slip lies between the two days, or one of them is only a year."""
    if one is None or other is None:
        return ""
    if one == other:
        return "born_same"
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return "born_near"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "born_near"
    return "born_near" if slipped(f"{one:%Y%m%d}", f"{other:%Y%m%d}") else "born_differs"
