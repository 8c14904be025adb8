"""The body of a record of kind ``attempt``, as a phone sends it (docs/field-protocol.md § attempt)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.rules.attempts import ArrivalInput, AttemptInput, PresenceInput, ReadingInput

MOST_PEOPLE = 50
LONGEST_SYMPTOM = 20
_LARGEST = 2**63 - 1

Word = TypeVar("Word", Channel, Outcome, AnsweredBy)


def read_body(
    record_id: UUID,
    body: Mapping[str, Any],
    *,
    made_at: dt.datetime,
    keeper: str,
    device: int,
    opened: Callable[[str], str],
) -> AttemptInput:
    """What the body says; ``opened`` unseals a sealed field. Raises `Refused` ("attempt_form") naming what is wrong.

    Only the form is looked at here: whether it makes sense is for the rules of an attempt.
    """
    answered_by = body.get("answered_by")
    return AttemptInput(
        attempt_id=record_id,
        household_id=_number(body, "household"),
        channel=_word(body, "channel", Channel),
        outcome=_word(body, "outcome", Outcome),
        answered_by=None if answered_by is None else _word(body, "answered_by", AnsweredBy),
        readings=[_reading(one) for one in _several(body, "readings")],
        needs=_text(body, "needs"),
        trouble=_text(body, "trouble"),
        remarks=_text(body, "remarks"),
        made_at=made_at,
        corrects=_uuid(body, "corrects"),
        arrivals=[_arrival(one, opened) for one in _several(body, "arrivals")],
        presence=[
            PresenceInput(_number(one, "resident"), _text(one, "now")) for one in _several(body, "presence")
        ],
        keeper=keeper,
        device=device,
        proxy=_yes(body, "proxy"),
    )


def _reading(said: Mapping[str, Any]) -> ReadingInput:
    temperature, symptoms = said.get("temperature"), said.get("symptoms")
    if temperature is not None and not isinstance(temperature, str):
        _refuse("temperature")
    if symptoms is not None and not (
        isinstance(symptoms, list)
        and len(symptoms) <= MOST_PEOPLE
        and all(
            isinstance(key, str) and 0 < len(key) <= LONGEST_SYMPTOM and key.isidentifier()
            for key in symptoms
        )
    ):
        _refuse("symptoms")
    return ReadingInput(_number(said, "resident"), temperature, symptoms)


def _arrival(said: Mapping[str, Any], opened: Callable[[str], str]) -> ArrivalInput:
    return ArrivalInput(
        name=_text(said, "name"),
        id_number=_sealed(said, "id_number", opened),
        phone=_sealed(said, "phone", opened),
        origin=_text(said, "origin"),
        arrived_on=_day(said, "arrived_on"),
        to_stay=_yes(said, "to_stay"),
    )


def _sealed(said: Mapping[str, Any], name: str, opened: Callable[[str], str]) -> str:
    sealed = _text(said, name)
    return opened(sealed) if sealed else ""


def _number(said: Mapping[str, Any], name: str) -> int:
    found = said.get(name)
    if type(found) is not int or not 0 < found <= _LARGEST:
        _refuse(name)
    return found


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name, "")
    if not isinstance(found, str):
        _refuse(name)
    return found


def _yes(said: Mapping[str, Any], name: str) -> bool:
    found = said.get(name, False)
    if not isinstance(found, bool):
        _refuse(name)
    return found


def _word(said: Mapping[str, Any], name: str, words: type[Word]) -> Word:
    try:
        return words(str(said.get(name)))
    except ValueError:
        _refuse(name)


def _uuid(said: Mapping[str, Any], name: str) -> UUID | None:
    found = said.get(name)
    if found is None:
        return None
    try:
        return UUID(found)
    except (AttributeError, TypeError, ValueError):
        _refuse(name)


def _day(said: Mapping[str, Any], name: str) -> dt.date | None:
    found = said.get(name)
    if found in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(found)
    except (TypeError, ValueError):
        _refuse(name)


def _several(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = said.get(name, [])
    if (
        not isinstance(found, list)
        or len(found) > MOST_PEOPLE
        or not all(isinstance(one, dict) for one in found)
    ):
        _refuse(name)
    return found


def _refuse(field: str) -> NoReturn:
    raise Refused("attempt_form", gettext_noop("“%(field)s” is not as it should be."), field=field)
