"""Passes on paper: eight cards a sheet, codes a scanner reads and the gate believes, a lost card in three clicks."""

from __future__ import annotations

import re
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from browser.people import DESK, fits, somebody
from shouwang.access.enums import Role
from shouwang.access.wall import acting

if TYPE_CHECKING:
    from gates.village import Village

COMMUNITY = 429006001023
A4, A3 = (210, 297), (297, 420)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village() -> Village:
    """Two households, and eighteen people more next door: all with passes; and one pass of each other kind."""
    from gates.village import SYSTEM, build, resident
    from shouwang.gates import actions
    from shouwang.gates.enums import PassKind
    from shouwang.places.models import Area

    there = build()
    with acting(SYSTEM):
        Area.objects.create(code=COMMUNITY, name="新城社区", level=5)
        more = [
            resident(there.neighbours[0].household, f"陈{n}") for n in "一二三四五六七八九十甲乙丙丁戊己庚辛"
        ]
        people = [*there.people, *there.neighbours, *more]
        actions.issue_passes(SYSTEM, community=COMMUNITY, resident_ids=[one.pk for one in people])
        actions.issue_pass(SYSTEM, resident_id=there.people[0].pk, kind=PassKind.EMERGENCY)
        actions.issue_vehicle_pass(SYSTEM, household_id=there.household.pk, plate="鄂R12345")
    return there


def scanned(drawing: Locator) -> str:
    """What a scanner makes of what stands on the screen."""
    found = zxingcpp.read_barcodes(Image.open(BytesIO(drawing.screenshot())))
    assert len(found) == 1
    return str(found[0].text)


def pages(page: Page) -> list[tuple[int, int]]:
    """Width and height in millimetres of each page that would come out of the printer."""
    printed = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/Type\s*/Page\b", printed)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    return [(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes]


def millimetres(thing: Locator) -> Any:
    return thing.evaluate("(e) => e.getBoundingClientRect().width / 96 * 25.4")


def test_cards_posters_and_a_lost_card(live_server: Any, browser: Browser, village: Village) -> None:
    from shouwang.access.sealed import digest
    from shouwang.gates.models import Pass
    from shouwang.gates.queries.trust import bundle
    from shouwang.gates.rules.token import verify_token
    from shouwang.kernel.door_code import read_door_code

    with somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, DESK, "office.cards") as page:
        page.goto(f"/gates/{COMMUNITY}/passes/print?compound={village.compound.pk}")
        assert page.locator(".card").count() == 23
        assert pages(page) == [A4] * 3
        drawing = page.locator(".card-qr").first
        assert millimetres(drawing) * 49 / 57 >= 25  # without the blank margin
        claims = verify_token(scanned(drawing), bundle().by_id())
        with acting(_system()):
            held = Pass.objects.get(pass_id=claims.pass_id)
        assert page.locator(".card-code").first.inner_text() == f"{held.code[:3]} {held.code[3:]}"

        page.goto(f"/gates/{COMMUNITY}/passes/doors?compound={village.compound.pk}")
        assert pages(page) == [A4]
        door = read_door_code(scanned(page.locator(".door-qr").first), digest)
        assert door == (COMMUNITY, village.household.pk)

        for way in (village.gate, village.sealed):
            for size, paper in (("a4", A4), ("a3", A3)):
                page.goto(f"/gates/gate/{way.pk}/poster?size={size}")
                assert pages(page) == [paper]

        page.add_init_script("window.print = () => { document.title = 'printed' }")
        page.goto(f"/gates/{COMMUNITY}/passes?q={held.code}")
        began = time.monotonic()
        page.click("td.first a.code")
        page.click("form[action$='/lost'] button")
        page.click("[data-print]")
        assert page.title() == "printed"
        assert time.monotonic() - began < 10
        with acting(_system()):
            new = Pass.objects.get(replaces=held)
        assert (new.code == held.code, new.valid_until) == (False, held.valid_until)
        assert verify_token(scanned(page.locator(".card-qr")), bundle().by_id()).pass_id == new.pass_id

        page.set_viewport_size({"width": 390, "height": 844})
        for path in ("", "/new", "/new?kind=supply", "/compounds", f"/print?pass={new.pk}"):
            page.goto(f"/gates/{COMMUNITY}/passes{path}")
            fits(page)


def _system() -> Any:
    from shouwang.kernel.scope import Scope

    return Scope.system(reason="browser test")
