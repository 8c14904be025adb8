"""Whom the gates call: set by the area's own, nearest first, shown where it is needed."""

import pytest
from django.urls import reverse

from access.people import COMMUNITY, COUNTY, TOWN, refused
from gates.village import SYSTEM, Village, scope_of, sign_in
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden
from shouwang.places import actions
from shouwang.places.models import DutyPhone
from shouwang.places.queries import duty_phones

pytestmark = pytest.mark.django_db
OFFICE = scope_of(Role.OFFICE)


@pytest.fixture
def village(monkeypatch: pytest.MonkeyPatch) -> Village:
    from gates.village import settle

    return settle(monkeypatch)


def put(area: int, name: str, phone: str) -> None:
    with acting(SYSTEM):
        actions.set_duty_phone(SYSTEM, area=area, name=name, phone=phone)


def numbers() -> list[tuple[str, str, str]]:
    with acting(OFFICE):
        return [tuple(line) for line in duty_phones(OFFICE, COMMUNITY)]


def test_the_nearest_comes_first(village: Village) -> None:
    put(COUNTY, "市指挥部", "0728-5223456")
    put(COMMUNITY, "社区值班", "138 7123 4567")
    put(TOWN, "街道值班", "12345")
    assert numbers() == [
        ("新城社区", "社区值班", "13871234567"),
        ("竟陵街道", "街道值班", "12345"),
        ("天门市", "市指挥部", "0728-5223456"),
    ]


def test_a_place_is_named_once(village: Village) -> None:
    put(COMMUNITY, "新城社区值班室", "13871234567")
    put(TOWN, "值班室", "12345")
    with acting(OFFICE):
        assert [line.called for line in duty_phones(OFFICE, COMMUNITY)] == [
            "新城社区值班室",
            "竟陵街道 值班室",
        ]


def test_without_a_number_there_is_none(village: Village) -> None:
    put(COMMUNITY, "社区值班", "13871234567")
    put(COMMUNITY, "社区值班", "")
    put(COMMUNITY, "", "")
    assert numbers() == []
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="duty_phone_set").count() == 2


def test_the_same_again_changes_nothing(village: Village) -> None:
    put(COMMUNITY, "社区值班", "13871234567")
    put(COMMUNITY, "社区值班", "13871234567")
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="duty_phone_set").count() == 1


@pytest.mark.parametrize(
    ("name", "phone", "code"),
    [
        ("社区值班", "1387123456", "phone_length"), ("社区值班", "5223456", "phone_area_code"),
        ("社区值班", "找王姐", "phone_empty"),
        ("", "13871234567", "duty_name"), ("长" * 61, "13871234567", "too_long"),
    ],
)  # fmt: skip
def test_what_nobody_can_ring_is_refused(village: Village, name: str, phone: str, code: str) -> None:
    with refused(code):
        put(COMMUNITY, name, phone)
    with acting(SYSTEM):
        assert not DutyPhone.objects.exists()


def test_another_place_is_not_hers_to_set(village: Village) -> None:
    with acting(OFFICE):
        for area in (COUNTY, TOWN, COMMUNITY + 1):
            with pytest.raises(Forbidden):
                actions.set_duty_phone(OFFICE, area=area, name="x", phone="110")


def test_the_office_sets_it_and_the_gate_shows_it(village: Village) -> None:
    client = sign_in(Role.OFFICE)
    address = reverse("places:duty_phone", args=[COMMUNITY])
    assert "would not know whom to call" in client.get(reverse("places:area", args=[COMMUNITY])).text
    wrong = client.post(address, {"name": "社区值班", "phone": "138"})
    assert wrong.status_code == 422
    assert "138" in wrong.text
    shown = client.post(address, {"name": "社区值班", "phone": "13871234567"}, follow=True).text
    assert "tel:13871234567" in shown
    for page in (
        reverse("gates:gate", args=[village.gate.pk]), reverse("gates:area", args=[COMMUNITY]), address,
    ):  # fmt: skip
        assert "13871234567" in client.get(page).text


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER])
def test_others_may_not_set_it(village: Village, role: Role) -> None:
    assert sign_in(role).get(reverse("places:duty_phone", args=[COMMUNITY])).status_code == 403
