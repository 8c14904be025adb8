"""News of people, for whoever is wired to it in ``config.wiring``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Somebody came, left or moved to another door of the community, or is to be reached more often or less."""

    community: int


@dataclass(frozen=True, slots=True)
class ResidentCame:
    """Somebody lives here who was not on the roster before, or had left it; told before `RosterChanged`."""

    community: int
    household_id: int
    resident_id: int


@dataclass(frozen=True, slots=True)
class ResidentsMoved:
    """These residents live behind another door now. Each is told with the household she left."""

    community: int
    left: tuple[tuple[int, int], ...]
    """``(resident, household she left)``."""
    household_id: int


@dataclass(frozen=True, slots=True)
class HouseholdSplit:
    """Some of a household are one of their own now; told after `ResidentsMoved`."""

    community: int
    household_id: int
    new_household_id: int


@dataclass(frozen=True, slots=True)
class HouseholdsMerged:
    """``merged`` are in use no more: everybody in them lives in ``household_id``; told after `ResidentsMoved`."""

    community: int
    household_id: int
    merged: tuple[int, ...]
