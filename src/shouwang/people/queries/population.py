"""How many live where."""

from dataclasses import dataclass

from django.db.models import Count, Q

from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Population, Resident
from shouwang.places.queries import compounds


@dataclass(frozen=True, slots=True)
class Figures:
    """How many. ``present`` are the residents who are here to be reached."""

    households: int = 0
    residents: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True)
class CompoundFigures:
    """A compound's share; ``compound`` is ``None`` for households of which none is known."""

    compound: int | None
    name: str
    households: int
    residents: int


def population(scope: Scope, community: int) -> Figures:
    """How many live in a community; nobody has been entered: zeros."""
    return populations(scope, community, community).get(community, Figures())


def populations(scope: Scope, first: int, last: int) -> dict[int, Figures]:
    """How many live in each community from ``first`` to ``last`` that has anybody."""
    rows = Population.objects.filter(community__range=(first, last))
    return {
        row[0]: Figures(*row[1:])
        for row in rows.values_list("community", "households", "residents", "present")
    }


def by_compound(scope: Scope, community: int) -> list[CompoundFigures]:
    """Households and residents of each compound of a community, in the compounds' order, in three statements."""
    households: dict[int | None, int] = dict(
        Household.objects.filter(community=community, active=True)
        .values_list("compound")
        .annotate(Count("id"))
        .order_by()
    )
    residents: dict[int | None, int] = dict(
        Resident.objects.filter(community=community)
        .filter(~Q(presence__in=[Presence.MOVED, Presence.DIED]))
        .values_list("household__compound")
        .annotate(Count("id"))
        .order_by()
    )
    places = [(compound.pk, compound.name) for compound in compounds(scope, community, all_of_them=True)]
    return [
        CompoundFigures(pk, name, households.get(pk, 0), residents.get(pk, 0))
        for pk, name in (*places, (None, ""))
        if households.get(pk) or residents.get(pk)
    ]
