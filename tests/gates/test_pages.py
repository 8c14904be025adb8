"""The pages of the gate: what each role sees of them, and that they carry a check through."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, passing
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Check
from shouwang.kernel.uuid7 import mint

SignIn = Callable[[Role], Client]


def desk(village: Village) -> str:
    return reverse("gates:gate", args=[village.gate.pk])


def code_of(village: Village, number: int = 0) -> str:
    with acting(SYSTEM):
        return actions.issue_pass(SYSTEM, resident_id=village.people[number].pk).code


def check_id(page: str) -> str:
    found = re.search(r'name="check_id" value="([0-9a-f-]{36})"', page)
    assert found, page
    return found.group(1)


def test_a_keeper_of_one_gate_goes_straight_to_it(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        type(village.gate).objects.filter(pk=village.other_gate.pk).update(status="sealed")
    response = signed_in(Role.GATE_KEEPER).get(reverse("gates:index"))
    assert response["Location"] == desk(village)


def test_a_keeper_of_two_gates_chooses(village: Village, signed_in: SignIn) -> None:
    page = signed_in(Role.GATE_KEEPER).get(reverse("gates:index"), follow=True)
    assert "滨江苑 东门" in page.text
    assert "花园 南门" in page.text


def test_a_pass_code_leads_to_the_person_and_the_person_to_the_answer(
    village: Village, signed_in: SignIn
) -> None:
    client = signed_in(Role.GATE_KEEPER)
    card = client.get(desk(village), {"q": code_of(village)})
    assert "张伟民" in card.text
    given = {"check_id": check_id(card.text), "code": code_of(village), "q": code_of(village)}
    answer = client.post(desk(village), given | {"temperature": "36.5", "masked": "yes", "direction": "out"})
    assert answer.status_code == 200
    assert 'data-verdict="green"' in answer.text
    again = client.post(desk(village), given | {"temperature": "36.5", "masked": "yes", "direction": "out"})
    assert 'data-verdict="green"' in again.text
    with acting(SYSTEM):
        assert Check.objects.count() == 1


def test_the_second_of_a_household_is_told_when_her_turn_is(village: Village, signed_in: SignIn) -> None:
    passing(SYSTEM, village.gate, village.people[0])
    client = signed_in(Role.GATE_KEEPER)
    card = client.get(desk(village), {"q": "李桂芳"})
    assert "next turn 23 Feb" in card.text
    answer = client.post(
        desk(village),
        {
            "check_id": check_id(card.text), "resident": village.people[1].pk, "q": "李桂芳",
            "temperature": "36.5", "masked": "yes", "direction": "out",
        },
    )  # fmt: skip
    assert 'data-reason="household_was_out"' in answer.text
    assert "next turn is 23 Feb" in answer.text


def test_one_press_records_an_emergency(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    page = client.get(desk(village))
    answer = client.post(desk(village), {"check_id": check_id(page.text), "emergency": "1"})
    assert 'data-reason="emergency"' in answer.text


def test_a_fever_is_never_simply_sent_off(village: Village, signed_in: SignIn) -> None:
    answer = signed_in(Role.GATE_KEEPER).post(
        desk(village),
        {
            "check_id": mint(),
            "code": code_of(village),
            "temperature": "378",
            "masked": "yes",
            "direction": "in",
        },
    )
    assert 'data-reason="fever"' in answer.text
    assert "Wait here" in answer.text
    assert "fever clinic" in answer.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"temperature": "87"}, "Measure again"),
        ({"temperature": "hot"}, "is not a temperature"),
        ({"masked": ""}, "Say whether a mask is worn"),
        ({"direction": ""}, "Press In or Out"),
        ({"check_id": "00000000-0000-4000-8000-000000000000"}, "UUIDv7"),
    ],
    ids=lambda change: str(change)[:24],
)
def test_what_does_not_fit_comes_back_with_a_word_and_the_person(
    village: Village, signed_in: SignIn, change: dict[str, str], words: str
) -> None:
    given = {
        "check_id": str(mint()), "code": code_of(village), "temperature": "36.5", "masked": "yes", "direction": "out",
    }  # fmt: skip
    page = signed_in(Role.GATE_KEEPER).post(desk(village), given | change)
    assert page.status_code == 422
    assert words in page.text
    assert "张伟民" in page.text
    with acting(SYSTEM):
        assert not Check.objects.exists()


def test_an_unknown_code_can_be_recorded(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    card = client.get(desk(village), {"q": "KKK777"})
    assert "No pass here has the code KKK777" in card.text
    answer = client.post(
        desk(village),
        {
            "check_id": check_id(card.text),
            "code": "KKK777",
            "temperature": "36.5",
            "masked": "yes",
            "direction": "in",
        },
    )
    assert 'data-reason="stranger"' in answer.text


def test_a_keeper_sees_neither_phone_nor_number_nor_reason(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        held = actions.issue_pass(SYSTEM, resident_id=village.people[0].pk)
        actions.revoke_pass(SYSTEM, pass_id=held.pk, reason="居家隔离")
    client = signed_in(Role.GATE_KEEPER)
    passing(SYSTEM, village.gate, village.people[0])
    for query in ("张伟民", "张伟", "zwm", "1234", "002X", held.code):
        page = client.get(desk(village), {"q": query}).text.replace(query, "")
        assert "滨江苑3-2-50" in page
        for secret in ("138****1234", "1234", "002X", "居家隔离", "隔离"):
            assert secret not in page, (query, secret)
    for name in ("checks", "area"):
        page = client.get(reverse(f"gates:{name}", args=[COMMUNITY])).text
        assert "居家隔离" not in page
        assert "张伟民" not in page


def test_a_reporter_sees_what_happened_and_not_to_whom(village: Village, signed_in: SignIn) -> None:
    passing(SYSTEM, village.gate, village.people[0], temperature="37.8", remarks="去买药")
    page = signed_in(Role.REPORTER).get(reverse("gates:checks", args=[COMMUNITY])).text
    assert "37.8" in page
    for secret in ("张*", "3-2-501", "去买药"):
        assert secret not in page


def test_the_full_name_is_for_who_says_it(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    assert "张伟民" in client.get(desk(village), {"q": "张伟民"}).text
    masked = client.get(desk(village), {"q": "zwm"}).text
    assert "张*" in masked
    assert "张伟民" not in masked
    several = client.get(desk(village), {"q": "1234"}).text
    assert "张*" in several
    assert "王*" in several


def test_nobody_leafs_through_the_roster(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    assert "张*" not in client.get(desk(village), {"q": "张"}).text
    response = client.get(desk(village), {"q": "王小明", "resident": village.people[0].pk})
    assert response.status_code == 404


def test_somebody_elsewhere_does_not_exist(village: Village, signed_in: SignIn) -> None:
    other = build(NEIGHBOUR)
    client = signed_in(Role.GATE_KEEPER)
    assert client.get(reverse("gates:gate", args=[other.gate.pk])).status_code == 404
    assert client.get(reverse("gates:checks", args=[NEIGHBOUR])).status_code == 404


def test_a_refused_address_of_the_office_is_not_the_keepers(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    for name, key in (("passes", COMMUNITY), ("print", COMMUNITY), ("household", village.household.pk)):
        assert (
            client.get(reverse(f"gates:{name}", args=[key]), {"household": village.household.pk}).status_code
            == 403
        )


@pytest.mark.parametrize("role", [Role.CALLER, Role.ADMINISTRATOR])
def test_others_have_no_business_here(village: Village, signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    for name in ("area", "checks", "passes"):
        assert client.get(reverse(f"gates:{name}", args=[COMMUNITY])).status_code == 403
    assert client.get(desk(village)).status_code == 403


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.TOWN])
def test_headquarters_and_town_see_figures_from_above(
    village: Village, signed_in: SignIn, role: Role
) -> None:
    passing(SYSTEM, village.gate, village.people[0], temperature="37.8")
    page = signed_in(role).get(reverse("gates:index"), follow=True)
    assert page.status_code == 200
    assert "fever" in page.text


def test_the_list_of_a_day_is_read_by_key_and_filtered(village: Village, signed_in: SignIn) -> None:
    import datetime as dt

    for minute in range(60):
        passing(SYSTEM, village.gate, village.people[0], NOON - dt.timedelta(minutes=minute), direction="in")
    passing(SYSTEM, village.gate, village.people[1], NOON - dt.timedelta(hours=3), temperature="38.0")
    client = signed_in(Role.OFFICE)
    address = reverse("gates:checks", args=[COMMUNITY])
    first = client.get(address).text
    assert first.count("张*") == 50
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following
    second = client.get(address + following.group(1).replace("&amp;", "&")).text
    assert (second.count("张*"), second.count("李*")) == (10, 1)
    assert client.get(address, {"fever": "on"}).text.count("李*") == 1
    assert client.get(address, {"fever": "on"}).text.count("张*") == 0
    assert "No checks" in client.get(address, {"day": "2020-02-01"}).text


@pytest.mark.parametrize("people", [1, 3])
def test_pages_ask_the_database_as_often_for_many_as_for_few(
    village: Village, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object], people: int
) -> None:
    for number in range(people):
        passing(SYSTEM, village.gate, [*village.people, *village.neighbours][number], direction="in")
    client = signed_in(Role.OFFICE)
    for address, most in (
        (desk(village), 26),
        (reverse("gates:checks", args=[COMMUNITY]), 26),
        (reverse("gates:household", args=[village.household.pk]), 26),
        (reverse("gates:area", args=[COMMUNITY]), 24),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200
