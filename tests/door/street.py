"""Two communities with links behind their doors, and a browser that opens them."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, new_id, scope_as, settle
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.door.actions import make_links
from shouwang.door.queries.links import cards
from shouwang.door.rules.links import Code, Token
from shouwang.places.models import Area, DutyPhone
from shouwang.screening.actions import open_round
from shouwang.screening.models import Round

NAMES = {COMMUNITY: "新城社区", ELSEWHERE: "别处社区"}


@dataclass(frozen=True, slots=True)
class Street:
    """Households of 3, 1 and 2 people here, of 2 elsewhere, each with its token and code."""

    homes: list[Home]
    other: Home
    tokens: dict[int, Token]
    codes: dict[int, Code]

    def url(self, home: Home, page: str = "") -> str:
        return f"/d/{self.tokens[home.id]}{page and '/' + page}"


def build() -> Street:
    for code, name, level, parent in (
        (429006000000, "天门市", 3, None),
        (429006001000, "竟陵街道", 4, 429006000000),
        (429006002000, "侨乡街道", 4, 429006000000),
        (COMMUNITY, NAMES[COMMUNITY], 5, 429006001000),
        (ELSEWHERE, NAMES[ELSEWHERE], 5, 429006002000),
    ):
        Area.objects.create(code=code, name=name, level=level, parent_id=parent)
    from shouwang.access import clock

    DutyPhone.objects.create(
        area_id=COMMUNITY, name="新城社区值班室", phone="0728-5230000", changed_at=clock.now()
    )
    homes, (other,) = settle([3, 1, 2]), settle([2], ELSEWHERE)
    tokens, codes = {}, {}
    for community in (COMMUNITY, ELSEWHERE):
        office = scope_as(Role.OFFICE, community)
        with acting(office):
            make_links(office, community=community)
            for household, card in cards(office, community).items():
                tokens[household], codes[household] = card.token, card.code
    return Street(homes, other, tokens, codes)


def opened() -> Round:
    with acting(OFFICE):
        return open_round(OFFICE, community=COMMUNITY)


def phone(language: str = "zh-hans") -> Client:
    """A telephone that nobody has signed in with."""
    return Client(headers={"accept-language": language})


def form(home: Home, **more: Any) -> dict[str, Any]:
    """A good report: a temperature each, and that nobody has any symptom."""
    return {"id": str(new_id()), "all": "none"} | {f"t{one}": "36.5" for one in home.people} | more


def words(response: HttpResponse) -> str:
    """What stands on a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def minted(response: HttpResponse) -> UUID:
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', response.content.decode())
    assert found
    return UUID(found[1])
