"""The page of components in Chromium: nothing overflows, the policy is never broken, keys and dialogs work."""

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from shouwang.access.actions import create_user, grant_role
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COMMUNITY = 429006001023


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # Playwright keeps a loop in this thread; Django need not mind
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def session(client: Client) -> str:
    """The session of an administrator."""
    system = Scope.system(reason="test")
    with acting(system):
        user = create_user(system, username="style.page", display_name="陈静")
        grant_role(system, user_id=user.pk, role=Role.ADMINISTRATOR, area=COMMUNITY)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies["sessionid"].value)


def opened(
    browser: Browser, server: LiveServer, session: str, width: int, locale: str
) -> tuple[Page, list[str]]:
    """The page, and what the browser complained of (a broken policy is such a complaint)."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale=locale)
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/style/")
    page.wait_for_selector("[data-chart=stacked] svg")
    return page, complaints


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_overflows_and_nothing_complains(
    browser: Browser, live_server: LiveServer, session: str, width: int, locale: str
) -> None:
    page, complaints = opened(browser, live_server, session, width, locale)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == ("zh-Hans" if locale == "zh-CN" else "en")
    assert complaints == []
    if width == 390:
        small = page.eval_on_selector_all(
            ".btn:not(.btn-small), .tabbar a, input.control, select.control",
            "all => all.filter(e => e.offsetHeight && e.offsetHeight < 40).map(e => e.outerHTML.slice(0, 80))",
        )
        assert small == [], "a thumb needs 40 pixels"
    page.context.close()


def test_keys_dialog_and_cards(browser: Browser, live_server: LiveServer, session: str) -> None:
    page, complaints = opened(browser, live_server, session, 1280, "en-US")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator(".bar [data-menu] summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".bar [data-menu]")).not_to_have_attribute("open", re.compile(".*"))
    page.locator("[data-dialog=seal]").click()
    expect(page.locator("#seal")).to_be_visible()
    page.locator("#seal [data-close]").click()
    expect(page.locator("#seal")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("table.cards td").nth(1)).to_have_attribute("data-label", "Head of household")
    page.locator("summary", has_text="The figures as a table").first.click()
    expect(page.locator(".chart table").first).to_be_visible()
    assert complaints == []
    page.context.close()
