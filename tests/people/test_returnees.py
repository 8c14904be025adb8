"""The register of returnees: each sighting once, joined with the one who has her number, walled and masked."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from access.people import refused
from people.town import COMMUNITY, NEIGHBOUR, id_number, scope_of, settled, sign_in
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.people import actions
from shouwang.people.enums import ReturneeSource
from shouwang.people.models import Household, Resident, Sighting
from shouwang.people.queries.numbers import checked_numbers, told_numbers

SYSTEM = Scope.system(reason="tests")
KEEPER = scope_of(Role.GATE_KEEPER)
HER_ID, HER_PHONE = id_number(4), "13871234567"
pytestmark = pytest.mark.django_db


def register(scope: Scope = KEEPER, source_id: UUID | None = None, **more: Any) -> Sighting:
    said: dict[str, Any] = {
        "community": COMMUNITY, "name": "周 敏", "origin": "武汉", "source": ReturneeSource.GATE,
        "source_id": source_id, "numbers": checked_numbers(HER_ID, HER_PHONE, today=clock.today()),
    }  # fmt: skip
    with acting(scope):
        return actions.register_returnee(scope, **(said | more))


def resident(community: int = COMMUNITY, presence: str = "present") -> Resident:
    with acting(SYSTEM):
        home = Household.objects.create(
            community=community, address="3-2-501", address_key=f"3-2-{uuid4().hex[:4]}", created_at=clock.now(),
            updated_at=clock.now(),
        )  # fmt: skip
        return Resident.objects.create(
            community=community, household=home, name="周敏", id_digest=digest(HER_ID), presence=presence,
            created_at=clock.now(), updated_at=clock.now(),
        )  # fmt: skip


def test_a_sighting_is_entered_once() -> None:
    seen = uuid4()
    first, again = register(source_id=seen), register(source_id=seen, origin="荆州")
    assert first.pk == again.pk
    assert (again.name, again.origin, again.id_tail, again.phone_mask) == (
        "周敏", "武汉", HER_ID[-4:], "138****4567",
    )  # fmt: skip
    assert register(source_id=seen, source=ReturneeSource.CALL).pk != first.pk
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="register_returnee").count() == 2


def test_she_is_joined_with_the_one_who_has_her_number() -> None:
    known = resident()
    entered = register(source_id=uuid4())
    assert (entered.resident_id, entered.household_id) == (known.pk, known.household_id)


@pytest.mark.parametrize(("community", "presence"), [(COMMUNITY, "moved"), (NEIGHBOUR, "present")])
def test_who_has_left_or_lives_elsewhere_is_not_joined(community: int, presence: str) -> None:
    resident(community, presence)
    assert register(source_id=uuid4()).resident_id is None


def test_a_number_that_cannot_be_read_joins_nobody() -> None:
    resident()
    entered = register(source_id=uuid4(), numbers=told_numbers(HER_ID[:-1], "没有", today=clock.today()))
    assert (entered.resident_id, entered.id_digest) == (None, None)
    with acting(SYSTEM):
        assert Sighting.objects.get().id_number.open() == HER_ID[:-1]  # type: ignore[union-attr]


def test_without_a_name_nobody_is_entered() -> None:
    with refused("name_empty"):
        register(name="  ")


def test_a_day_to_come_is_not_believed() -> None:
    assert register(arrived_on=clock.today() + dt.timedelta(days=1)).arrived_on is None
    assert register(arrived_on=clock.today()).arrived_on == clock.today()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.GATE_KEEPER, True),
        (Role.OFFICE, True),
        (Role.CALLER, True),
        (Role.REPORTER, False),
        (Role.TOWN, True),
    ],
)
def test_who_may_enter_one(role: Role, may: bool) -> None:
    if may:
        assert register(scope_of(role)).pk
    else:
        with pytest.raises(Forbidden):
            register(scope_of(role))


def test_the_page_shows_her_masked_and_a_look_is_on_record() -> None:
    with settled(COMMUNITY, NEIGHBOUR):
        pass
    known = resident()
    entered = register(source_id=uuid4(), arrived_on=dt.date(2020, 2, 18))
    client = sign_in(Role.OFFICE)
    listed = client.get(reverse("people:returnees", args=[COMMUNITY])).text
    assert reverse("people:returnee", args=[entered.returnee_id]) in listed
    page = client.get(reverse("people:returnee", args=[entered.returnee_id])).text
    for word in ("周敏", "武汉", "138****4567", reverse("people:household", args=[known.household_id])):
        assert word in page
    assert HER_ID not in page
    shown = client.post(reverse("people:reveal_returnee", args=[entered.pk]), {"field": "id_number"}).text
    assert HER_ID in shown
    with acting(SYSTEM):
        entry = AuditEntry.objects.get(verb="reveal")
    assert (entry.subject_kind, entry.subject_id) == ("returnee", str(entered.pk))
    assert client.get(reverse("people:returnees", args=[NEIGHBOUR])).status_code == 404


def form(**more: str) -> dict[str, str]:
    return {
        "sighting": str(uuid4()), "name": "周 敏", "origin": "武汉", "id_number": HER_ID, "phone": "",
        "source": "call", **more,
    }  # fmt: skip


def test_the_office_enters_whom_it_heard_of() -> None:
    with settled(COMMUNITY):
        pass
    client, address, said = sign_in(Role.OFFICE), reverse("people:enter_returnee", args=[COMMUNITY]), form()
    assert address in client.get(reverse("people:returnees", args=[COMMUNITY])).text
    assert "is on the register" in client.post(address, said, follow=True).text
    assert client.post(address, said).status_code == 302
    with acting(SYSTEM):
        entered = Sighting.objects.get()
    assert (entered.name, entered.source, entered.id_digest) == ("周敏", "call", digest(HER_ID))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "required"),
        ({"origin": ""}, "required"),
        ({"id_number": ""}, "one of the two finds her again"),
        ({"id_number": HER_ID[:-1]}, "id_number"),
        ({"phone": "1387123456"}, "phone"),
        ({"arrived_on": "2099-01-01"}, "not come yet"),
        ({"source": "gate"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_entered(wrong: dict[str, str], told: str) -> None:
    with settled(COMMUNITY):
        pass
    answer = sign_in(Role.OFFICE).post(reverse("people:enter_returnee", args=[COMMUNITY]), form(**wrong))
    assert answer.status_code == 422
    assert told in answer.text
    with acting(SYSTEM):
        assert not Sighting.objects.exists()


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.REPORTER])
def test_the_form_is_not_for_everybody(role: Role) -> None:
    with settled(COMMUNITY):
        pass
    assert sign_in(role).get(reverse("people:enter_returnee", args=[COMMUNITY])).status_code == 403


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.REPORTER])
def test_the_page_is_not_for_everybody(role: Role) -> None:
    with settled(COMMUNITY):
        pass
    assert sign_in(role).get(reverse("people:returnees", args=[COMMUNITY])).status_code == 403


def test_the_register_of_the_neighbours_is_behind_the_wall() -> None:
    register(source_id=uuid4())
    with acting(scope_of(Role.OFFICE, NEIGHBOUR)):
        assert not Sighting.objects.exists()
