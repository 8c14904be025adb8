"""The call list in a caller's hand: two taps for the common answer, nothing pre-filled, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.caller_phone import PACK, Caller, Office, forty_five
from browser.field_phone import phones, settle
from browser.people import fits
from shouwang.access import clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Callers = Callable[..., Caller]


@pytest.fixture
def office() -> Office:
    return Office(forty_five(clock.now()))


@pytest.fixture
def new_caller(
    browser: Browser, live_server: LiveServer, tmp_path: Path, office: Office
) -> Iterator[Callers]:
    settle()
    with phones(browser, live_server.url, tmp_path) as make:

        def caller() -> Caller:
            phone = make()
            phone.open("about:blank")
            phone.context.route(PACK, office.answer)
            phone.enrol()
            phone.page.fill("[name=keeper]", "李红")
            phone.page.click("form button.primary")
            phone.page.wait_for_selector("a[href='#/calls']", timeout=20_000)
            return Caller(phone)

        yield caller


def test_two_taps(new_caller: Callers) -> None:
    caller = new_caller()
    page = caller.to_the_list()
    assert caller.figures() == (0, 45)
    fits(page)
    caller.opens(5003)
    caller.answered_by(9012)
    caller.all_well()
    [record] = caller.records()
    assert record["body"]["readings"] == [{"resident": 9012, "temperature": None, "symptoms": []}]
