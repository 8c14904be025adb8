"""News of screening, for whoever is wired to it in ``config.wiring``: told once, in the transaction of the fact."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shouwang.screening.enums import Channel


@dataclass(frozen=True, slots=True)
class NeedTold:
    """A household said what it needs. ``source_id`` is the attempt's id."""

    community: int
    household_id: int
    source_id: UUID
    channel: Channel
    text: str
    told_at: dt.datetime


@dataclass(frozen=True, slots=True)
class TroubleTold:
    """A household told of a quarrel or a grievance. ``source_id`` is the attempt's id."""

    community: int
    household_id: int
    source_id: UUID
    channel: Channel
    text: str
    told_at: dt.datetime


@dataclass(frozen=True, slots=True)
class FeverFound:
    """A fever, or a symptom that the profile calls alarming. ``temperature`` in °C, None where it was not taken.

    ``symptoms`` are the profile's keys, None where nobody asked; ``source`` is how she was reached, ``found_at`` when
    it was measured or told.
    """

    community: int
    household_id: int
    resident_id: int
    reading_id: UUID
    temperature: Decimal | None
    symptoms: tuple[str, ...] | None
    source: Channel
    found_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who moved in or is visiting. ``id_number`` and ``phone`` in plain as they were said, empty for none:
    whoever keeps them seals them. ``to_stay``: she moved in or came back, and is no mere visitor.
    """

    name: str
    id_number: str
    phone: str
    origin: str
    arrived_on: dt.date | None
    to_stay: bool


@dataclass(frozen=True, slots=True)
class ArrivalTold:
    """A household, or its neighbour, said who has come. ``source_id`` is the attempt's id."""

    community: int
    household_id: int
    source_id: UUID
    channel: Channel
    arrivals: tuple[Arrival, ...]
    told_at: dt.datetime


@dataclass(frozen=True, slots=True)
class PresenceTold:
    """Of a resident it was said that she is ``away``, has ``moved``, or is ``back``; ``source_id``: the attempt."""

    community: int
    household_id: int
    source_id: UUID
    channel: Channel
    resident_id: int
    now: str
    told_at: dt.datetime
