"""What stands in a community: compounds, buildings, ways in."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.places.enums import EntranceStatus
from shouwang.places.models import Building, Compound, Entrance, EntranceChange


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures of what stands in a community or, summed, in any area."""

    compounds: int = 0
    buildings: int = 0
    open: int = 0
    sealed: int = 0
    emergency: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.compounds + other.compounds,
            self.buildings + other.buildings,
            self.open + other.open,
            self.sealed + other.sealed,
            self.emergency + other.emergency,
        )

    @property
    def entrances(self) -> int:
        return self.open + self.sealed + self.emergency


def compounds(scope: Scope, community: int, *, all_of_them: bool = False) -> list[Compound]:
    """The compounds or groups of a community in their order, with ``building_count``; the disused on request."""
    found = Compound.objects.filter(community=community).annotate(building_count=Count("buildings"))
    return list(found if all_of_them else found.filter(active=True))


def compound(scope: Scope, compound_id: int) -> Compound:
    """One compound. Raises `NotFound`."""
    found = Compound.objects.filter(pk=compound_id).first()
    if found is None:
        raise NotFound("compound", compound_id)
    return found


def buildings(scope: Scope, compound_id: int) -> list[Building]:
    """The buildings of a compound in their order."""
    return list(Building.objects.filter(compound=compound_id))


def entrances(scope: Scope, community: int) -> list[Entrance]:
    """All ways in of a community, with their compounds; the gate of a whole village first."""
    return list(
        Entrance.objects.filter(community=community)
        .select_related("compound", "changed_by")
        .order_by(F("compound__order").asc(nulls_first=True), "compound__name", "order", "name")
    )


def ways(scope: Scope, communities: Iterable[int]) -> list[tuple[int, int, int | None, str]]:
    """Id, community, compound and status of all ways in of these communities, in one statement."""
    rows = Entrance.objects.filter(community__in=list(communities)).order_by()
    return list(rows.values_list("id", "community", "compound_id", "status"))


def gates_of(scope: Scope, community: int) -> list[Entrance]:
    """The open entrances of a community: those that are kept."""
    return [way for way in entrances(scope, community) if way.status == EntranceStatus.OPEN]


def entrance(scope: Scope, entrance_id: int) -> Entrance:
    """One way in, with its compound. Raises `NotFound`."""
    found = Entrance.objects.select_related("compound", "changed_by").filter(pk=entrance_id).first()
    if found is None:
        raise NotFound("entrance", entrance_id)
    return found


def history(scope: Scope, entrance_id: int) -> list[EntranceChange]:
    """What happened to an entrance, the latest first, with who did it."""
    return list(EntranceChange.objects.filter(entrance=entrance_id).select_related("changed_by"))


def standing(scope: Scope, first: int, last: int) -> dict[int, Standing]:
    """What stands in each community from ``first`` to ``last`` that has anything, in three statements."""
    inside = {"community__range": (first, last)}
    houses = Counter(
        dict(
            Compound.objects.filter(active=True, **inside)
            .values_list("community")
            .annotate(Count("id"))
            .order_by()
        )
    )
    blocks = Counter(
        dict(Building.objects.filter(**inside).values_list("community").annotate(Count("id")).order_by())
    )
    ways: dict[int, dict[str, int]] = {}
    counted = (
        Entrance.objects.filter(**inside).values_list("community", "status").annotate(Count("id")).order_by()
    )
    for community, status, number in counted:
        ways.setdefault(community, {})[status] = number
    return {
        code: Standing(houses[code], blocks[code], **ways.get(code, {}))
        for code in sorted(houses.keys() | blocks.keys() | ways.keys())
    }


def statuses_at(scope: Scope, first: int, last: int, *, moment: dt.datetime) -> dict[int, Counter[str]]:
    """How many entrances of each community were in which status at a past moment.

    What has not been changed since stands as it does now; of the others, their histories tell.
    """
    inside = {"community__range": (first, last)}
    found: dict[int, Counter[str]] = {}
    steady = Entrance.objects.filter(changed_at__lt=moment, **inside).order_by()
    for community, status, number in steady.values_list("community", "status").annotate(Count("id")):
        found.setdefault(community, Counter())[status] += number
    before = (
        EntranceChange.objects.filter(changed_at__lt=moment, entrance__changed_at__gte=moment, **inside)
        .order_by("entrance_id", "-changed_at", "-id")
        .distinct("entrance_id")
    )
    for community, status in before.values_list("community", "after"):
        found.setdefault(community, Counter())[status] += 1
    return found
