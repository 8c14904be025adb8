"""How the page calls the people of a household, for anybody may have photographed its card."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from shouwang.kernel.text import mask_name


class Person(Protocol):
    @property
    def resident(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def relation(self) -> str: ...


def labels(people: Sequence[Person]) -> dict[int, str]:
    """``张*``. Those who would be called the same are told apart by what they are in the household: ``张* 户主``,
    ``张* 子``; where that is the same too, by a number: ``李* 1``, ``李* 2``.
    """
    shortened = {one.resident: mask_name(one.name) for one in people}
    same = Counter(shortened.values())
    full = {one.resident: f"{shortened[one.resident]} {one.relation}" for one in people if one.relation}
    told_apart = Counter(full.values())
    found: dict[int, str] = {}
    numbers: Counter[str] = Counter()
    for one in people:
        short, long = shortened[one.resident], full.get(one.resident, "")
        if same[short] == 1:
            found[one.resident] = short
        elif told_apart[long] == 1:
            found[one.resident] = long
        else:
            base = long or short
            numbers[base] += 1
            found[one.resident] = f"{base} {numbers[base]}"
    return found
