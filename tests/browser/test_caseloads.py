"""Squares dragged onto another caseload, taken back, moved with the keyboard; a paper sheet typed back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, expect

from browser.people import DESK, PHONE, fits, somebody
from shouwang.access.enums import Role

if TYPE_CHECKING:
    from screening.world import Home

COMMUNITY = 429006001023

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def divided() -> tuple[list[Home], int, int]:
    """Ten households in two buildings, five with each of two callers, and an open round."""
    from screening.world import OFFICE, inside, settle
    from shouwang.places.models import Area
    from shouwang.screening.actions import open_round
    from shouwang.workforce import actions

    with inside():
        Area.objects.create(code=COMMUNITY, name="新城社区", level=5)
        homes = settle([2] * 10)
        one = actions.make_caseload(OFFICE, community=COMMUNITY, caller_name="王姐")
        other = actions.make_caseload(OFFICE, community=COMMUNITY, caller_name="李哥")
        for part, load in ((homes[:5], one), (homes[5:], other)):
            actions.move_households(
                OFFICE, community=COMMUNITY, household_ids=[home.id for home in part], caseload_id=load.pk
            )
        open_round(OFFICE, community=COMMUNITY)
    return homes, one.pk, other.pk


def owner(home: Home) -> int | None:
    from screening.world import OFFICE, inside
    from shouwang.workforce.queries import caseload_of

    with inside():
        found = caseload_of(OFFICE, home.id)
    return found.caseload_id if found else None


def test_dragging_and_undoing(
    live_server: Any, browser: Browser, divided: tuple[list[Home], int, int]
) -> None:
    homes, one, other = divided
    with somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, DESK, "office") as page:
        page.goto(f"/workforce/{COMMUNITY}")
        fits(page)
        square = page.locator(f"[data-household='{homes[0].id}']")
        row = page.locator(f".load-row[data-caseload='{other}']")
        with page.expect_response(re.compile("/move")):
            at, to = square.bounding_box(), row.bounding_box()
            assert at
            assert to
            page.mouse.move(at["x"] + 4, at["y"] + 4)
            page.mouse.down()
            page.mouse.move(at["x"] + 40, at["y"] + 40, steps=3)
            page.mouse.move(to["x"] + 20, to["y"] + 10, steps=5)
            page.mouse.up()
        expect(row.locator("[data-show=households]")).to_have_text("6")
        expect(square).to_have_text("2")
        assert owner(homes[0]) == other
        with page.expect_response(re.compile("/move")):
            page.keyboard.press("Control+z")
        expect(row.locator("[data-show=households]")).to_have_text("5")
        assert owner(homes[0]) == one


def test_a_building_moves_with_the_keyboard_on_a_phone(
    live_server: Any, browser: Browser, divided: tuple[list[Home], int, int]
) -> None:
    homes, _one, other = divided
    with somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, PHONE, "office") as page:
        page.goto(f"/workforce/{COMMUNITY}")
        fits(page)
        page.locator(".building-head [data-all]").first.press("Enter")
        page.select_option("[data-to]", label="2 · 李哥")
        with page.expect_response(re.compile("/move")):
            page.locator("[data-bar] [type=submit]").press("Enter")
        assert {owner(home) for home in homes} == {other}


def test_a_sheet_is_typed_back_with_the_keyboard_alone(
    live_server: Any, browser: Browser, divided: tuple[list[Home], int, int]
) -> None:
    from screening.world import inside
    from shouwang.access.sealed import digest
    from shouwang.kernel.door_code import Door, write_door_code
    from shouwang.screening.models import Attempt, Reading

    homes, one, _other = divided
    with somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, DESK, "office") as page:
        page.goto(f"/screening/caseload/{one}/sheet")
        page.locator("button[name=day]").first.click()
        number = re.search(r"sheets/(\d+)/print", page.url)
        assert number
        page.goto(f"/screening/sheets/{number.group(1)}")
        fits(page)
        page.select_option("#channel", "visit")
        page.select_option("#who", "2")
        page.fill("#time", "0001")
        page.locator("[data-one]").first.focus()
        for said in ("365", "36.6", "378+1"):
            page.keyboard.type(said)
            page.keyboard.press("Tab")
        # A scanner writes the code of the fifth door into the cell that has the focus, and ends with Enter.
        page.keyboard.type(write_door_code(Door(COMMUNITY, homes[4].id), digest))
        page.keyboard.press("Enter")
        page.keyboard.type("367")
        page.keyboard.press("Enter")
        for said in ("1", "1", "0002", "降压药"):
            page.keyboard.insert_text(said)
            page.keyboard.press("Tab")
        page.locator("[data-one]").first.focus()
        page.keyboard.press("Control+Enter")
        expect(page.locator(".typing-row.done")).to_have_count(3)
    with inside():
        told = {reading.resident: str(reading.temperature) for reading in Reading.objects.all()}
        assert told == {
            homes[0].people[0]: "36.5",
            homes[0].people[1]: "36.6",
            homes[1].people[0]: "37.8",
            homes[4].people[0]: "36.7",
        }
        assert Attempt.objects.get(household=homes[4].id).needs == "降压药"
