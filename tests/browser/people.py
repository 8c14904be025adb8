"""People at their screens: each with a browser of her own, in Chinese, and nothing said on the console."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page

from access.people import PASSWORD, user_with
from shouwang.access.enums import Role

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@contextmanager
def somebody(
    browser: Browser, address: str, role: Role, area: int, screen: dict[str, Any], name: str
) -> Iterator[Page]:
    """``name`` signs in with her password, and her second factor if she sees more than one community.

    At the end nothing may stand on her console: no error, nothing the security policy had to stop.
    """
    user = user_with([(role, area)], username=name, password=PASSWORD)
    context = browser.new_context(base_url=address, locale="zh-CN", accept_downloads=True, **screen)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("form button.btn-primary")
    if role in {Role.HEADQUARTERS, Role.TOWN, Role.ADMINISTRATOR}:
        device = TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
        page.goto("/")
        page.fill("[name=code]", f"{totp(device.bin_key, t0=0, step=device.step):06d}")
        page.click("form button.btn-primary")
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    try:
        yield page
    finally:
        context.close()
    assert not said, said


def fits(page: Page) -> None:
    """Nothing hangs over the edge of the screen."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, f"{page.url} is {wide} wide on a screen of {screen}"


def until(page: Page, selector: str, seconds: int) -> float:
    """Wait, without touching the page, until ``selector`` is on it; answer how long it took."""
    started = time.monotonic()
    page.wait_for_selector(selector, timeout=seconds * 1000)
    return time.monotonic() - started
