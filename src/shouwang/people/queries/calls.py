"""Who is behind the doors of a call list: where people live, how they are reached, where they came from."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from shouwang.access.sealed import Sealed
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ReturneeState
from shouwang.people.models import Resident, Returnee
from shouwang.people.queries.lodgers import GONE


class SealedPhone(NamedTuple):
    """A member's number, for whoever has leave to open it."""

    resident_id: int
    household_id: int
    phone: Sealed


class CameBack(NamedTuple):
    """A returnee behind a door. ``resident_id`` is None while she is not on the roster."""

    household_id: int | None
    resident_id: int | None
    origin: str
    risk: str


def homes_of(scope: Scope, community: int, resident_ids: Iterable[int]) -> dict[int, int]:
    """Resident → household, of those of ``resident_ids`` who are on the roster of the community, whatever became of
    them."""
    rows = Resident.objects.filter(community=community, id__in=set(resident_ids))
    return dict(rows.values_list("id", "household_id"))


def phones_behind(scope: Scope, household_ids: Collection[int]) -> list[SealedPhone]:
    """The numbers of everybody of these households who has one and has not moved away or died."""
    rows = Resident.objects.filter(household__in=household_ids, phone__isnull=False).exclude(
        presence__in=GONE
    )
    found: Iterable[tuple[int, int, Any]] = rows.order_by("id").values_list("id", "household_id", "phone")
    return [SealedPhone(*row) for row in found]


def came_back(scope: Scope, household_ids: Collection[int], resident_ids: Collection[int]) -> list[CameBack]:
    """The returnees who are here, of these households or residents."""
    rows = Returnee.objects.filter(
        Q(household__in=household_ids) | Q(resident__in=resident_ids), state=ReturneeState.HERE
    )
    return [CameBack(*row) for row in rows.values_list("household_id", "resident_id", "origin", "risk")]
