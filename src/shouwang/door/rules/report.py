"""What a household reports of itself, as its form sends it; judged row by row, so that good rows are kept."""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.kernel.uuid7 import first_uuid_at
from shouwang.screening.rules import CheckedReading

NONE = "none"
SOME = "some"
Said = Mapping[str, Sequence[str]]
"""A form: ``id``; ``all`` = ``none``: nobody has any symptom; and for each person ``t<id>`` the temperature,
``n<id>`` = ``none`` or ``some``, ``s<id>`` the symptoms, each a key of the profile."""
Error = tuple[str, str, dict[str, object]]
"""Code, hint and its parameters."""


@dataclass(slots=True)
class Row:
    """One person's line as it was filled in. ``well``: said to have no symptoms; None if nothing was said."""

    resident: int
    temperature: str = ""
    well: bool | None = None
    symptoms: tuple[str, ...] = ()
    error: Error | None = None


@dataclass(slots=True)
class Report:
    """A form that was read. It is good if there are no errors; then ``readings`` are what it says."""

    all_well: bool
    rows: list[Row]
    readings: tuple[CheckedReading, ...] = ()
    error: Error | None = None

    @property
    def good(self) -> bool:
        return self.error is None and not any(row.error for row in self.rows)


_EMPTY = gettext_noop(
    "Nothing has been filled in yet: give a temperature, or say that nobody has any symptom."
)
_CONTRADICTION = gettext_noop("Both “no symptoms” and a symptom are ticked. Please say which is right.")
_WHICH = gettext_noop("Please tick which symptoms.")
_MOVED = gettext_noop(
    "Somebody you wrote about is no longer entered here, so nothing was sent. Please look the page through and send it"
    " again."
)


def blank(people: Collection[int]) -> Report:
    """A form that nobody has filled in yet, and nothing wrong with it."""
    return Report(False, [Row(one) for one in people])


def read_report(said: Said, people: Collection[int], profile: DiseaseProfile) -> Report:
    """What the form says of ``people``, who live here. What it says of anybody else, who has moved since the page was
    opened, is never dropped in silence: the report is refused."""
    all_well = _one(said, "all") == NONE
    report = Report(all_well, [_row(said, one, all_well) for one in people])
    readings = []
    for row in report.rows:
        try:
            reading = _reading(row, profile)
        except Refused as refused:
            row.error = refused.code, refused.hint, dict(refused.params)
            continue
        if reading is not None:
            readings.append(reading)
    report.readings = tuple(readings)
    if report.good and _others(said, people):
        report.error = "moved", _MOVED, {}
    elif report.good and not readings:
        report.error = "nothing", _EMPTY, {}
    return report


def _others(said: Said, people: Collection[int]) -> bool:
    """Whether something is said of somebody who does not live here."""
    known = {str(one) for one in people}
    return any(
        name[:1] in "nst" and name[1:].isdecimal() and name[1:] not in known and any(told)
        for name, told in said.items()
    )


def _row(said: Said, resident: int, all_well: bool) -> Row:
    told = _one(said, f"n{resident}")
    symptoms = tuple(dict.fromkeys(said.get(f"s{resident}", ())))[:20]
    well = {NONE: True, SOME: False}.get(told)
    if well is None:
        well = False if symptoms else True if all_well else None
    return Row(resident, _one(said, f"t{resident}")[:20].strip(), well, symptoms)


def _reading(row: Row, profile: DiseaseProfile) -> CheckedReading | None:
    temperature = parse_temperature(row.temperature, profile)
    if row.well and row.symptoms:
        raise Refused("contradiction", _CONTRADICTION)
    if row.well is False and not row.symptoms:
        raise Refused("which_symptoms", _WHICH)
    if not set(row.symptoms) <= set(profile.symptoms):
        raise Refused("which_symptoms", _WHICH)
    if temperature is None and row.well is None:
        return None
    symptoms = None if row.well is None else row.symptoms
    return CheckedReading(row.resident, temperature, symptoms, profile.is_fever(temperature))


def report_id(said: Said, now: dt.datetime, zone: dt.tzinfo) -> UUID:
    """The id of a report, the same however often its form is sent on one day.

    It is the one minted in the form. A form of an earlier day, kept open or found in a cache, is another report today:
    its id follows from the form's and the day. So does that of a form with no id, from what it says.
    """
    try:
        minted = UUID(_one(said, "id"))
    except ValueError:
        minted = None
    day = dt.datetime.combine(now.astimezone(zone).date(), dt.time(), zone)
    tomorrow = day + dt.timedelta(days=1)
    if minted and minted.version == 7 and first_uuid_at(day) <= minted < first_uuid_at(tomorrow):
        return minted
    told = str(minted) if minted else repr(sorted((key, tuple(value)) for key, value in said.items()))
    tail = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8]) & ((1 << 62) - 1)
    start = first_uuid_at(day).int >> 80
    return UUID(int=(start << 80) | (0x7 << 76) | (tail >> 50 << 64) | (0b10 << 62) | tail)


def _one(said: Said, name: str) -> str:
    found = said.get(name)
    return found[0] if found else ""
