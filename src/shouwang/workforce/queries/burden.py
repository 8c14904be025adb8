"""What every household of a community asks of its caller, where it stands, and the problem the planner is given."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shouwang.access import clock
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence, WatchReason
from shouwang.people.queries import roster
from shouwang.people.queries.watches import watched
from shouwang.planning.caseload.problem import Caller, Household, Problem
from shouwang.workforce.enums import Weight
from shouwang.workforce.queries.caseloads import CaseloadHere, assigned, caseloads
from shouwang.workforce.rules import weights
from shouwang.workforce.rules.plane import Standing, plane, walk

USUAL = 40.0
"""The load of a caseload, in usual households [issue: "about 40"]."""
ROOM = 1.15
"""How far above the mean a caller may be loaded, and…"""
BORNE = 1.2
"""…how far at most if she carries as much now, and…"""
FAIR = 0.8
"""…below which it would be unfair to the others."""
KEEP = 500.0
"""Metres that a household's keeping its caller is worth: half a compound further."""
VERSION = "2020-02"
"""Of the weights and these figures; a proposal says which it was made with."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household in use. ``reasons``: why it asks more than others."""

    standing: Standing
    compound: str
    address: str
    people: int
    load: float
    reasons: tuple[Weight, ...]

    @property
    def household(self) -> int:
        return self.standing.household

    @property
    def house(self) -> str:
        """The building, told apart from others of its name; empty: it stands alone."""
        one = self.standing
        return f"{one.compound}-{one.building}" if one.building else ""


def homes(scope: Scope, community: int) -> list[Home]:
    """The households with anybody on the roster, in the way one walks."""
    day = clock.today()
    watches = watched(scope, community, day)
    kept = {resident for resident, watch in watches.items() if watch.reason == WatchReason.QUARANTINE}
    living: dict[int, list[weights.Living]] = defaultdict(list)
    known = set()
    doors = roster.doors(scope, community=community)
    for member in roster.members(scope, [door.household_id for door in doors]):
        known.add(member.household_id)
        if member.presence == Presence.PRESENT:
            living[member.household_id].append(
                weights.Living(member.resident_id, member.born_on, member.remarks)
            )
    found = []
    for door in doors:
        if door.household_id not in known:
            continue
        there = living[door.household_id]
        reasons = weights.weights(there, day, returned=watches.keys() - kept, quarantined=kept)
        standing = Standing(
            door.household_id, door.compound_id or 0, door.compound_order, door.building, door.unit, door.room,
            door.number or door.address,
        )  # fmt: skip
        load = weights.load(len(there), reasons)
        found.append(Home(standing, door.compound, door.address, len(there), load, tuple(reasons)))
    return sorted(found, key=lambda home: walk(home.standing))


@dataclass(frozen=True, slots=True)
class Load:
    """One caseload of a division: a caseload that is there, or a new one (``caseload`` None)."""

    key: str
    caseload: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Task:
    """A community's division as the planner is asked for it. ``loads`` in the order of the problem's callers."""

    problem: Problem
    loads: tuple[Load, ...]


def suggested(homes: Iterable[Home]) -> int:
    """How many caseloads of about 40 there should be."""
    return max(1, math.ceil(sum(home.load for home in homes) / USUAL))


def task(
    scope: Scope, community: int, *, wanted: int | None = None, leaver: int | None = None
) -> Task | None:
    """The problem of a community; None where nobody lives.

    Caseloads that somebody carries stay; further ones (``wanted`` in all, without it as many as there are, or of
    about 40 where there are none) are those without a caller, then new. ``leaver`` is a caseload whose households go
    to the others: those of the others stay where they are.
    """
    living = homes(scope, community)
    if not living:
        return None
    here = caseloads(scope, community)
    loads = _loads([one for one in here if one.id != leaver], living, wanted, leaver is not None)
    return Task(problem_of(living, loads, assigned(scope, community), leaver=leaver), loads)


def _loads(
    here: Sequence[CaseloadHere], living: Sequence[Home], wanted: int | None, leaving: bool
) -> tuple[Load, ...]:
    carried = [one for one in here if one.carried]
    idle = [one for one in here if not one.carried]
    number = len(here) if leaving and here else wanted or len(here) or suggested(living)
    number = max(number, len(carried), 1)
    kept = sorted((carried + idle)[:number], key=lambda one: (one.order, one.id))
    found = [Load(f"c{one.id}", one.id, one.name) for one in kept]
    taken = {one.name for one in here}
    free = (name for name in map(str, range(1, number + len(taken) + 1)) if name not in taken)
    return (
        *found,
        *(Load(f"n{name}", None, name) for name, _ in zip(free, range(number - len(found)), strict=False)),
    )


def problem_of(
    living: Sequence[Home],
    loads: Sequence[Load],
    now: Mapping[int, tuple[int, bool]],
    *,
    leaver: int | None = None,
) -> Problem:
    """``living`` divided into ``loads``; ``now``: household → (caseload, fixed). See :func:`task` for ``leaver``."""
    places = plane(home.standing for home in living)
    keys = {load.caseload: load.key for load in loads if load.caseload is not None}
    total = sum(home.load for home in living)
    mean = total / len(loads)
    ceiling = max(mean * ROOM, mean + 0.5, max(home.load for home in living))
    bound: dict[str, float] = defaultdict(float)
    carried: dict[str, float] = defaultdict(float)
    households = []
    for home in living:
        caseload, fixed = now.get(home.household, (None, False))
        key = keys.get(caseload) if caseload is not None else None
        stays = key if fixed or (leaver is not None and caseload != leaver) else None
        if stays:
            bound[stays] += home.load
        if key:
            carried[key] += home.load
        point = places[home.household]
        households.append(
            Household(
                str(home.household), point.x, point.y, home.load, home.house, home.standing.unit, stays,
                key or ("gone" if caseload is not None else None),
            )
        )  # fmt: skip
    room = _room(bound, loads, mean, ceiling, total)
    # What somebody carries and could carry before is no reason to move anybody.
    callers = tuple(
        Caller(load.key, max(room, bound[load.key], min(carried[load.key], mean * BORNE)), FAIR * mean)
        for load in loads
    )
    return Problem(tuple(households), callers, KEEP)


def _room(
    bound: Mapping[str, float], loads: Sequence[Load], mean: float, ceiling: float, total: float
) -> float:
    """What each may carry: as ``ceiling`` says, or more where what is fixed leaves too little room with the others."""
    room = ceiling
    while sum(max(room, bound.get(load.key, 0.0)) for load in loads) < total * 1.05:
        room += 0.05 * mean
    return room
