"""What is told of one person, read strictly: what cannot be read is refused at once, with what to do."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.identity import Identity, Sex, read_id
from shouwang.kernel.phones import Phone, read_phone
from shouwang.kernel.text import clean_name, fold, prose, squeeze
from shouwang.people.rules.ages import age_on
from shouwang.people.rules.cells import read_relation

LONGEST_NAME = 60
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a person. ``None``: nothing, so what is known stays; empty: what is known does not hold.

    ``sex`` is ``m`` or ``f``. The ID number says sex and date of birth itself.
    """

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    sex: str | None = None
    born_on: dt.date | Literal[""] | None = None
    relation: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The same, read. ``fields`` are those of a resident that change; ``identity`` and ``phone`` are False where
    nothing is told of them."""

    fields: dict[str, object]
    identity: Identity | Literal[False] | None = False
    phone: Phone | Literal[False] | None = False


def read_told(told: Told, *, today: dt.date) -> Read:
    """Raises ``Refused`` with a code that begins with the name of the field: ``name_empty``, ``id_length``, …"""
    fields: dict[str, object] = {}
    if told.name is not None:
        fields["name"] = _name(told.name)
    identity = _identity(told, today)
    phone: Phone | Literal[False] | None = False
    if told.phone is not None:
        phone = read_phone(told.phone) if fold(told.phone) else None
    fields |= _sex_and_birth(told, identity or None, today)
    if told.relation is not None:
        fields["relation"] = read_relation(told.relation)
    if told.remarks is not None:
        fields["remarks"] = prose(told.remarks)[:500]
    return Read(fields, identity, phone)


def _name(raw: str) -> str:
    name = clean_name(raw)
    if not name:
        raise Refused("name_empty", gettext_noop("Write down the name."))
    if len(name) > LONGEST_NAME:
        raise Refused(
            "name_long",
            gettext_noop("The name has %(length)s characters; %(most)s are kept. Write it shorter."),
            length=len(name),
            most=LONGEST_NAME,
        )
    return name


def _identity(told: Told, today: dt.date) -> Identity | Literal[False] | None:
    if told.id_number is None:
        return False
    return read_id(told.id_number, today=today) if squeeze(told.id_number) else None


def _sex_and_birth(told: Told, identity: Identity | None, today: dt.date) -> dict[str, object]:
    found: dict[str, object] = {}
    if told.sex is not None:
        found["sex"] = told.sex if told.sex in ("m", "f") else ""
    if told.born_on is not None:
        found["born_on"] = _birth(told.born_on, today)
    if identity and identity.sex:
        said, of_number = found.get("sex"), _letter(identity.sex)
        if said and said != of_number:
            raise Refused(
                "sex_differs",
                gettext_noop("The ID number says otherwise. Look at it again, or leave this empty."),
            )
        found["sex"] = of_number
    if identity and identity.born_on:
        if found.get("born_on") not in (None, identity.born_on):
            raise Refused(
                "born_differs",
                gettext_noop("The ID number says %(day)s. Look at it again, or leave this empty."),
                day=identity.born_on.isoformat(),
            )
        found["born_on"] = identity.born_on
    return found


def _letter(sex: Sex) -> str:
    return sex.value[0]


def _birth(day: dt.date | Literal[""], today: dt.date) -> dt.date | None:
    if day == "":
        return None
    if day > today:
        raise Refused("born_future", gettext_noop("This day has not come yet."))
    if (age_on(day, today) or 0) > OLDEST:
        raise Refused(
            "born_old", gettext_noop("Nobody is older than %(years)s years. Look at the year."), years=OLDEST
        )
    return day
