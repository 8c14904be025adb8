"""A door on the roster: found where it is known, made where it is not."""

from dataclasses import dataclass

from shouwang.access import clock
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import squeeze
from shouwang.people.models import Household
from shouwang.people.queries.doors import read_door

_MOST_AT_A_DOOR = 99


@dataclass(frozen=True, slots=True)
class NewDoor:
    """Where somebody lives, as it is said: ``3栋2单元501``, ``3组12号``. ``number`` tells households of one door apart.

    ``compound_id``: without one, the address names it, or the community has but one or none.
    """

    address: str
    compound_id: int | None = None
    number: str = ""


def held_household(scope: Scope, household_id: int, community: int) -> Household:
    """A household of the community, held for this transaction. Raises ``NotFound``."""
    rows = Household.objects.select_for_update(no_key=True)
    found = rows.filter(pk=household_id, community=community).first()
    if found is None:
        raise NotFound("household", household_id)
    return found


def household_at(scope: Scope, community: int, door: NewDoor) -> Household:
    """The household behind a door, in use again if it was not; made if there is none. The caller holds the community's
    people. Raises ``Refused`` for an address that is not understood, or a compound nobody has entered."""
    compound, address = read_door(scope, community, door.address, door.compound_id)
    number = squeeze(door.number)[:30]
    rows = Household.objects.select_for_update(no_key=True).filter(
        community=community, compound=compound, address_key=address.key, number=number
    )
    found = rows.order_by("-active", "-id").first()
    if found is not None:
        return in_use(found)
    return make_household(
        community,
        compound,
        building=address.building,
        unit=address.unit,
        room=address.room,
        address=address.text,
        address_key=address.key,
        number=number,
    )


def beside(home: Household) -> Household:
    """One more household behind the door of ``home``, with the first number that is free there."""
    there = set(
        Household.objects.filter(
            community=home.community, compound=home.compound_id, address_key=home.address_key
        ).values_list("number", flat=True)
    )
    number = next((str(n) for n in range(2, _MOST_AT_A_DOOR) if str(n) not in there), "")
    if not number:
        raise Refused(
            "address_full",
            gettext_noop("Too many households share this door. Give this one an address of its own."),
        )
    parts = {name: getattr(home, name) for name in ("building", "unit", "room", "address", "address_key")}
    return make_household(home.community, home.compound_id, number=number, **parts)


def in_use(home: Household) -> Household:
    if not home.active:
        home.active, home.updated_at = True, clock.now()
        home.save(update_fields=["active", "updated_at"])
    return home


def make_household(community: int, compound: int | None, **fields: str) -> Household:
    now = clock.now()
    return Household.objects.create(
        community=community, compound_id=compound, created_at=now, updated_at=now, **fields
    )
