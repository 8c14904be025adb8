"""The office gives a caller her phone; what she rings shows on the board, what the office does on the phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.caller_phone import Caller
from browser.field_phone import phones, settle, until
from browser.people import DESK, fits, somebody
from browser.people import until as wait_until
from screening.world import COMMUNITY, OFFICE, Home, inside
from screening.world import settle as people_move_in
from shouwang.access.enums import Role
from shouwang.screening.actions import open_round
from shouwang.workforce.actions import make_caseload, move_households

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def homes(transactional_db: None) -> list[Home]:
    """Ten households, seven with one caller and three with another."""
    settle()
    with inside():
        made = people_move_in([1 + number % 3 for number in range(10)])
        for name, part in (("李红", made[:7]), ("王强", made[7:])):
            load = make_caseload(OFFICE, community=COMMUNITY, caller_name=name)
            move_households(
                OFFICE, community=COMMUNITY, household_ids=[home.id for home in part], caseload_id=load.pk
            )
        open_round(OFFICE, community=COMMUNITY)
    return made


def choose_caseload(page: Page, dialog: str, caller: str) -> None:
    value = page.locator(f"{dialog} [name=caseload] option", has_text=caller).get_attribute("value")
    page.select_option(f"{dialog} [name=caseload]", value)
    page.click(f"{dialog} .btn-primary")


def code_for(office: Page, caller: str) -> str:
    """What the office's screen shows for a phone of ``caller``."""
    office.goto(f"/gates/{COMMUNITY}/devices")
    fits(office)
    office.click("[data-dialog=invite]")
    office.fill("#id_name", f"{caller}的手机")
    choose_caseload(office, "#invite", caller)
    return office.inner_text(".invite-typed")


def asks_again(caller: Caller) -> None:
    caller.page.evaluate("document.getElementById('app').app.refresh()")


def test_from_the_code_on_the_screen_to_the_square_that_turns_green(
    browser: Browser, live_server: LiveServer, tmp_path: Path, homes: list[Home]
) -> None:
    with (
        somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, DESK, "office") as office,
        phones(browser, live_server.url, tmp_path) as make,
    ):
        phone = make()
        phone.enrol(code_for(office, "李红"))
        wait_until(office, ".callout.good", seconds=20)
        phone.page.fill("[name=keeper]", "李红")
        phone.page.click("form button.primary")
        phone.page.wait_for_selector("a[href='#/calls']", timeout=20_000)
        caller = Caller(phone)
        caller.to_the_list()
        fits(caller.page)
        assert caller.figures() == (0, 7)
        assert sorted(caller.order()) == [home.id for home in homes[:7]]

        caller.opens(homes[0].id)
        caller.answered_by(homes[0].people[0])
        caller.all_well()
        caller.opens(homes[1].id)
        caller.not_reached("no_answer")
        until(lambda: phone.held()["outbox"] == [], 30)

        office.goto(f"/screening/{COMMUNITY}")
        assert office.locator("a.cell.reached").count() == 1
        office.click(f".cell[href$='/household/{homes[0].id}']")
        office.wait_for_selector("[name=attempt_id]", state="attached")
        assert "李红" in office.inner_text(".timeline"), "who rang is known, though she has no account"
        # One tap at the desk; on the phone the household has been tried.
        office.goto(f"{office.url.rsplit('/', 1)[0]}/{homes[2].id}")
        office.click("[name=quick][value='call:no_answer']")
        office.wait_for_load_state("networkidle")
        asks_again(caller)
        caller.opens(homes[2].id)
        caller.page.wait_for_selector("text=没人接")

        office.goto(f"/gates/{COMMUNITY}/devices")
        office.click("[data-dialog^=caseload_]")
        choose_caseload(office, "dialog[open]", "王强")
        office.wait_for_load_state("networkidle")
        assert "王强" in office.inner_text("table")
        asks_again(caller)
        caller.to_the_list()
        caller.page.wait_for_selector("[data-left='3']")
        assert sorted(caller.order()) == [home.id for home in homes[7:]]
        held = phone.page.evaluate(
            """async () => { const { openStore } = await import("/static/field/store.js");
            return [...(await openStore()).parts.keys()].sort(); }"""
        )
        assert held == ["calls", "place", "profile", "script", "sealing", "trust"]
