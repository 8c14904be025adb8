"""The gate desk with a hand scanner, which types what it reads; and whom the answer says to call."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, passing
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, PassKind, Reason
from shouwang.gates.models import Check, Pass
from shouwang.kernel.uuid7 import mint
from shouwang.places.actions import set_duty_phone

SignIn = Callable[[Role], Client]
CITY, TOWN = 429006000000, 429006001000


@pytest.fixture
def keeper(signed_in: SignIn) -> Client:
    return signed_in(Role.GATE_KEEPER)


def look(client: Client, village: Village, typed: str) -> str:
    page = client.get(reverse("gates:gate", args=[village.gate.pk]), {"q": typed})
    assert page.status_code == 200
    return page.text


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page)
    assert found, name
    return found[1] or ""


def record(client: Client, village: Village, page: str, **more: str) -> HttpResponse:
    given = {name: hidden(page, name) for name in ("check_id", "code", "token", "resident", "q")}
    given |= {"temperature": "36.5", "masked": "yes", "direction": "out"} | more
    return client.post(reverse("gates:gate", args=[village.gate.pk]), given)


def last() -> Check:
    with acting(SYSTEM):
        return Check.objects.latest("received_at")


def token_of(number: int, village: Village) -> str:
    with acting(SYSTEM):
        return actions.sign_pass(Pass.objects.get(resident=village.people[number]))


def test_a_residents_pass_leads_to_the_person(village: Village, keeper: Client) -> None:
    page = look(keeper, village, token_of(0, village))
    assert "张伟民" in page
    answer = record(keeper, village, page)
    assert 'data-verdict="green"' in answer.content.decode()
    assert (last().resident, last().pass_kind) == (village.people[0].pk, "resident")
    with acting(SYSTEM):
        assert last().pass_id == Pass.objects.get(resident=village.people[0]).pass_id


def test_a_pass_of_the_town_is_good_though_its_register_is_elsewhere(
    village: Village, keeper: Client
) -> None:
    with acting(SYSTEM):
        issued = actions.issue_responder_pass(SYSTEM, area=TOWN, name="赵敏", agency="街道办")
        token = actions.sign_pass(issued)
    page = look(keeper, village, token)
    assert "Responder" in page
    assert "赵*" in page
    assert "赵敏" not in page
    assert 'data-reason="ok"' in record(keeper, village, page, direction="in").content.decode()
    assert (last().pass_id, last().pass_kind) == (issued.pass_id, PassKind.RESPONDER)


@pytest.mark.parametrize("way", ["code", "token"])
@pytest.mark.parametrize("area", [TOWN, CITY])
def test_a_pass_from_above_is_judged_by_its_register(
    village: Village, keeper: Client, way: str, area: int
) -> None:
    with acting(SYSTEM):
        issued = actions.issue_supply_pass(SYSTEM, area=area, plate="鄂RD12345", firm="中百超市")
        typed = issued.code if way == "code" else actions.sign_pass(issued)
    page = look(keeper, village, typed)
    assert "12345" in page
    assert "中百超市" not in page
    assert 'data-reason="ok"' in record(keeper, village, page, direction="in").text
    assert (last().pass_id, last().pass_number) == (issued.pass_id, issued.pk)
    with acting(SYSTEM):
        actions.revoke_pass(SYSTEM, pass_id=issued.pk, reason="stolen")
    page = look(keeper, village, typed)
    assert "stolen" not in page
    assert 'data-reason="pass_revoked"' in record(keeper, village, page, direction="in").text


@pytest.mark.parametrize("kind", ["neighbour", "other town"])
def test_the_wall_stays_for_all_other_passes(village: Village, keeper: Client, kind: str) -> None:
    """A neighbour's pass, and one of another town, are found by no code."""
    with acting(SYSTEM):
        if kind == "neighbour":
            issued = actions.issue_responder_pass(SYSTEM, area=NEIGHBOUR, name="赵敏", agency="居委会")
        else:
            issued = actions.issue_responder_pass(SYSTEM, area=TOWN + 1000, name="赵敏", agency="街道办")
    page = look(keeper, village, issued.code)
    assert "赵*" not in page
    assert 'data-reason="stranger"' in record(keeper, village, page, direction="in").text


def test_a_vehicle_is_found_by_its_code_and_its_driver_keeps_her_turn(
    village: Village, keeper: Client
) -> None:
    with acting(SYSTEM):
        issued = actions.issue_vehicle_pass(SYSTEM, household_id=village.household.pk, plate="鄂R12345")
    page = look(keeper, village, issued.code)
    assert "12345" in page
    assert 'name="temperature"' not in page
    answer = record(keeper, village, page, temperature="", masked="", vehicle="1").content.decode()
    assert 'data-reason="occupants"' in answer
    assert passing(SYSTEM, village.gate, village.people[0]).reason == Reason.OK


@pytest.mark.parametrize(
    ("spoil", "reason", "says"),
    [
        (lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"), "forged", "was not issued by us"),
        (lambda token: token[:-30], "damaged", "cannot be read"),
        (lambda token: "SW1:" + "A" * 500, "not_a_pass", "not a pass"),
    ],
)
def test_what_is_no_pass_says_what_to_do_and_is_kept(
    village: Village, keeper: Client, spoil: Callable[[str], str], reason: str, says: str
) -> None:
    page = look(keeper, village, spoil(token_of(0, village)))
    assert says in page
    answer = record(keeper, village, page).content.decode()
    assert f'data-reason="{reason}"' in answer
    assert (last().reason, last().pass_id, last().resident) == (reason, None, None)


def test_a_form_with_a_mistake_keeps_the_pass(village: Village, keeper: Client) -> None:
    page = look(keeper, village, token_of(0, village)[:-30])
    again = record(keeper, village, page, temperature="3.65")
    assert again.status_code == 422
    assert "cannot be read" in again.content.decode()
    assert hidden(again.content.decode(), "token")


def test_quarantine_is_stopped_and_the_office_is_one_press_away(village: Village, keeper: Client) -> None:
    with acting(SYSTEM):
        actions.set_hold(SYSTEM, household_id=village.household.pk, until=NOON.date() + dt.timedelta(3))
        set_duty_phone(SYSTEM, area=COMMUNITY, name="社区值班", phone="0728-5221234")
        set_duty_phone(SYSTEM, area=TOWN, name="街道值班", phone="0728-5225678")
    page = look(keeper, village, token_of(0, village))
    answer = record(keeper, village, page).content.decode()
    assert 'data-reason="quarantine"' in answer
    assert "may go out again from 23 Feb" in answer
    verdict = answer[answer.index("gate-answer") : answer.index("gate-whom")]
    calls = re.findall(r'href="tel:([^"]+)"', verdict)
    assert calls == ["0728-5221234", "0728-5225678"]
    home = record(keeper, village, look(keeper, village, token_of(1, village)), direction="in")
    assert 'data-reason="quarantine_home"' in home.content.decode()


def test_a_pass_in_order_calls_nobody(village: Village, keeper: Client) -> None:
    with acting(SYSTEM):
        set_duty_phone(SYSTEM, area=COMMUNITY, name="社区值班", phone="0728-5221234")
    answer = record(keeper, village, look(keeper, village, token_of(0, village))).content.decode()
    verdict = answer[answer.index("gate-answer") : answer.index("gate-whom")]
    assert "tel:" not in verdict


def test_a_registered_visitor_is_let_in_once_the_office_agrees(village: Village) -> None:
    def checked(direction: Direction) -> Reason:
        made = actions.CheckMade(
            mint(NOON), village.gate.pk, direction, temperature=Decimal("36.5"), masked=True, visit=mint(NOON)
        )
        with acting(SYSTEM):
            kept = actions.record_checks(SYSTEM, community=COMMUNITY, checks=[made])[0]
        assert kept.visit == made.visit
        return Reason(kept.reason)

    assert checked(Direction.IN) is Reason.VISITOR
    assert checked(Direction.OUT) is Reason.LEAVING
