"""Whose household it is. These are asked for whole communities by every round: two reads, no history."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.workforce.models import Assignment, Caseload

CARRIED = Q(caller__isnull=False) | ~Q(caller_name="")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who reaches a household. ``caller_id`` is the account, None for a volunteer who has only a name."""

    caseload_id: int
    name: str
    caller_id: int | None
    caller_name: str

    @property
    def carried(self) -> bool:
        """Whether anybody does."""
        return self.caller_id is not None or bool(self.caller_name)


@dataclass(frozen=True, slots=True)
class CaseloadHere:
    """A caseload in use with how many households are in it."""

    id: int
    community: int
    name: str
    order: int
    caller_id: int | None
    caller_name: str
    households: int
    fixed: int

    @property
    def carried(self) -> bool:
        return self.caller_id is not None or bool(self.caller_name)


_WHO = Coalesce(NullIf(F("caller__display_name"), Value("")), F("caller__username"), F("caller_name"))


def owners(scope: Scope, community: int) -> dict[int, Owner]:
    """The owner of every household of the community that has one.

    A household that is missing here is *unassigned*: in no caseload, or in one that nobody carries.
    """
    here = {
        row[0]: Owner(*row)
        for row in Caseload.objects.filter(CARRIED, community=community, active=True)
        .annotate(who=_WHO)
        .values_list("id", "name", "caller_id", "who")
    }
    rows = Assignment.objects.filter(community=community).values_list("household", "caseload_id")
    return {household: here[caseload] for household, caseload in rows if caseload in here}


def caseload_of(scope: Scope, household_id: int) -> Owner | None:
    """The owner of one household; None: it is unassigned."""
    found = (
        Assignment.objects.filter(household=household_id, caseload__active=True)
        .values_list("caseload_id", flat=True)
        .first()
    )
    if found is None:
        return None
    here = caseload(scope, found)
    return Owner(here.id, here.name, here.caller_id, here.caller_name) if here.carried else None


def caseloads_holding(scope: Scope, household_ids: Iterable[int]) -> dict[int, int]:
    """Household → its caseload, of those of ``household_ids`` that are in one, carried or not."""
    rows = Assignment.objects.filter(household__in=set(household_ids), caseload__active=True)
    return dict(rows.values_list("household", "caseload"))


def caseloads(scope: Scope, community: int) -> list[CaseloadHere]:
    """The caseloads in use, in their order, carried by somebody or not."""
    return _here(Caseload.objects.filter(community=community, active=True))


def caseload(scope: Scope, caseload_id: int) -> CaseloadHere:
    """One caseload, in use or not. Raises ``NotFound`` outside the jurisdiction."""
    for found in _here(Caseload.objects.filter(pk=caseload_id)):
        return found
    raise NotFound("caseload", caseload_id)


def caseloads_of_caller(scope: Scope, user_id: int) -> list[CaseloadHere]:
    """The caseloads that an account carries."""
    return _here(Caseload.objects.filter(caller=user_id, active=True))


def households_of(scope: Scope, caseload_id: int) -> list[int]:
    """The households of a caseload, by id; the way one walks is ``rules.plane``'s."""
    return list(
        Assignment.objects.filter(caseload=caseload_id)
        .order_by("household")
        .values_list("household", flat=True)
    )


def assigned(scope: Scope, community: int) -> dict[int, tuple[int, bool]]:
    """Household → (caseload, whether a person fixed it there), carried or not."""
    rows = Assignment.objects.filter(community=community, caseload__active=True)
    return {
        home: (load, fixed) for home, load, fixed in rows.values_list("household", "caseload_id", "fixed")
    }


def _here(found: "QuerySet[Caseload]") -> list[CaseloadHere]:
    rows: Iterable[tuple[int, int, str, int, int | None, str, int, int]] = (
        found.annotate(
            who=_WHO,
            homes=Count("assignments"),
            held=Count("assignments", filter=Q(assignments__fixed=True)),
        )
        .order_by("order", "id")
        .values_list("id", "community", "name", "order", "caller_id", "who", "homes", "held")
    )
    return [CaseloadHere(*row) for row in rows]


def division_counts(scope: Scope, first: int, last: int) -> dict[int, tuple[int, int]]:
    """Community → how many caseloads are in use, and how many households have an owner."""
    rows = (
        Caseload.objects.filter(community__range=(first, last), active=True)
        .values_list("community")
        .annotate(loads=Count("id", distinct=True), carried=Count("assignments", filter=CARRIED))
        .order_by()
    )
    return {community: (loads, carried) for community, loads, carried in rows}
