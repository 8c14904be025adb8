"""What is worth a call back, and whether the one who rang again heard the same.

Nothing here accuses: twenty calls in two minutes may be one list typed in afterwards. It says where a second call tells
most. All limits are ours.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import NamedTuple
from uuid import UUID

from shouwang.screening.enums import CallBackState, Outcome, Worth

FAST_ENTRIES, FAST_WITHIN = 20, dt.timedelta(minutes=2)
ALIKE_IN_A_ROW = 10
AT_ONCE_ENTRIES, AT_ONCE_WITHIN = 15, dt.timedelta(minutes=5)
DAY_FROM, DAY_UNTIL = dt.time(6), dt.time(22)
"""Outside of these local hours nobody is rung."""
STILL_DAYS = 5
"""Days in a row on which one person's temperature was the same to the tenth."""
SAMPLE_SHARE, SAMPLE_LEAST = 0.02, 1
NEAR = Decimal("0.3")
"""Degrees Celsius that two temperatures of one person may lie apart and still agree."""


class Maker(NamedTuple):
    """Who made an entry: an account, or the name signed on at a phone."""

    account: int | None
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One call or visit that holds. ``degrees`` and ``symptoms``: what was told of all its people, each once."""

    attempt: UUID
    household: int
    outcome: str
    made_at: dt.datetime
    maker: Maker
    caseload: int | None
    degrees: tuple[Decimal, ...] = ()
    symptoms: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[object, ...]:
        return self.outcome, self.degrees, self.symptoms


@dataclass(frozen=True, slots=True)
class Found:
    """Entries of one maker that are worth a call back, by time."""

    worth: Worth
    maker: Maker
    entries: tuple[Entry, ...]

    @property
    def since(self) -> dt.datetime:
        return self.entries[0].made_at

    @property
    def until(self) -> dt.datetime:
        return self.entries[-1].made_at


class Told(NamedTuple):
    """What is told of one person. ``symptoms`` None: nobody asked."""

    temperature: Decimal | None
    symptoms: frozenset[str] | None
    fever: bool


def same_maker(one: Maker, other: Maker) -> bool:
    """Whether both entries may be of one person: the same account, or the same name signed on."""
    return (one.account is not None and one.account == other.account) or (
        bool(one.keeper) and one.keeper == other.keeper
    )


def worth_a_call_back(entries: Iterable[Entry], zone: dt.tzinfo) -> list[Found]:
    """What stands out among a day's entries, each maker by herself, the earliest first."""
    by_maker: dict[Maker, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_maker[entry.maker].append(entry)
    found = []
    for maker, own in by_maker.items():
        own.sort(key=lambda entry: (entry.made_at, entry.attempt))
        runs = [(Worth.FAST, run) for run in _within(own, FAST_ENTRIES, FAST_WITHIN)]
        runs += [(Worth.ALIKE, run) for run in _alike(own)]
        runs += [(Worth.AT_ONCE, run) for run in _at_once(own)]
        if late := [
            entry for entry in own if not DAY_FROM <= entry.made_at.astimezone(zone).time() < DAY_UNTIL
        ]:
            runs.append((Worth.NIGHT, late))
        found += [Found(worth, maker, tuple(run)) for worth, run in runs]
    return sorted(found, key=lambda one: (one.since, one.worth))


def _within(entries: Sequence[Entry], least: int, span: dt.timedelta) -> list[list[Entry]]:
    """The longest runs in which every ``least`` entries in a row lie within ``span``; no entry stands in two."""
    runs: list[list[Entry]] = []
    end = 0  # entries before it stand in a run
    for at in range(len(entries) - least + 1):
        last = at + least
        if entries[last - 1].made_at - entries[at].made_at > span:
            continue
        if runs and at < end:
            runs[-1] += entries[end:last]
        else:
            runs.append(list(entries[at:last]))
        end = last
    return runs


def _alike(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Runs of entries that say the same; of people reached, because many may not answer."""
    runs = (list(run) for _said, run in groupby(entries, key=lambda entry: entry.said))
    return [run for run in runs if len(run) >= ALIKE_IN_A_ROW and run[0].outcome == Outcome.REACHED]


def _at_once(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Whole caseloads whose day lies within minutes."""
    loads: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.caseload is not None:
            loads[entry.caseload].append(entry)
    return [
        load
        for load in loads.values()
        if len({entry.household for entry in load}) >= AT_ONCE_ENTRIES
        and load[-1].made_at - load[0].made_at <= AT_ONCE_WITHIN
    ]


def draw(
    entries: Iterable[Entry], *, seed: str, share: float = SAMPLE_SHARE, least: int = SAMPLE_LEAST
) -> list[Entry]:
    """A random sample of households reached: this share of each caseload, at least ``least`` of each.

    Where there is no caseload, of each maker. The same seed and entries draw the same; each household once.
    """
    piles: dict[tuple[object, ...], dict[int, Entry]] = defaultdict(dict)
    for entry in sorted(entries, key=lambda entry: (entry.made_at, entry.attempt)):
        if entry.outcome == Outcome.REACHED:
            pile: tuple[object, ...] = entry.maker if entry.caseload is None else (entry.caseload,)
            piles[pile][entry.household] = entry
    random = Random(seed)  # noqa: S311 # a sample that can be drawn again, no secret
    drawn: list[Entry] = []
    for pile in sorted(piles, key=str):
        homes = [entry for _household, entry in sorted(piles[pile].items())]
        drawn += random.sample(homes, min(len(homes), max(least, round(share * len(homes)))))
    return drawn


def compare(first: Mapping[int, Told], second: Mapping[int, Told], *, reached: bool) -> CallBackState | None:
    """What the second call shows of the first; None if both speak of nobody in common, which shows nothing.

    They differ where one says fever and the other none, where the symptoms differ, or the temperatures by more than
    :data:`NEAR`.
    """
    if not reached:
        return CallBackState.NOT_REACHED
    both = [(first[person], second[person]) for person in first.keys() & second.keys()]
    if not both:
        return None
    return CallBackState.DIFFERS if any(map(_differ, both)) else CallBackState.AGREES


def _differ(pair: tuple[Told, Told]) -> bool:
    one, other = pair
    if one.fever != other.fever:
        return True
    if one.symptoms is not None and other.symptoms is not None and one.symptoms != other.symptoms:
        return True
    return (
        one.temperature is not None
        and other.temperature is not None
        and abs(one.temperature - other.temperature) > NEAR
    )
