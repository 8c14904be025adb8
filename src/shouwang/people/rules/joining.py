"""Sightings put together into people: who is one person by the joinings that stand, and what is known of her."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shouwang.people.enums import ReturneeSource, Risk
from shouwang.people.rules.returnees.names import Kind, read_name

_T = TypeVar("_T")
_HERSELF = (ReturneeSource.DECLARED, ReturneeSource.GATE, ReturneeSource.CALL, ReturneeSource.VISIT)
"""Where somebody, or her family, told it herself."""
_ORDER = {Risk.HIGH: 3, Risk.MIDDLE: 2, Risk.LOW: 1, Risk.UNKNOWN: 0}


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What one sighting tells. ``risk`` is that of ``origin``, ``origin_code`` its division."""

    id: int
    name: str
    origin: str
    origin_code: int | None
    risk: Risk
    arrived_on: dt.date | None
    seen_on: dt.date
    source: ReturneeSource
    resident: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What all her sightings tell of a person. ``differing``: the facts on which they do not agree."""

    name: str
    origin: str
    origin_code: int | None
    arrived_on: dt.date | None
    declared_on: dt.date | None
    resident: int | None
    differing: tuple[str, ...]


def components(nodes: Iterable[int], joins: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The nodes that hang together, each group sorted, the groups by their first."""
    above: dict[int, int] = {node: node for node in nodes}

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for one, other in joins:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    groups: dict[int, list[int]] = {}
    for node in sorted(above):
        groups.setdefault(top(node), []).append(node)
    return list(groups.values())


def facts_of(told: Sequence[ToldOf]) -> Facts:
    """One person from her sightings, at least one.

    The name and the resident most often told; where she came from, the place of the highest risk; the latest arrival,
    because the watch counts from it and must not end too early *(ours)*. The office may set each of them otherwise.
    """
    ordered = sorted(told, key=lambda one: (one.seen_on, one.id))
    residents = [one.resident for one in ordered if one.resident is not None]
    origins = [one for one in ordered if one.origin]
    arrivals = [one.arrived_on for one in ordered if one.arrived_on]
    declared = [one.seen_on for one in ordered if one.source in _HERSELF]
    origin = max(origins, key=lambda one: _ORDER[one.risk], default=None)
    differing = {
        "origin": len({one.origin_code or one.origin for one in origins}) > 1,
        "arrived_on": len(set(arrivals)) > 1,
        "resident": len(set(residents)) > 1,
    }
    return Facts(
        name=_name([one.name for one in ordered]),
        origin=origin.origin if origin else "",
        origin_code=origin.origin_code if origin else None,
        arrived_on=max(arrivals, default=None),
        declared_on=min(declared, default=None),
        resident=_commonest(residents) if residents else None,
        differing=tuple(name for name, differs in differing.items() if differs),
    )


def _name(names: Sequence[str]) -> str:
    full = [name for name in names if read_name(name).kind is Kind.FULL]
    return _commonest(full or names)


def _commonest(values: Collection[_T]) -> _T:
    """The most frequent; of several the first."""
    return Counter(values).most_common(1)[0][0]
