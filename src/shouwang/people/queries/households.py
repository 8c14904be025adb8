"""Households: all of a place door by door, one of them, and everybody in it."""

from collections.abc import Iterable

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.models import Household, Resident
from shouwang.people.queries.doors import read_door
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.rows import HEAD


def household(scope: Scope, household_id: int) -> Household:
    """One household with its compound. Raises `NotFound`, `Forbidden`."""
    found = Household.objects.select_related("compound").filter(pk=household_id).first()
    if found is None:
        raise NotFound("household", household_id)
    scope.require(Permission.READ_PEOPLE, found.community)
    return found


def community_of(scope: Scope, household_id: int) -> int:
    """The community of a household. Raises `NotFound` outside the jurisdiction."""
    found = Household.objects.filter(pk=household_id).values_list("community", flat=True).first()
    if found is None:
        raise NotFound("household", household_id)
    return found


def known_households(scope: Scope, community: int, ids: Iterable[int]) -> set[int]:
    """Those of ``ids`` that are households of the community."""
    return set(Household.objects.filter(community=community, pk__in=set(ids)).values_list("id", flat=True))


def lived_in(scope: Scope, ids: Iterable[int]) -> set[int]:
    """Those of ``ids`` in which somebody lives; the others are closed: their people live elsewhere, or are gone."""
    return set(Household.objects.filter(pk__in=set(ids), active=True).values_list("id", flat=True))


def addresses_of(scope: Scope, ids: Iterable[int]) -> dict[int, str]:
    """The addresses of households, each with its compound."""
    rows = Household.objects.filter(pk__in=set(ids)).values_list("id", "compound__name", "address")
    return {
        home: address if address.startswith(compound or "") else f"{compound} {address}"
        for home, compound, address in rows
    }


def residents_of(scope: Scope, household_id: int) -> list[Resident]:
    """Everybody on record behind a door: the head first, those who moved away or died last."""
    gone = Case(When(presence__in=GONE, then=Value(1)), default=Value(0), output_field=IntegerField())
    head = Case(When(relation=HEAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(Resident.objects.filter(household=household_id).order_by(gone, head, "id"))


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


def behind_door(scope: Scope, home: Household) -> list[Household]:
    """The other households in use behind the door of ``home``."""
    rows = Household.objects.filter(
        community=home.community, compound=home.compound_id, address_key=home.address_key, active=True
    )
    return list(rows.exclude(pk=home.pk).order_by("number", "id"))


def households_at(scope: Scope, community: int, said: str, compound_id: int | None) -> list[int]:
    """The households in use behind a door, at least one. Raises ``Refused`` if nobody lives there."""
    compound, address = read_door(scope, community, said, compound_id)
    rows = Household.objects.filter(
        community=community, compound=compound, address_key=address.key, active=True
    )
    found = list(rows.order_by("id").values_list("id", flat=True))
    if not found:
        raise Refused("address_nobody", gettext_noop("No household is known behind this door."))
    return found
