"""The office watches the code it had made: the seconds run, and once a phone has used it the page says so by itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from browser.people import DESK, fits, somebody, until
from shouwang.access.enums import Role
from shouwang.access.wall import acting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

COMMUNITY = 429006001023
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def left(page: Page) -> int:
    """Seconds that the page says are left."""
    minutes, seconds = page.inner_text("[data-left]").split(":")
    return int(minutes) * 60 + int(seconds)


def test_the_code_runs_down_before_ones_eyes_until_it_is_used(
    browser: Browser, live_server: LiveServer
) -> None:
    from gates.village import SYSTEM, build
    from shouwang.places.models import Area

    build()
    with acting(SYSTEM):
        Area.objects.create(code=COMMUNITY, name="新城社区", level=5)
    with somebody(browser, live_server.url, Role.OFFICE, COMMUNITY, DESK, "office") as page:
        page.goto(f"/gates/{COMMUNITY}/devices")
        page.click("[data-dialog=invite]")
        page.fill("#id_name", "东门 1 号")
        page.click("#invite button.btn-primary")
        page.wait_for_selector("[data-left]")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        # Between two looks at the server the seconds run on the page alone.
        began, at_first, seen = time.monotonic(), left(page), set[int]()
        while time.monotonic() - began < 4:
            seen.add(left(page))
            page.wait_for_timeout(200)
        assert len(seen) >= 3
        assert at_first - 7 <= min(seen) <= at_first - 2
        assert sum("/gates/invitations/" in url for url in asked) <= 1
        fits(page)

        _, community, secret, _ = page.inner_text(".invite-typed").split(".")
        used = {"code": f"{community}.{secret}", "app": "1.2.0", "installation": str(uuid4())}
        assert page.request.post("/api/v1/sync/enrol", data=used).ok
        until(page, ".callout.good", seconds=20)
        assert "东门 1 号" in page.inner_text(".callout.good")
        assert not page.locator("[data-left]").count()
