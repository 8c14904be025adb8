"""Residents as a gate sees them: where they live and whether they are on the roster. No number, no phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from shouwang.kernel.addresses import compound_key, read_address
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, squeeze
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident

GONE = (Presence.MOVED, Presence.DIED)
TAIL = 4


@dataclass(frozen=True, slots=True)
class Lodger:
    """A resident with her door. ``compound`` is ``None`` where none is known."""

    id: int
    community: int
    household: int
    compound: int | None
    compound_name: str
    name: str
    address: str
    presence: str

    @property
    def door(self) -> str:
        """The address with its compound, for those who stand elsewhere."""
        return (
            self.address
            if self.address.startswith(self.compound_name)
            else f"{self.compound_name} {self.address}"
        )

    @property
    def on_roster(self) -> bool:
        return self.presence not in GONE


def lodgers(scope: Scope, *, ids: Iterable[int]) -> list[Lodger]:
    """The residents with these ids, as far as they lie within the jurisdiction; also those who are gone."""
    return _lodgers(Resident.objects.filter(id__in=set(ids)))


def lodgers_of(scope: Scope, *, household: int) -> list[Lodger]:
    """Everybody on the roster behind one door."""
    return _lodgers(Resident.objects.filter(household=household).exclude(presence__in=GONE))


def lodgers_in(scope: Scope, community: int, *, compound: int) -> list[Lodger]:
    """Everybody on the roster of a compound."""
    rows = Resident.objects.filter(community=community, household__compound=compound)
    return _lodgers(rows.exclude(presence__in=GONE))


def people_of_compounds(scope: Scope, community: int) -> list[tuple[int, str, int]]:
    """Each compound of a community with its name and how many people are on its roster, in its order."""
    rows = Resident.objects.filter(community=community, household__compound__isnull=False)
    counted = rows.exclude(presence__in=GONE).values_list("household__compound", "household__compound__name")
    return list(
        counted.annotate(Count("id")).order_by("household__compound__order", "household__compound__name")
    )


def find_lodgers(
    scope: Scope, community: int, wanted: str, *, near: int | None = None, limit: int = 8
) -> list[Lodger]:
    """Who may be meant by ``wanted``: the beginning of a name or of its pinyin initials, or the last four characters of
    the phone or the ID number. Those of the compound ``near`` come first.

    Fewer than two characters find nobody: a gate is no place to leaf through the roster.
    """
    text = squeeze(wanted)
    if len(text) < 2:
        return []
    if len(text) == TAIL and text[:-1].isdigit() and text[-1].upper() in "0123456789X":
        match = Q(phone_tail=text) | Q(id_tail=text.upper())
    elif text.isascii() and text.isalpha():
        match = Q(initials__startswith=text.lower()) | Q(name__istartswith=text)
    else:
        match = Q(name__startswith=clean_name(wanted))
    rows = Resident.objects.filter(match, community=community).exclude(presence__in=GONE)
    if near is not None:
        rows = rows.annotate(elsewhere=Case(When(household__compound=near, then=0), default=1))
        return _lodgers(rows.order_by("elsewhere", "name", "id")[:limit])
    return _lodgers(rows.order_by("name", "id")[:limit])


def home_said(scope: Scope, community: int, said: str) -> int | None:
    """The one household that ``said``, a name in full or a door, can mean; ``None`` if none or several can be meant."""
    name = clean_name(said)
    if len(name) < 2:
        return None
    homes = set(
        Resident.objects.filter(community=community, name=name)
        .exclude(presence__in=GONE)
        .values_list("household_id", flat=True)[:2]
    )
    if not homes:
        try:
            address = read_address(said)
        except Refused:
            return None
        doors = Household.objects.filter(
            community=community, active=True, address_key=address.key
        ).values_list("id", "compound__name")
        place = compound_key(address.place)
        homes = {home for home, compound in doors if not place or place in compound_key(compound or "")}
    return homes.pop() if len(homes) == 1 else None


def _lodgers(rows: QuerySet[Resident]) -> list[Lodger]:
    if not rows.query.order_by:
        rows = rows.order_by("id")
    return [
        Lodger(*row[:4], row[4] or "", *row[5:])
        for row in rows.values_list(
            "id",
            "community",
            "household_id",
            "household__compound_id",
            "household__compound__name",
            "name",
            "household__address",
            "presence",
        )
    ]
