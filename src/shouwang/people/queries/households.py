"""A household with everybody in it, and how many live where."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Population, Resident
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.rows import HEAD
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


def household(scope: Scope, household_id: int) -> Household:
    """One household with its compound. Raises `NotFound`, `Forbidden`."""
    found = Household.objects.select_related("compound").filter(pk=household_id).first()
    if found is None:
        raise NotFound("household", household_id)
    scope.require(Permission.READ_PEOPLE, found.community)
    return found


def residents_of(scope: Scope, household_id: int) -> list[Resident]:
    """Everybody on record behind a door: the head first, those who moved away or died last."""
    gone = Case(When(presence__in=GONE, then=Value(1)), default=Value(0), output_field=IntegerField())
    head = Case(When(relation=HEAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(Resident.objects.filter(household=household_id).order_by(gone, head, "id"))


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


def doors(scope: Scope, community: int, *, compound: int | None = None) -> QuerySet[Household]:
    """The households in use of a community, or of one of its compounds, in the order of their doors.

    Each with ``members``, how many live there, and ``compound_name``.
    """
    scope.require(Permission.READ_PEOPLE, community)
    found = Household.objects.filter(community=community, active=True)
    if compound is not None:
        found = found.filter(compound=compound)
    living = Count("residents", filter=~Q(residents__presence__in=GONE))
    return found.annotate(members=living, compound_name=F("compound__name")).order_by(
        "compound__order", Length("building"), "building", "unit", Length("room"), "room", "number", "id"
    )
