"""The board's squares: compounds, buildings, units, floors, doors."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwang.access.templatetags.board import Building, Cell, Unit
from shouwang.screening.enums import HouseholdState
from shouwang.screening.queries.board import HouseholdProgress

Way = Callable[[int], str]
"""Household id → where its square leads."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound or village group with how far it is; ``key`` goes into the address."""

    key: str
    name: str
    done: int
    of: int
    fevers: int

    @property
    def left(self) -> int:
        return self.of - self.done


@dataclass(frozen=True, slots=True)
class Section:
    """The squares of one compound."""

    name: str
    buildings: list[Building]


def compounds(households: Iterable[HouseholdProgress]) -> list[Compound]:
    """In walking order, as the households are."""
    found = []
    for (key, name), group in groupby(households, key=_compound):
        homes = list(group)
        found.append(
            Compound(
                key,
                name,
                sum(home.complete for home in homes),
                len(homes),
                sum(home.fevers for home in homes),
            )
        )
    return found


def sections(households: Iterable[HouseholdProgress], way: Way) -> list[Section]:
    return [
        Section(
            name, [_building(building, list(homes), way) for building, homes in groupby(group, key=_house)]
        )
        for (_key, name), group in groupby(households, key=_compound)
    ]


def in_compound(households: list[HouseholdProgress], key: str) -> list[HouseholdProgress]:
    return [home for home in households if _compound(home)[0] == key]


def counts(households: Iterable[HouseholdProgress]) -> dict[str, int]:
    """State → households, for the key of the board; only the states there are, and the two that tell the whole."""
    found = {str(state): 0 for state in HouseholdState}
    for home in households:
        found[home.state] += 1
    return {
        state: number
        for state, number in found.items()
        if number or state in (HouseholdState.REACHED, HouseholdState.NOT_REACHED)
    }


def _compound(home: HouseholdProgress) -> tuple[str, str]:
    return str(home.door.compound_id or 0), home.door.compound or _("without a compound")


def _house(home: HouseholdProgress) -> str:
    return home.door.building


def _building(name: str, homes: list[HouseholdProgress], way: Way) -> Building:
    if not name:  # a village group: doors by number, no floors
        return Building(_("Doors"), [Unit([[_cell(home, way) for home in homes]])], flat=True)
    units = [
        Unit(_floors(list(group), way), _unit_name(unit))
        for unit, group in groupby(homes, key=lambda h: h.door.unit)
    ]
    return Building(pgettext("building", "Building %(name)s") % {"name": name}, units)


def _unit_name(unit: str) -> str:
    return pgettext("staircase", "Unit %(name)s") % {"name": unit} if unit else ""


def _floors(homes: list[HouseholdProgress], way: Way) -> list[list[Cell]]:
    """From the top down, by the hundreds of the room's number."""
    by_floor: dict[int, list[Cell]] = {}
    for home in homes:
        room = home.door.room
        by_floor.setdefault(int(room) // 100 if room.isdecimal() else 0, []).append(_cell(home, way))
    return [by_floor[floor] for floor in sorted(by_floor, reverse=True)]


def _cell(home: HouseholdProgress, way: Way) -> Cell:
    door = home.door
    return Cell(
        door.room or door.address,
        home.state,
        way(door.household_id),
        f"{door.address} {home.reached}/{home.due}",
        home.complete,
    )
