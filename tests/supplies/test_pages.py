"""The office's page of needs, the part of a household's page, and what a town sees."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import COMMUNITY, TOWN, user_with
from screening.world import OFFICE, Home, inside, new_id, settle
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.places.models import Area
from shouwang.supplies.actions import ask
from shouwang.supplies.models import Request, Telling

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def homes() -> list[Home]:
    with inside():
        for code, name, level, parent in (
            (429006000000, "天门市", 3, None),
            (TOWN, "竟陵街道", 4, 429006000000),
            (COMMUNITY, "新城社区", 5, TOWN),
        ):
            Area.objects.create(code=code, name=name, level=level, parent_id=parent)
        return settle([3, 1, 2])


def asked(home: Home, text: str) -> Request:
    with inside():
        return ask(
            OFFICE, community=COMMUNITY, household_id=home.id, text=text, source="door", source_id=new_id()
        )


def page(client: Client, name: str, *args: int, **query: str) -> str:
    got = client.get(reverse(name, args=args), query)
    assert got.status_code == 200, got.content
    return got.content.decode()


def test_what_waits_is_taken_answered_and_found_again(sign_in: SignIn, homes: list[Home]) -> None:
    request = asked(homes[0], "大米10斤")
    asked(homes[1], "胰岛素明天就断药")
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    text = page(client, "supplies:requests", COMMUNITY)
    assert text.index("胰岛素") < text.index("大米10斤")
    assert 'class="count waiting">2' in text
    assert "大米10斤" not in page(client, "supplies:requests", COMMUNITY, urgent="1")
    headers = {"HX-Request": "true"}
    line = client.post(reverse("supplies:take", args=[request.pk]), headers=headers).content.decode()
    assert f'id="request_{request.pk}"' in line
    assert "已有人负责" in line or "taken" in line
    done = client.post(
        reverse("supplies:settle", args=[request.pk]), {"end": "done", "answer": "下午送到"}, headers=headers
    )
    assert "下午送到" in done.content.decode()
    assert "大米10斤" in page(client, "supplies:requests", COMMUNITY, state="settled")
    assert 'class="count waiting">1' in page(client, "supplies:requests", COMMUNITY)
    refused = client.post(reverse("supplies:settle", args=[request.pk]), {"end": "declined"})
    assert refused.status_code == 422


def test_a_household_asks_once_however_often_it_is_sent(sign_in: SignIn, homes: list[Home]) -> None:
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    part = page(client, "supplies:household", homes[0].id)
    assert "telling" in part
    form = {"telling": str(new_id()), "text": "要尿不湿", "source": "phone"}
    for _ in range(2):
        assert "要尿不湿" in client.post(reverse("supplies:ask", args=[homes[0].id]), form).content.decode()
    again = client.post(reverse("supplies:ask", args=[homes[0].id]), form | {"text": ""})
    assert again.status_code == 422
    with inside():
        assert (Request.objects.count(), Telling.objects.count()) == (1, 1)


def test_a_telling_is_split_off_on_the_page(sign_in: SignIn, homes: list[Home]) -> None:
    asked(homes[0], "大米")
    asked(homes[0], "要大米")
    with inside():
        telling = Telling.objects.order_by("-id")[0]
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    client.post(reverse("supplies:split_off", args=[telling.pk]))
    with inside():
        assert Request.objects.count() == 2


def test_a_town_sees_how_many_wait_where(sign_in: SignIn, homes: list[Home]) -> None:
    request = asked(homes[0], "大米10斤")
    client = sign_in(user_with([(Role.TOWN, TOWN)]))
    assert "新城社区" in page(client, "supplies:requests", TOWN)
    assert "大米10斤" in page(client, "supplies:requests", COMMUNITY)
    assert client.post(reverse("supplies:take", args=[request.pk])).status_code == 403


def test_what_was_said_is_a_part_of_the_search(sign_in: SignIn, homes: list[Home]) -> None:
    asked(homes[0], "孩子要退烧贴")
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    assert "退烧贴" in page(client, "supplies:found", COMMUNITY, q="退烧")
    assert "退烧贴" not in page(client, "supplies:found", COMMUNITY, q="奶粉")
