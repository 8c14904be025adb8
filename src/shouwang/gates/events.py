"""News of the gate, for whoever is wired to it in ``config.wiring``."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TemperatureTaken:
    """A resident's temperature (degrees Celsius) was taken at a gate."""

    community: int
    check_id: UUID
    household_id: int
    resident_id: int
    temperature: Decimal
    made_at: dt.datetime
    made_by: int | None


@dataclass(frozen=True, slots=True)
class TemperaturesTaken:
    """What the checks recorded in one go brought: one piece of news, however many they are."""

    community: int
    taken: tuple[TemperatureTaken, ...]


@dataclass(frozen=True, slots=True)
class VisitorFever:
    """Somebody on no roster came to a gate with a fever. ``name`` and ``whom`` she visits are empty where she is not
    registered (yet); ``household_id`` is whom she visits, or whose pass she showed, if that is known."""

    community: int
    check_id: UUID
    visit_id: UUID | None
    household_id: int | None
    name: str
    whom: str
    gate: str
    temperature: Decimal | None
    found_at: dt.datetime


@dataclass(frozen=True, slots=True)
class VisitorNamed:
    """A visitor was registered: who she is, and where she goes."""

    community: int
    visit_id: UUID
    household_id: int | None
    name: str
    whom: str


@dataclass(frozen=True, slots=True)
class PassingCorrected:
    """One passing whose check was corrected: the ids of all its checks, and the temperature that holds, if any."""

    check_ids: tuple[UUID, ...]
    taken: TemperatureTaken | None


@dataclass(frozen=True, slots=True)
class TemperaturesCorrected:
    """Passings of one community whose checks were corrected. May be told again, and before their temperatures."""

    community: int
    passings: tuple[PassingCorrected, ...]
