"""What an attempt may say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.kernel.text import prose
from shouwang.screening.enums import AnsweredBy, Channel, Outcome

LONGEST_TEXT = 500

# Who answered, where the outcome leaves only one possibility.
_IMPLIED = {
    Outcome.NO_ANSWER: AnsweredBy.NOBODY,
    Outcome.NOBODY_HOME: AnsweredBy.NOBODY,
    Outcome.WRONG_NUMBER: AnsweredBy.OTHER,
}
_MAY_ANSWER = {
    Outcome.NO_ANSWER: {AnsweredBy.NOBODY},
    Outcome.NOBODY_HOME: {AnsweredBy.NOBODY, AnsweredBy.NEIGHBOUR},
    Outcome.WRONG_NUMBER: {AnsweredBy.NOBODY, AnsweredBy.OTHER},
    Outcome.REACHED: set(AnsweredBy) - {AnsweredBy.NOBODY},
    Outcome.REFUSED: set(AnsweredBy) - {AnsweredBy.NOBODY},
}
_ONLY_BY = {Outcome.WRONG_NUMBER: {Channel.CALL}, Outcome.NOBODY_HOME: {Channel.VISIT}}


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """What was told or measured of one person.

    ``temperature`` as it was written, None or empty if it was not taken. ``symptoms``: None if nobody asked, empty if
    asked and there are none.
    """

    resident_id: int
    temperature: Decimal | str | float | None = None
    symptoms: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class ArrivalInput:
    """Somebody who moved in or is visiting, as she was named. The numbers in plain, empty for none."""

    name: str
    id_number: str = ""
    phone: str = ""
    origin: str = ""
    arrived_on: dt.date | None = None
    to_stay: bool = False


@dataclass(frozen=True, slots=True)
class PresenceInput:
    """Of a member it was said that she is ``away``, has ``moved``, or is ``back``."""

    resident_id: int
    now: str


@dataclass(frozen=True, slots=True)
class AttemptInput:
    """One call, visit or self-report, as somebody reports it. ``answered_by`` may be None where the outcome says it.

    ``keeper`` and ``device`` (its key) for what a phone sends. ``caseload``: whose household it is, None to look it up.
    ``proxy``: somebody wrote it down for a household that reports for itself but cannot.
    """

    attempt_id: UUID
    household_id: int
    channel: Channel | str
    outcome: Outcome | str
    answered_by: AnsweredBy | str | None = None
    readings: Sequence[ReadingInput] = ()
    needs: str = ""
    remarks: str = ""
    made_at: dt.datetime | None = None
    corrects: UUID | None = None
    round_id: int | None = None
    trouble: str = ""
    arrivals: Sequence[ArrivalInput] = ()
    presence: Sequence[PresenceInput] = ()
    keeper: str = ""
    device: int | None = None
    caseload: int | None = None
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class CheckedReading:
    """A reading that may be kept. ``temperature`` in °C with one decimal."""

    resident_id: int
    temperature: Decimal | None
    symptoms: tuple[str, ...] | None
    fever: bool


def check_reading(reading: ReadingInput, profile: DiseaseProfile) -> CheckedReading:
    """The reading with its temperature read and judged. Raises `Refused` if it says nothing or nonsense."""
    temperature = parse_temperature(reading.temperature, profile)
    if temperature is None and reading.symptoms is None:
        raise Refused(
            "reading_empty",
            gettext_noop("Give a temperature or an answer about symptoms for everybody you asked after."),
        )
    symptoms = None if reading.symptoms is None else tuple(dict.fromkeys(reading.symptoms))
    for symptom in symptoms or ():
        if symptom not in profile.symptoms:
            raise Refused(
                "symptom_unknown",
                gettext_noop("“%(symptom)s” is not among the symptoms asked after."),
                symptom=symptom,
            )
    return CheckedReading(reading.resident_id, temperature, symptoms, profile.is_fever(temperature))


def check_answer(outcome: Outcome, channel: Channel, answered_by: AnsweredBy | None) -> AnsweredBy:
    """Who answered, filled in where the outcome says it. Raises `Refused` for what cannot be."""
    if channel is Channel.GATE:
        raise Refused(
            "channel_gate",
            gettext_noop("A check at the gate is recorded at the gate, not as a call or visit."),
        )
    if channel not in _ONLY_BY.get(outcome, {channel}):
        raise Refused(
            "outcome_channel",
            gettext_noop("Only a call meets a wrong number, and only a visit finds nobody at home."),
        )
    answered = _IMPLIED.get(outcome) if answered_by is None else answered_by
    if answered is None:
        raise Refused("answered_by_missing", gettext_noop("Say who answered."))
    if answered not in _MAY_ANSWER[outcome]:
        if answered is AnsweredBy.NOBODY:
            raise Refused(
                "answered_by_nobody",
                gettext_noop("Somebody must have answered. Say who, or record it as no answer."),
            )
        raise Refused(
            "answered_by",
            gettext_noop("Nobody of the household answered, so nobody can be named as answering."),
        )
    return answered


def check_readings(
    outcome: Outcome, readings: Sequence[ReadingInput], profile: DiseaseProfile
) -> tuple[CheckedReading, ...]:
    """The readings of one attempt. Raises `Refused`: who was not reached has none, who was reached has one at least."""
    if outcome is not Outcome.REACHED:
        if readings:
            raise Refused(
                "unreached_with_readings",
                gettext_noop(
                    "Nobody was reached, so there can be no temperatures and no symptoms. Not reached is not normal."
                ),
            )
        return ()
    if not readings:
        raise Refused(
            "reached_without_readings",
            gettext_noop(
                "Reached means that you know how somebody is: give at least one person's temperature or symptoms."
            ),
        )
    checked = tuple(check_reading(reading, profile) for reading in readings)
    if len({reading.resident_id for reading in checked}) < len(checked):
        raise Refused("reading_twice", gettext_noop("The same person stands twice in this record."))
    return checked


def check_text(text: str) -> str:
    """Needs or remarks, tidied. Raises `Refused` if too long to be kept whole."""
    tidy = "\n".join(prose(line) for line in str(text).strip().splitlines())
    if len(tidy) > LONGEST_TEXT:
        raise Refused(
            "text_long",
            gettext_noop("The text has %(length)s characters; %(most)s are kept. Please shorten it."),
            length=len(tidy),
            most=LONGEST_TEXT,
        )
    return tidy
