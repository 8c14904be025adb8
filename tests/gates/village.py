"""A small invented village and its neighbour, for the tests of the gate."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from access.people import AREA, user_with
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import User
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction
from shouwang.gates.models import Check
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.text import initials
from shouwang.kernel.uuid7 import mint
from shouwang.people.models import Household, Resident
from shouwang.places.models import Area, Compound, Entrance

CHINA = ZoneInfo("Asia/Shanghai")
COMMUNITY, NEIGHBOUR = 429006001023, 429006001024
NOON = dt.datetime(2020, 2, 20, 12, tzinfo=CHINA)
SYSTEM = Scope.system(reason="tests")


@dataclass
class Village:
    compound: Compound
    other_compound: Compound
    gate: Entrance
    other_gate: Entrance
    sealed: Entrance
    household: Household
    people: list[Resident]
    neighbours: list[Resident]


def scope_of(role: Role, community: int = COMMUNITY, user: User | None = None) -> Scope:
    grant = GrantedRange(community, community, PERMISSIONS[role], role)
    return Scope(user.pk if user else None, str(user or role), (grant,))


def user_of(name: str) -> User:
    return User.objects.create(username=name, display_name=name)


def household(community: int, compound: Compound, door: str) -> Household:
    return Household.objects.create(
        community=community, compound=compound, address=f"{compound.name}{door}", address_key=door,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip


def resident(home: Household, name: str, **more: Any) -> Resident:
    return Resident.objects.create(
        community=home.community, household=home, name=name, initials=initials(name),
        created_at=NOON, updated_at=NOON, **more,
    )  # fmt: skip


def entrance(community: int, compound: Compound | None, name: str, status: str = "open") -> Entrance:
    return Entrance.objects.create(
        community=community, compound=compound, name=name, status=status, changed_at=NOON
    )


def build(community: int = COMMUNITY) -> Village:
    with acting(SYSTEM):
        riverside = Compound.objects.create(community=community, name="滨江苑", kind="compound")
        garden = Compound.objects.create(community=community, name="花园", kind="compound", order=1)
        home, next_door = (household(community, riverside, door) for door in ("3-2-501", "3-2-502"))
        return Village(
            riverside,
            garden,
            entrance(community, riverside, "东门"),
            entrance(community, garden, "南门"),
            entrance(community, riverside, "北门", "sealed"),
            home,
            [
                resident(home, "张伟民", phone_tail="1234", phone_mask="138****1234", id_tail="002X"),
                resident(home, "李桂芳", phone_tail="5678", phone_mask="139****5678", id_tail="0014"),
            ],
            [resident(next_door, "王小明", phone_tail="1234", phone_mask="137****1234")],
        )


def passing(
    scope: Scope, gate: Entrance, person: Resident | None = None, at: dt.datetime = NOON, **more: Any
) -> Check:
    """Somebody at a gate, in order unless ``more`` says otherwise."""
    said: dict[str, Any] = {
        "check_id": mint(at),
        "entrance_id": gate.pk,
        "resident_id": person.pk if person else None,
        "direction": Direction.OUT,
        "temperature": Decimal("36.5"),
        "masked": True,
        "made_at": at,
    }
    with acting(scope):
        return actions.record_check(scope, **(said | more))


def settle(monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village at noon; everybody got a pass ten days ago."""
    village = build()
    monkeypatch.setattr(clock, "now", lambda: NOON - dt.timedelta(days=10))
    with acting(SYSTEM):
        for code, name, level, parent in (
            (429006000000, "天门市", 3, None),
            (429006001000, "竟陵街道", 4, 429006000000),
            (COMMUNITY, "新城社区", 5, 429006001000),
        ):
            Area.objects.get_or_create(
                code=code, defaults={"name": name, "level": level, "parent_id": parent}
            )
        actions.issue_passes(
            SYSTEM, community=COMMUNITY, resident_ids=[one.pk for one in village.people + village.neighbours]
        )
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return village


def sign_in(role: Role) -> Client:
    """A browser of somebody with this role, reading English, her second factor shown."""
    client = Client(headers={"accept-language": "en"})
    user = user_with([(role, AREA[role])], username=f"test.{role}")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=user, name="test").persistent_id
    session.save()
    return client
