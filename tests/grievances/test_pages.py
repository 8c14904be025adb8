"""The mediator's list and the part of a household's page, as each role sees them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import COMMUNITY, TOWN, user_with
from screening.world import OFFICE, Home, new_id
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.grievances.actions import complain, settle_matter
from shouwang.grievances.models import Matter
from shouwang.places.models import Area

SignIn = Callable[[User], Client]


@pytest.fixture
def places(homes: list[Home]) -> list[Home]:
    for code, name, level, parent in (
        (429006000000, "天门市", 3, None),
        (TOWN, "竟陵街道", 4, 429006000000),
        (COMMUNITY, "新城社区", 5, TOWN),
    ):
        Area.objects.create(code=code, name=name, level=level, parent_id=parent)
    return homes


def complained(home: Home, text: str) -> Matter:
    return complain(
        OFFICE, community=COMMUNITY, household_id=home.id, kind="trouble", text=text, source="phone",
        source_id=new_id(),
    )  # fmt: skip


def test_a_households_page_shows_what_it_told_and_how_it_stands(sign_in: SignIn, places: list[Home]) -> None:
    home, other = places[0], places[1]
    complained(home, "楼上漏水")
    settle_matter(OFFICE, matter_id=complained(home, "垃圾堆在门口").pk, answer="已清运")
    complained(other, "别家的事")
    part = reverse("grievances:household", args=[home.id])
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    assert part in client.get(reverse("people:household", args=[home.id])).text
    text = client.get(part).text
    assert [said in text for said in ("楼上漏水", "垃圾堆在门口", "已清运", "别家的事")] == [
        True,
        True,
        True,
        False,
    ]
    assert f"?household={home.id}" in text
    for role in (Role.CALLER, Role.GATE_KEEPER):
        assert (
            "楼上漏水"
            not in sign_in(user_with([(role, COMMUNITY)], username=f"a-{role.value}")).get(part).text
        )


def test_what_is_written_down_from_its_page_is_its_own(sign_in: SignIn, places: list[Home]) -> None:
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    address = f"{reverse('grievances:enter', args=[COMMUNITY])}?household={places[0].id}"
    said = {"matter": str(new_id()), "kind": "trouble", "text": "两家吵架"}
    for _twice in range(2):
        answer = client.post(address, said)
        assert answer.headers["Location"] == reverse("people:household", args=[places[0].id])
    assert Matter.objects.get().household == places[0].id
