"""The day as the API tells it."""

import datetime as dt

from ninja import Schema


class Value(Schema):
    """An indicator; ``value`` null is *not known*, which is not zero. ``unit``: people, households, percent …"""

    key: str
    name: str
    value: int | None
    unit: str


class PlaceDay(Schema):
    """Codes are twelve digits in text. ``rounds_missing``: rounds owed by now and not opened."""

    code: str
    name: str
    rounds_missing: int
    values: dict[str, int | None]


class Report(Schema):
    """The report of one area and day. ``live``: the day goes on, and the figures are those at ``as_of``."""

    code: str
    name: str
    day: dt.date
    as_of: dt.datetime
    live: bool
    indicators: list[Value]
    communities: list[PlaceDay]


class FeverOut(Schema):
    """A person with fever. No name: who may see people finds her under ``household``."""

    community: str
    household: int
    temperature: float | None
    made_at: dt.datetime
    minutes: int
    source: str
    again: float | None
    again_at: dt.datetime | None


class IndicatorOut(Schema):
    """What an indicator means and what it is counted from."""

    key: str
    name: str
    unit: str
    formula: str
    source: str
