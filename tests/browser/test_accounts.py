"""A town's administrator comes by her set-up link, sets up her second factor, and brings somebody in: in Chromium."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django_otp.oath import totp

from access.people import COMMUNITY, PASSWORD, TOWN, system
from browser.people import DESK, PHONE, fits
from shouwang.access import actions
from shouwang.access.wall import acting
from shouwang.places.actions import import_divisions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
GO = "main button.btn-primary"


def opened(browser: Browser, server: LiveServer, screen: dict, said: list[str]) -> Page:
    page = browser.new_context(base_url=server.url, locale="zh-CN", **screen).new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    # The browser says on its console that a form came back with 422; everything else it says is a fault.
    page.on(
        "console",
        lambda line: said.append(line.text) if line.type == "error" and "422" not in line.text else None,
    )
    return page


def accept(page: Page, address: str) -> None:
    page.goto(address)
    fits(page)
    page.fill("#id_new", PASSWORD)
    page.fill("#id_again", PASSWORD)
    page.click(GO)


def test_from_the_set_up_link_to_a_new_caller(browser: Browser, live_server: LiveServer) -> None:
    said: list[str] = []
    with acting(system()):
        rows = f"code,name\n{TOWN},竟陵街道\n{COMMUNITY},新城社区\n"
        import_divisions(system(), content=rows.encode(), file_name="divisions.csv")
        token = actions.invite_administrator(system(), username="town.admin", display_name="刘洋", area=TOWN)

    desk = opened(browser, live_server, DESK, said)
    accept(desk, reverse("access:accept", args=[token]))
    desk.wait_for_selector(".qr-box svg")
    desk.click("details summary")
    key = re.sub(r"\s", "", desk.inner_text("code.key"))
    desk.fill("#id_code", "000000")
    desk.click(GO)
    assert "验证码不对" in desk.inner_text("main")
    desk.wait_for_timeout(1100)  # after a wrong code the next has to wait for a second
    desk.fill("#id_code", f"{totp(base64.b32decode(key)):06d}")
    desk.click(GO)
    assert desk.locator(".recovery-codes li").count() == 10
    desk.goto("/accounts/users/")
    fits(desk)

    desk.click("text=新建用户")
    desk.fill("#id_display_name", "李娜")
    desk.fill("#id_username", "li.na")
    desk.select_option("#id_role", "caller")
    desk.locator("#id_area").press_sequentially("新城")
    desk.wait_for_selector(f"#areas option[value='{COMMUNITY}']", state="attached")
    desk.fill("#id_area", "新城社区")
    desk.click(GO)
    link = desk.inner_text("code.key").strip()

    phone = opened(browser, live_server, PHONE, said)
    accept(phone, link)
    phone.goto("/accounts/me/")
    fits(phone)
    assert "新城社区" in phone.inner_text("main")

    desk.goto("/accounts/users/?q=li.na")
    desk.click("td.first a")
    desk.click("[data-dialog=lock]")
    desk.click("dialog[open] .btn-danger")
    phone.goto("/accounts/me/")
    assert "/accounts/login/" in phone.url

    desk.goto("/accounts/audit/")
    fits(desk)
    assert "锁定账号" in desk.inner_text("main table")
    desk.set_viewport_size({"width": 390, "height": 844})
    fits(desk)
    for page in (desk, phone):
        page.context.close()
    assert not said, said
