"""Phones at the gates of the demo town, for the pictures: enrolled by the office, sending as phones in the field do.

One lost records on the way; the other has a wrong clock, holds a lot, and sent a record nobody can make sense of.
"""

import datetime as dt
import json
import urllib.request
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from shouwang.kernel.uuid7 import mint

APP = "1.2.0"
EAST, NIGHT = "东门 1 号", "南门夜班"


def enrol_phones(page: Page) -> None:
    """On the page of the phones: two of them, unless they are there."""
    address = page.url
    if page.locator("tbody", has_text=EAST).count():
        return
    for name in (EAST, NIGHT):
        page.goto(address)
        fill_invitation(page, name)
        _, community, secret, _ = page.inner_text(".invite-typed").split(".")
        _work(page, f"{community}.{secret}", troubled=name == NIGHT)
    page.goto(address)


def fill_invitation(page: Page, name: str) -> None:
    """Have a code made for a phone of the first gate."""
    page.click("[data-dialog=invite]")
    page.fill("#id_name", name)
    page.select_option("#id_entrance", index=1)
    page.click("#invite button.btn-primary")
    page.wait_for_selector(".invite-typed")


def _work(page: Page, code: str, *, troubled: bool) -> None:
    installation = str(uuid4())
    enrolled = _post(page, "/api/v1/sync/enrol", {"code": code, "app": APP, "installation": installation})
    entrance, token = enrolled["device"]["entrance"], enrolled["token"]

    def send(at: dt.datetime, unsent: int, records: list[dict[str, Any]]) -> dict[str, Any]:
        said = {"installation": installation, "app": APP, "sent_at": at.isoformat(), "unsent": unsent}
        oldest = (at - dt.timedelta(hours=3)).isoformat() if unsent > len(records) else None
        return _post(page, "/api/v1/sync", {**said, "oldest": oldest, "records": records}, token)

    now = dt.datetime.fromisoformat(send(dt.datetime.now(dt.UTC), 0, [])["now"])
    if troubled:
        wrong = now + dt.timedelta(minutes=9)
        send(wrong, 38, [_check(wrong, 1, entrance), _check(wrong, 2, entrance=999_999)])
    else:
        send(now, 3, [_check(now, number, entrance) for number in (1, 2, 5)])


def _check(at: dt.datetime, number: int, entrance: int) -> dict[str, Any]:
    body = {
        "entrance": entrance, "direction": "in", "pass": None, "temperature": "36.4", "masked": True,
        "verdict": "amber", "reason": "home_without_pass",
    }  # fmt: skip
    told = {"id": str(mint(at)), "made_at": at.isoformat(), "clock": at.isoformat()}
    return {**told, "kind": "check", "seq": number, "keeper": "王姐", "body": body}


def _post(page: Page, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    address = page.evaluate("path => new URL(path, location).href", path)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Device {token}"} if token else {})
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310 our own demo
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return dict(json.load(answer))
