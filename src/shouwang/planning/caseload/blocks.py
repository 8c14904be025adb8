"""Blocks: what stays together. A building is one block, or as few as it takes where no caller can carry it whole."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.planning.caseload.problem import Problem


@dataclass(frozen=True, slots=True)
class Block:
    """``members`` are places in ``problem.households``; ``fixed``: a place in ``problem.callers`` or -1."""

    members: tuple[int, ...]
    load: float
    fixed: int


def kept_together(problem: Problem) -> list[str]:
    """What each household stays together with: its building; of one that no caller may be able to carry, its unit;
    empty: nothing. Two of the same key belong together."""
    carried: dict[str, float] = defaultdict(float)
    for household in problem.households:
        carried[household.building] += household.load
    least = min(caller.capacity for caller in problem.callers if caller.capacity > 0)
    return [
        f"{home.building}-{home.unit}"
        if home.building and home.unit and carried[home.building] > least
        else home.building
        for home in problem.households
    ]


def blocks_of(problem: Problem, largest: float) -> list[Block]:
    """Households in blocks of at most ``largest``, a building's in the order given (by entrance and floor)."""
    place = {caller.id: number for number, caller in enumerate(problem.callers)}
    buildings: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, (household, together) in enumerate(
        zip(problem.households, kept_together(problem), strict=True)
    ):
        fixed = -1 if household.fixed_to is None else place[household.fixed_to]
        buildings[together or f"\0{household.id}", fixed].append(number)
    found = []
    for (_, fixed), members in buildings.items():
        found.extend(_cut(problem, members, fixed, largest))
    return found


def pieces(problem: Problem, first: Sequence[int]) -> tuple[list[Block], list[int]]:
    """What of a building a first division gives to one caller, from one caller, is one block; with each its caller."""
    place = {caller.id: number for number, caller in enumerate(problem.callers)}
    groups: dict[tuple[str, int, str | None, int], list[int]] = defaultdict(list)
    for number, (household, together) in enumerate(
        zip(problem.households, kept_together(problem), strict=True)
    ):
        fixed = -1 if household.fixed_to is None else place[household.fixed_to]
        house = together or f"\0{household.id}"
        groups[house, fixed, household.now_with, first[number]].append(number)
    blocks = [
        Block(tuple(members), sum(problem.households[m].load for m in members), fixed)
        for (_, fixed, _, _), members in groups.items()
    ]
    return blocks, [caller for _, _, _, caller in groups]


def _cut(problem: Problem, members: Sequence[int], fixed: int, largest: float) -> list[Block]:
    total = sum(problem.households[member].load for member in members)
    if total <= largest or len(members) == 1 or fixed >= 0:
        return [Block(tuple(members), total, fixed)]
    parts = int(-(-total // largest))
    made, now, carried = [], list[int](), 0.0
    share = total / parts
    for member in members:
        load = problem.households[member].load
        if now and (carried + load > largest or carried + load / 2 > share):
            made.append(Block(tuple(now), carried, fixed))
            now, carried = [], 0.0
        now.append(member)
        carried += load
    return [*made, Block(tuple(now), carried, fixed)]


def refuse_impossible(problem: Problem) -> None:
    """Raise ``Refused`` where no division can exist, with what must give."""
    capacity = {caller.id: caller.capacity for caller in problem.callers}
    load = sum(household.load for household in problem.households)
    if load > sum(capacity.values()):
        raise Refused(
            "caseload_too_much",
            gettext_noop(
                "The households ask %(load)s, the callers can carry %(capacity)s. Add callers, or let each carry more."
            ),
            load=f"{load:g}",
            capacity=f"{sum(capacity.values()):g}",
        )
    fixed: dict[str, float] = defaultdict(float)
    for household in problem.households:
        if household.load > max(capacity.values()):
            raise Refused(
                "caseload_household_too_much",
                gettext_noop("Household %(household)s alone asks more than any caller can carry."),
                household=household.id,
            )
        if household.fixed_to is not None:
            fixed[household.fixed_to] += household.load
    for caller, carried in fixed.items():
        if carried > capacity[caller]:
            raise Refused(
                "caseload_fixed_too_much",
                gettext_noop(
                    "What is fixed to %(caller)s asks %(load)s, more than %(capacity)s. Release some of it."
                ),
                caller=caller,
                load=f"{carried:g}",
                capacity=f"{capacity[caller]:g}",
            )
