"""A community with people in it, made through the models: the roster's own actions are tested in people."""

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident
from shouwang.places.enums import CompoundKind
from shouwang.places.models import Compound

COMMUNITY = 429006001023
ELSEWHERE = 429006002001


def scope_as(role: Role, community: int = COMMUNITY, actor: int | None = None) -> Scope:
    return Scope(actor, role.value, (GrantedRange(community, community, PERMISSIONS[role], role),))


OFFICE = scope_as(Role.OFFICE)
CALLER = scope_as(Role.CALLER)
GATE = scope_as(Role.GATE_KEEPER)
SYSTEM = Scope.system(reason="test")


def new_id() -> UUID:
    return mint(clock.now())


@dataclass(frozen=True, slots=True)
class Home:
    id: int
    people: tuple[int, ...]


def settle(sizes: Sequence[int], community: int = COMMUNITY, compound: str = "滨江美景湾") -> list[Home]:
    """Households of these sizes in one compound, five to a building, one floor each. Everybody is present."""
    now = clock.now()
    place, _ = Compound.objects.get_or_create(
        community=community, name=compound, defaults={"kind": CompoundKind.COMPOUND}
    )
    before = Household.objects.filter(community=community).count()
    homes = Household.objects.bulk_create(
        Household(
            community=community,
            compound=place,
            building=str(1 + at // 5),
            unit="1",
            room=f"{1 + at % 5}01",
            address=f"{1 + at // 5}栋1单元{1 + at % 5}01",
            address_key=f"{1 + at // 5}-1-{1 + at % 5}01",
            created_at=now,
            updated_at=now,
        )
        for at in range(before, before + len(sizes))
    )
    people = Resident.objects.bulk_create(
        Resident(
            community=community,
            household=home,
            name=f"赵{n}",
            sex="f",
            born_on=dt.date(1980, 1, 1),
            phone="13800001234" if n == 0 else None,
            phone_mask="138****1234" if n == 0 else "",
            relation="户主" if n == 0 else "",
            presence=Presence.PRESENT,
            created_at=now,
            updated_at=now,
        )
        for home, size in zip(homes, sizes, strict=True)
        for n in range(size)
    )
    by_home: dict[int, list[int]] = {home.pk: [] for home in homes}
    for person in people:
        by_home[person.household_id].append(person.pk)
    return [Home(home.pk, tuple(by_home[home.pk])) for home in homes]


def inside() -> AbstractContextManager[None]:
    """The wall opened for everything: for looking, and for making the world."""
    return acting(SYSTEM)
