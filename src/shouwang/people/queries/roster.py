"""Who of a community's roster is to be reached, who lives behind a door, and where that door is."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident


class Member(NamedTuple):
    """A person of a household, as lists show her: no ID number, the phone masked."""

    resident_id: int
    household_id: int
    name: str
    sex: str
    born_on: dt.date | None
    relation: str
    phone_mask: str
    presence: str
    remarks: str


class Door(NamedTuple):
    """Where a household lives. ``compound_id`` is None, ``compound`` empty where no compound is known."""

    household_id: int
    compound_id: int | None
    compound: str
    compound_order: int
    building: str
    unit: str
    room: str
    address: str
    number: str
    community: int


def due_residents(
    scope: Scope, community: int, *, entered_before: dt.datetime | None = None
) -> list[tuple[int, int]]:
    """``(household, resident)`` of everybody present in a household in use, by household.

    ``entered_before``: only those who were on the roster by then.
    """
    here = Resident.objects.filter(community=community, presence=Presence.PRESENT, household__active=True)
    if entered_before is not None:
        here = here.filter(created_at__lt=entered_before)
    return list(here.order_by("household_id", "id").values_list("household_id", "id"))


class PresenceHere(NamedTuple):
    """Where somebody is entered and how. ``since`` is the first local day on which it was so, None: from the start."""

    household_id: int
    presence: str
    since: dt.date | None
    entered_at: dt.datetime
    in_use: bool
    """Whether the household is."""


def presences(
    scope: Scope, community: int, *, resident_ids: Collection[int] | None = None
) -> dict[int, PresenceHere]:
    """Of a community everybody who is not present, by resident; with ``resident_ids`` these people, present or not.

    Whoever lives in another community by now is missing.
    """
    here = Resident.objects.filter(community=community)
    here = (
        here.exclude(presence=Presence.PRESENT) if resident_ids is None else here.filter(id__in=resident_ids)
    )
    rows = here.values_list(
        "id", "household_id", "presence", "presence_since", "created_at", "household__active"
    )
    return {row[0]: PresenceHere(*row[1:]) for row in rows}


def members(scope: Scope, household_ids: Collection[int]) -> list[Member]:
    """Everybody of these households who has not moved away or died, in the order of the roster."""
    return _members(
        Resident.objects.filter(household_id__in=household_ids).exclude(
            presence__in=[Presence.MOVED, Presence.DIED]
        )
    )


def members_by_id(scope: Scope, resident_ids: Collection[int]) -> dict[int, Member]:
    """These people by id, wherever in the jurisdiction and whatever became of them."""
    return {member.resident_id: member for member in _members(Resident.objects.filter(id__in=resident_ids))}


def _members(found: QuerySet[Resident]) -> list[Member]:
    rows = found.order_by("household_id", "id").values_list(
        "id", "household_id", "name", "sex", "born_on", "relation", "phone_mask", "presence", "remarks"
    )
    return [Member(*row) for row in rows]


def doors(
    scope: Scope,
    *,
    community: int | None = None,
    household_ids: Collection[int] | None = None,
    compound_id: int | None = None,
) -> list[Door]:
    """The doors that fit, in no particular order; also of households no longer in use."""
    wanted = {"community": community, "id__in": household_ids, "compound_id": compound_id}
    rows = Household.objects.filter(
        **{name: value for name, value in wanted.items() if value is not None}
    ).values_list(
        "id",
        "compound_id",
        "compound__name",
        "compound__order",
        "building",
        "unit",
        "room",
        "address",
        "number",
        "community",
    )
    return [Door(row[0], row[1], row[2] or "", row[3] or 0, *row[4:]) for row in rows]
