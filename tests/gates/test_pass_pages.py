"""The office's pages of passes: found, issued, lost, printed."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import TOWN
from gates.village import CHINA, COMMUNITY, NOON, SYSTEM, Village
from shouwang.access.enums import Role
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass, Visit
from shouwang.gates.queries.trust import bundle
from shouwang.gates.rules.token import verify_token
from shouwang.kernel.door_code import Door, write_door_code
from shouwang.kernel.uuid7 import mint

SignIn = Callable[[Role], Client]


@pytest.fixture
def office(signed_in: SignIn) -> Client:
    return signed_in(Role.OFFICE)


def page(name: str, key: int = COMMUNITY) -> str:
    return reverse(f"gates:{name}", args=[key])


def test_a_household_gets_its_passes(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        Pass.objects.all().delete()
    address = page("household", village.household.pk)
    assert address in office.get(page("new_pass"), {"q": "张伟民"}).text
    ticked = {"kind": "resident", "resident": [one.pk for one in village.people]}
    assert "2 passes are in force." in office.post(address, ticked, follow=True).text
    given = {"kind": "vehicle", "plate": "鄂r·12345"}
    assert "鄂R12345" in office.post(address, given, follow=True).text
    given = {"kind": "emergency", "resident": village.people[0].pk, "valid_days": "5"}
    shown = office.post(address, given, follow=True).text
    assert shown.count("Lost: new card") == 4
    with acting(SYSTEM):
        assert sorted(Pass.objects.values_list("kind", flat=True)) == [
            "emergency",
            "resident",
            "resident",
            "vehicle",
        ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "vehicle", "plate": "鄂R1234"}, "has 6 characters"),
        ({"kind": "vehicle", "plate": ""}, "Enter the plate"),
        ({"kind": "emergency"}, "required"),
        ({"kind": "emergency", "resident": "999999"}, "999999"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(
    village: Village, office: Client, given: dict[str, str], words: str
) -> None:
    answer = office.post(page("household", village.household.pk), given)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_lost_card_is_replaced_at_one_press(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        old = Pass.objects.get(resident=village.people[0])
    shown = office.post(reverse("gates:change", args=[old.pk, "lost"]), follow=True)
    with acting(SYSTEM):
        old.refresh_from_db()
        new = Pass.objects.get(replaces=old)
    assert old.revoke_reason == "lost"
    assert f"{new.code[:3]} {new.code[3:]}" in shown.text
    assert shown.text.count('class="card resident"') == 1
    assert "card lost" in office.get(page("pass", old.pk)).text
    again = office.post(reverse("gates:change", args=[old.pk, "lost"]))
    assert again["Location"].endswith(f"?pass={new.pk}")


def test_revoking_asks_why(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        held = Pass.objects.get(resident=village.people[0])
    revoke = reverse("gates:change", args=[held.pk, "revoke"])
    assert office.post(revoke, {"reason": ""}).status_code == 422
    shown = office.post(revoke, {"reason": "居家隔离"}, follow=True).text
    assert "The pass is no longer in force." in shown
    assert "居家隔离" in shown
    assert office.get(revoke).status_code == 405
    assert office.post(reverse("gates:change", args=[held.pk, "sell"])).status_code == 404
    assert office.get(page("print"), {"pass": held.pk}).text.count("card-cell") == 0


def test_the_list_filters_and_a_door_code_leads_home(village: Village, office: Client) -> None:
    code = write_door_code(Door(COMMUNITY, village.household.pk), digest)
    answer = office.get(page("passes"), {"q": code})
    assert answer["Location"] == page("household", village.household.pk)
    assert office.get(page("passes"), {"q": code[:-1] + "0"}).status_code == 422
    assert office.get(page("passes")).text.count("data-href") == 3
    assert "No pass fits" in office.get(page("passes"), {"kind": "vehicle"}).text
    assert "王*" in office.get(page("passes"), {"q": "王小明"}).text


def test_who_comes_from_outside_gets_a_pass(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        visit = Visit.objects.create(
            community=COMMUNITY, id=mint(NOON), entrance=1, name="陈大勇", whom="3-2-501",
            made_at=NOON, received_at=NOON,
        )  # fmt: skip
    new = page("new_pass")
    for kind, given, shown in (
        ("visitor", {"visit": str(visit.id)}, "陈*"),
        ("responder", {"name": "周敏", "agency": "市卫健局", "area": COMMUNITY}, "市卫健局"),
        ("supply", {"plate": "鄂RD12345", "firm": "中百超市", "area": COMMUNITY}, "鄂RD12345"),
    ):
        answer = office.post(f"{new}?kind={kind}", given, follow=True)
        assert "The pass is" in answer.text, kind
        assert shown in answer.text
    wrong = office.post(f"{new}?kind=supply", {"plate": "鄂RD12345", "firm": "中百", "area": TOWN})
    assert wrong.status_code == 422
    assert "陈大勇" not in office.get(page("passes")).text


def test_a_town_issues_wide_passes_alone(village: Village, signed_in: SignIn) -> None:
    town = signed_in(Role.TOWN)
    assert "kind=household" not in town.get(page("new_pass", TOWN)).text
    given = {"name": "周敏", "agency": "市卫健局", "area": TOWN}
    answer = town.post(page("new_pass", TOWN) + "?kind=responder", given, follow=True)
    assert "竟陵街道" in answer.text
    assert "周*" in town.get(page("passes", TOWN)).text


def test_a_whole_compound_is_issued_and_printed(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        Pass.objects.all().delete()
    compounds = page("compounds")
    for _ in range(2):
        answer = office.post(compounds, {"compound": village.compound.pk}, follow=True)
        assert "3 passes are in force." in answer.text
    printed = office.get(page("print"), {"compound": village.compound.pk}).text
    assert printed.count("card-cell") == 3
    assert printed.index("3-2-501 张伟民") < printed.index("3-2-502 王小明")
    doors = office.get(page("doors"), {"compound": village.compound.pk}).text
    assert doors.count('class="door-card"') == 2
    assert office.get(page("doors"), {"household": village.household.pk}).text.count('class="door-card"') == 1
    for name in ("print", "doors"):
        assert office.get(page(name)).status_code == 302


def test_a_card_carries_a_token_that_verifies_and_no_name(village: Village, office: Client) -> None:
    with acting(SYSTEM):
        held = Pass.objects.select_related("resident").get(resident=village.people[0])
        claims = verify_token(actions.sign_pass(held), bundle().by_id())
    assert (claims.pass_id, claims.kind, claims.label) == (held.pass_id, PassKind.RESIDENT, "张*")
    assert claims.expires == int(held.valid_until.timestamp()) - 1
    shown = office.get(page("print"), {"pass": held.pk}).text
    card = shown[shown.index('class="card resident"') : shown.index("card-foot")]
    assert "张*" in card
    assert "张伟民" not in card
    assert "3-2-501" not in card
    last = held.valid_until.astimezone(CHINA).date().toordinal() - 1
    assert f"Valid through {NOON.date().fromordinal(last):%Y-%m-%d}" in card


@pytest.mark.parametrize(
    ("way", "words"),
    [("gate", "In and out here"), ("sealed", "Go by 滨江苑 东门")],
)
def test_a_poster_says_whether_one_may_pass(
    village: Village, signed_in: SignIn, way: str, words: str
) -> None:
    keeper, address = signed_in(Role.GATE_KEEPER), page("poster", getattr(village, way).pk)
    shown = keeper.get(address).text
    assert words in shown
    assert "120" in shown
    assert "poster-a3" not in shown
    assert re.search(r"poster-a3\S*\.css", keeper.get(address, {"size": "a3"}).text)


def test_keepers_have_no_business_with_passes(village: Village, signed_in: SignIn) -> None:
    keeper = signed_in(Role.GATE_KEEPER)
    for name in ("passes", "new_pass", "compounds", "print", "doors"):
        assert keeper.get(page(name), {"household": village.household.pk}).status_code == 403, name


@pytest.mark.parametrize("people", [1, 3])
def test_pages_ask_as_often_for_many_as_for_few(
    village: Village, office: Client, django_assert_max_num_queries: Callable[..., object], people: int
) -> None:
    with acting(SYSTEM):
        Pass.objects.exclude(resident__in=[*village.people, *village.neighbours][:people]).delete()
    for address, most in (
        (page("passes"), 20),
        (page("compounds"), 18),
        (page("household", village.household.pk), 24),
        (page("print") + f"?compound={village.compound.pk}", 18),
        (page("doors") + f"?compound={village.compound.pk}", 18),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            assert office.get(address).status_code == 200
