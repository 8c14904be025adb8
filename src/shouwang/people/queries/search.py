"""Find people and households by what one has of them: part of a name, initials, a tail, a number, an address."""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.kernel.addresses import Address, compound_key, read_address
from shouwang.kernel.areas import Level, level_of
from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import read_id
from shouwang.kernel.phones import read_phone
from shouwang.kernel.scope import EVERYWHERE, Scope
from shouwang.kernel.text import clean_name, fold, squeeze
from shouwang.people.models import Household, Resident
from shouwang.people.queries import begins as begins
from shouwang.people.queries.lodgers import GONE
from shouwang.places.queries import compounds

LIMIT = 50
_TOWN = 1_000  # codes in a town
_TAIL = re.compile(r"\d{3}[\dX]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .'·-]*")


class How(StrEnum):
    """What the words were taken for."""

    NOTHING = "nothing"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    TAIL = "tail"
    INITIALS = "initials"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class FoundResident:
    id: int
    household: int
    community: int
    name: str
    sex: str
    born_on: dt.date | None
    relation: str
    phone_mask: str
    id_tail: str
    presence: str
    compound: str
    address: str


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    id: int
    community: int
    compound: str
    address: str
    number: str


@dataclass(frozen=True, slots=True)
class Found:
    """At most `LIMIT` of each; ``more``: there are others, so the words should be narrower."""

    how: How = How.NOTHING
    residents: list[FoundResident] = field(default_factory=list)
    households: list[FoundHousehold] = field(default_factory=list)
    more: bool = False


def search(scope: Scope, text: str, *, first: int = EVERYWHERE[0], last: int = EVERYWHERE[1]) -> Found:
    """Who and what `text` may mean in the communities from `first` to `last`, where the actor may read people.

    Raises ``Forbidden`` if she may read nobody's there.
    """
    ranges = _ranges(scope, first, last)
    inside = reduce(or_, (Q(community__range=one) for one in ranges))
    wide = sum(high - low for low, high in ranges) >= _TOWN
    text = fold(text)[:60]
    tight = squeeze(text).upper()
    if not tight:
        return Found()
    if number := _id_digest(tight):
        return _residents(How.ID_NUMBER, inside, Q(id_digest=number))
    if number := _phone_digest(tight):
        return _residents(How.PHONE, inside, Q(phone_digest=number))
    if _TAIL.fullmatch(tight):
        return _residents(How.TAIL, inside, Q(phone_tail=tight) | Q(id_tail=tight))
    if _LATIN.fullmatch(text):
        name = Q(name__begins=text) | Q(name__begins=text.title())
        return _residents(How.INITIALS, inside, Q(initials__begins=re.sub(r"\W", "", text).lower()) | name)
    if any(character.isdigit() for character in tight) or re.search(r"[一二三四五六七八九十][栋幢组]", tight):
        return _households(scope, inside, text, first, last)
    return _by_name(inside, clean_name(text), wide=wide)


def _ranges(scope: Scope, first: int, last: int) -> list[tuple[int, int]]:
    """Where, between `first` and `last`, the actor may read people. Raises `Forbidden` if nowhere."""
    granted = (
        [EVERYWHERE]
        if scope.system_reason
        else [(one.first, one.last) for one in scope.grants if Permission.READ_PEOPLE in one.permissions]
    )
    ranges = [(max(low, first), min(high, last)) for low, high in granted if low <= last and first <= high]
    if not ranges:
        scope.require(Permission.READ_PEOPLE, first, last)
    return ranges


def _id_digest(text: str) -> bytes | None:
    if len(text) < 8 or text.isalpha():
        return None
    try:
        return digest(read_id(text, today=clock.today()).key)
    except Refused:
        return None


def _phone_digest(text: str) -> bytes | None:
    if len(text) < 10 or not text[-1].isdigit():
        return None
    try:
        return digest(read_phone(text).number)
    except Refused:
        return None


def _by_name(inside: Q, name: str, *, wide: bool) -> Found:
    """Names that begin so, or go on so after their first character, by index; then those that hold it anywhere.

    The last look goes through everybody, so in more than a town it is only taken if the index knows nobody.
    """
    found = _residents(How.NAME, inside, Q(name__begins=name) | Q(given__begins=name))
    if found.more or (found.residents and wide):
        return found
    there = {resident.id for resident in found.residents}
    within = _residents(How.NAME, inside, Q(name__contains=name))
    others = [resident for resident in within.residents if resident.id not in there]
    residents = found.residents + others
    return Found(How.NAME, residents[:LIMIT], [], within.more or len(residents) > LIMIT)


def _residents(how: How, inside: Q, wanted: Q) -> Found:
    rows: QuerySet[Resident] = Resident.objects.filter(inside, wanted).exclude(presence__in=GONE)
    # Without an order the index answers with its first rows; they are put in order here.
    some = [
        FoundResident(*row[:10], row[10] or "", row[11])
        for row in rows.values_list(
            "id", "household_id", "community", "name", "sex", "born_on", "relation", "phone_mask", "id_tail",
            "presence", "household__compound__name", "household__address",
        )[: LIMIT + 1]
    ]  # fmt: skip
    shown = sorted(some[:LIMIT], key=lambda one: (one.name, one.community, one.household, one.id))
    return Found(how, shown, [], len(some) > LIMIT)


def _households(scope: Scope, inside: Q, text: str, first: int, last: int) -> Found:
    try:
        address = read_address(text)
    except Refused:
        return Found(How.ADDRESS)
    wanted = Q(address_key=address.key)
    if not address.room:
        wanted |= Q(address_key__begins=f"{address.key}-")
    if address.place:
        wanted &= _in_compound(scope, address, first, last)
    rows = Household.objects.filter(inside, wanted, active=True).order_by(
        "community", "compound", "address_key"
    )
    found = [
        FoundHousehold(row[0], row[1], row[2] or "", row[3], row[4])
        for row in rows.values_list("id", "community", "compound__name", "address", "number")[: LIMIT + 1]
    ]
    return Found(How.ADDRESS, [], found[:LIMIT], len(found) > LIMIT)


def _in_compound(scope: Scope, address: Address, first: int, last: int) -> Q:
    """The compounds that are named so. In one community by any spelling, elsewhere by the written one."""
    if first == last and level_of(first) is Level.COMMUNITY:
        key = compound_key(address.place)
        return Q(compound__in=[one.pk for one in compounds(scope, first) if key in compound_key(one.name)])
    return Q(compound__name__contains=address.compound) if address.compound else Q()
