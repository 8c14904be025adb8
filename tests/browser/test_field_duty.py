"""A phone is enrolled, a keeper signs on, records, and signs off: in Chromium, against the real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.field_phone import Phones, invite, phones, settle, until
from browser.people import fits
from shouwang.access.wall import acting
from shouwang.bench._film import flags, write_film
from shouwang.sync.models import Device
from sync.conftest import notes_are_taken  # noqa: F401
from sync.phone import SYSTEM, notes

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


@pytest.fixture
def gate(transactional_db: None) -> int:
    return settle()


@pytest.fixture
def new_phone(browser: Browser, live_server: LiveServer, tmp_path: Path, gate: int) -> Iterator[Phones]:
    with phones(browser, live_server.url, tmp_path) as make:
        yield make


def test_from_the_code_to_the_first_record(new_phone: Phones) -> None:
    phone = new_phone()
    page = phone.enrol()
    fits(page)
    phone.begin_duty()
    fits(page)
    [made] = phone.add()
    until(lambda: phone.held()["outbox"] == [], 15)
    assert [str(note.id) for note in notes()] == [made]
    with acting(SYSTEM):
        device = Device.objects.get()
    assert (device.name, device.unsent, device.app_version) == ("东门一号机", 0, "0.1.0")
    page.goto("/field/#/device")
    page.wait_for_selector(".right")
    fits(page)
    page.goto("/field/#/sign-on/off")
    page.wait_for_selector("h1:has-text('下岗')")
    assert page.locator(".figures dd").all_inner_texts() == ["1", "0"]
    page.click("button.primary")
    page.wait_for_selector("[name=keeper]")


def test_on_a_slow_phone_the_screen_that_was_left_does_not_come_back(new_phone: Phones) -> None:
    phone = new_phone()
    page = phone.enrol()
    phone.begin_duty()
    page.goto("/field/#/sign-on/off")
    page.wait_for_selector("h1:has-text('下岗')")
    page.evaluate(
        """() => {
        const { store } = document.getElementById("app").app, count = store.count;
        store.count = async (from) => {
          const found = await count(from);
          while (!document.querySelector("[name=keeper]")) await new Promise((then) => setTimeout(then, 50));
          setTimeout(() => (document.body.dataset.late = "drawn"));
          return found;
        }; }"""
    )
    page.click("button.primary")
    page.wait_for_selector("[data-late]", state="attached")
    assert page.is_visible("[name=keeper]")
    assert not page.is_visible("h1:has-text('下岗')")


def test_the_app_scans_the_code_itself(new_phone: Phones, live_server: LiveServer, tmp_path: Path) -> None:
    """As it must on an iPhone, whose own camera does not reach an app on the home screen."""
    code = f"{live_server.url}/field/#enrol={invite()}"
    phone = new_phone()
    phone.arguments = flags(write_film(tmp_path / "film.y4m", [(code, 1), (None, 0.2)]))
    page = phone.open()
    page.click("button.huge")
    page.wait_for_selector("[name=keeper]")
    fits(page)
    assert phone.held()["settings"]["device"]["name"] == "东门一号机"


def test_the_reader_may_have_it_in_english(new_phone: Phones) -> None:
    page = new_phone().open()
    page.click("button:has-text('English')")
    page.wait_for_selector("h1:has-text('Enrol this phone')")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("link[rel=manifest]").get_attribute("href") == "/field/manifest/en.webmanifest"
    page.reload()
    page.wait_for_selector("h1:has-text('Enrol this phone')")
    fits(page)
