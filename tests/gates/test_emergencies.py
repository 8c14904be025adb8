"""The office hears of an emergency at once, from the desk and from phones, until somebody has taken it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, passing, scope_of
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Check, EmergencyCall
from shouwang.kernel.errors import Forbidden, NotFound
from shouwang.kernel.uuid7 import mint
from sync.phone import enrolled

SignIn = Callable[[Role], Client]
KEEPER = scope_of(Role.GATE_KEEPER)
WAITING = "gates:emergencies_waiting"
pytestmark = pytest.mark.django_db


def emergency(village: Village, what: str = "产妇 120 已到") -> Check:
    with acting(KEEPER):
        return actions.record_emergency(
            KEEPER, check_id=mint(NOON), entrance_id=village.gate.pk, what=what, plate="鄂R120A1"
        )


def test_the_office_sees_it_at_once_and_until_somebody_takes_it(village: Village, signed_in: SignIn) -> None:
    office = signed_in(Role.OFFICE)
    assert "callout" not in office.get(reverse(WAITING)).text
    check = emergency(village)
    page = office.get(reverse(WAITING)).text
    for word in ("新城社区 滨江苑 东门", "12:00", "产妇 120 已到", "鄂R120A1", "I take it"):
        assert word in page
    after = office.post(
        reverse("gates:take_emergency", args=[check.id]),
        {"note": "李主任在路上"},
        headers={"hx-request": "true"},
    )
    assert "callout" not in after.text
    listed = office.get(reverse("gates:emergencies", args=[COMMUNITY])).text
    for word in ("李主任在路上", "王敏", "产妇 120 已到"):
        assert word in listed


@pytest.mark.parametrize(
    ("language", "urgent", "stranger"),
    [("en", "emergency", "not on the roster"), ("zh-hans", "紧急", "不在册")],
)
def test_where_nobody_is_named_the_lists_say_that_it_was_one(
    village: Village, signed_in: SignIn, language: str, urgent: str, stranger: str
) -> None:
    emergency(village)
    passing(KEEPER, village.gate, remarks="问路")
    office, keeper, reporter = (signed_in(role) for role in (Role.OFFICE, Role.GATE_KEEPER, Role.REPORTER))
    checks = reverse("gates:checks", args=[COMMUNITY])
    for client, address, opening in (
        (office, checks, '<td><span class="quiet">'),
        (
            keeper,
            reverse("gates:gate", args=[village.gate.pk]),
            '<span class="gate-who"><span class="quiet">',
        ),
        (reporter, checks, "<td>"),
    ):
        page = client.get(address, headers={"accept-language": language}).text
        for word in (urgent, stranger):
            assert page.count(f"{opening}{word}<") == 1


def test_every_page_of_the_desk_asks_for_it(village: Village, signed_in: SignIn) -> None:
    office = signed_in(Role.OFFICE)
    for name, args in (
        ("reporting:today", [COMMUNITY]),
        ("people:index", [COMMUNITY]),
        ("access:account", []),
    ):
        assert reverse(WAITING) in office.get(reverse(name, args=args)).text
    assert reverse(WAITING) not in signed_in(Role.ADMINISTRATOR).get(reverse("access:account")).text


def test_it_is_told_once_however_often_it_is_sent(village: Village) -> None:
    check = emergency(village)
    with acting(KEEPER):
        actions.record_emergency(
            KEEPER, check_id=check.id, entrance_id=village.gate.pk, what="产妇 120 已到", plate="鄂R120A1"
        )
        actions.tell_office(KEEPER, [check])
    with acting(SYSTEM):
        assert EmergencyCall.objects.count() == 1


def test_a_phone_tells_it_too(village: Village, signed_in: SignIn) -> None:
    phone = enrolled()
    said = {
        "entrance": village.gate.pk,
        "direction": "out",
        "emergency": True,
        "verdict": "green",
        "reason": "emergency",
    }
    record = phone.note(kind="check", body=said)
    assert phone.outcomes([record]) == ["stored"]
    assert phone.outcomes([record]) == ["duplicate"]
    assert signed_in(Role.OFFICE).get(reverse(WAITING)).text.count("Emergency at the gate") == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_said_afterwards_makes_no_second_call(
    village: Village, signed_in: SignIn, at_once: bool
) -> None:
    """The keeper presses, then says what it is, then the plate: three records, one emergency."""
    phone = enrolled()
    first = {
        "entrance": village.gate.pk, "direction": "in", "emergency": True, "verdict": "green", "reason": "emergency",
    }  # fmt: skip
    pressed = phone.note(kind="check", body=first)
    what = phone.note(kind="check", body=first | {"remarks": "临产", "corrects": pressed["id"]})
    plate = phone.note(
        kind="check", body=first | {"remarks": "临产", "plate": "鄂R12120", "corrects": what["id"]}
    )
    for batch in [[pressed, what, plate]] if at_once else [[pressed], [what], [plate], [pressed]]:
        phone.outcomes(batch)
    page = signed_in(Role.OFFICE).get(reverse(WAITING)).text
    assert page.count("Emergency at the gate") == 1
    assert "临产" in page
    assert "鄂R12120" in page
    with acting(SYSTEM):
        assert str(EmergencyCall.objects.get().check_id) == pressed["id"]


def test_who_took_it_first_stays(village: Village) -> None:
    check, office, town = emergency(village), scope_of(Role.OFFICE), scope_of(Role.TOWN)
    with acting(office):
        actions.take_emergency(office, check_id=check.id, note="第一个")
    with acting(town):
        call = actions.take_emergency(town, check_id=check.id, note="第二个")
    assert call.note == "第一个"
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="take_emergency").count() == 1


def test_a_keeper_sees_that_it_was_told_and_cannot_take_it(village: Village, signed_in: SignIn) -> None:
    check, keeper = emergency(village), signed_in(Role.GATE_KEEPER)
    page = keeper.get(reverse(WAITING)).text
    assert "nobody has taken it yet" in page
    assert "I take it" not in page
    assert keeper.post(reverse("gates:take_emergency", args=[check.id])).status_code == 403
    with acting(KEEPER), pytest.raises(Forbidden):
        actions.take_emergency(KEEPER, check_id=check.id)


def test_town_and_city_are_told_when_nobody_takes_it(
    village: Village, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    emergency(village)
    town, city = signed_in(Role.TOWN), signed_in(Role.HEADQUARTERS)
    for above in (town, city):
        assert "callout" not in above.get(reverse(WAITING)).text
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=6))
    for above in (town, city):
        assert "滨江苑 东门" in above.get(reverse(WAITING)).text
    for code in (429006001000, 429006000000):
        page = city.get(reverse("reporting:today", args=[code])).text
        assert "Emergencies nobody has taken" in page
        assert city.get(reverse("gates:emergencies", args=[code])).status_code == 200


def test_the_neighbours_hear_nothing_of_it(village: Village, signed_in: SignIn) -> None:
    build(NEIGHBOUR)
    check, neighbour = emergency(village), scope_of(Role.OFFICE, NEIGHBOUR)
    with acting(neighbour):
        assert not EmergencyCall.objects.exists()
        with pytest.raises(NotFound):
            actions.take_emergency(neighbour, check_id=check.id)


def test_many_wait_and_three_are_shown(village: Village, signed_in: SignIn) -> None:
    for number in range(5):
        emergency(village, f"第{number}次")
    page = signed_in(Role.OFFICE).get(reverse(WAITING)).text
    assert page.count("Emergency at the gate") == 3
    assert "2 more emergencies wait" in page


def test_a_note_too_long_takes_nothing(village: Village, signed_in: SignIn) -> None:
    check, office = emergency(village), signed_in(Role.OFFICE)
    assert (
        office.post(reverse("gates:take_emergency", args=[check.id]), {"note": "长" * 201}).status_code == 422
    )
    assert "I take it" in office.get(reverse(WAITING)).text
