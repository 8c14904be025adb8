"""What a bad line does to the records of a phone: nothing. The phone's side, in Chromium, before the real server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.field_phone import SYNC, FieldPhone, phones, settle, until
from shouwang.access.wall import acting
from shouwang.sync import actions
from shouwang.sync.models import Device, Quarantined, Sequence
from sync.conftest import notes_are_taken  # noqa: F401
from sync.phone import OFFICE, SYSTEM, notes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
PORTAL = "<html><body>欢迎使用免费无线网络，请先登录</body></html>"
JSON = "application/json"
Answer = Callable[["Route"], None]


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, tmp_path: Path) -> Iterator[FieldPhone]:
    settle()
    with phones(browser, live_server.url, tmp_path) as make:
        made = make()
        made.enrol()
        yield made


def answered_badly(phone: FieldPhone, *bad: Answer) -> list[Answer]:
    """The next sendings are answered so; then the line is good. Answers a list of those still to come."""
    left = list(bad)
    phone.page.unroute_all()
    phone.page.route(SYNC, lambda route: left.pop(0)(route) if left else route.continue_())
    return left


def gives(status: int, body: str = "", kind: str = "text/html", **headers: str) -> Answer:
    return lambda route: route.fulfill(status=status, body=body, headers={"Content-Type": kind, **headers})


def lost(route: Route) -> None:
    """The server has it and answers; the answer never arrives."""
    assert route.fetch().status == 200
    route.abort()


def safe(phone: FieldPhone, made: list[str], seconds: float = 15) -> None:
    """Soon the server has each of them once, and the phone has let go of them all."""
    until(lambda: phone.held()["outbox"] == [], seconds)
    assert sorted(str(note.id) for note in notes()) == sorted(made)
    assert sorted(phone.held()["sent"]) == sorted(made)


LINES: dict[str, Answer] = {
    "reply lost after commit": lost,
    "no network": lambda route: route.abort(),
    "captive portal": gives(200, PORTAL),
    "captive portal that calls it JSON": gives(200, PORTAL, JSON),
    "sent elsewhere": lambda route: route.fulfill(status=302, headers={"Location": "/accounts/login/"}),
}
SERVERS: dict[str, Answer] = {
    "500": gives(500, '{"code": "error"}', JSON),
    "502": gives(502, "<h1>Bad gateway</h1>"),
    "429": gives(429, '{"code": "busy"}', JSON, **{"Retry-After": "1"}),
    "413": gives(413, "too large"),
    "401 of somebody else": gives(401, "<h1>Log in</h1>"),
    "an answer to others": gives(
        200,
        '{"now": "2020-02-21T04:00:00Z", "answers": [{"id": "x", "outcome": "stored"}], "missing": []}',
        JSON,
    ),
}


@pytest.mark.parametrize("faults", [LINES, SERVERS], ids=["lines", "servers"])
def test_a_record_outlives(phone: FieldPhone, faults: dict[str, Answer]) -> None:
    made: list[str] = []
    for fault in faults.values():
        left = answered_badly(phone, fault)
        made += phone.add()
        safe(phone, made)
        assert not left


def test_what_will_not_go_through_is_halved_and_a_poison_record_holds_up_nobody(phone: FieldPhone) -> None:
    phone.context.set_offline(True)
    made = phone.add(12)
    poison, sizes = made[4], []

    def choke(route: Route) -> None:
        ids = [record["id"] for record in phone.batch_of(route)]
        sizes.append(len(ids))
        if len(ids) > 8:
            return route.fulfill(status=413)
        if poison in ids:
            return route.fulfill(status=500, body='{"code": "error"}', headers={"Content-Type": JSON})
        return route.continue_()

    phone.page.route(SYNC, choke)
    phone.context.set_offline(False)
    until(lambda: phone.held()["outbox"] == [poison], 40)
    assert len(notes()) == 11
    assert sizes[:2] == [12, 6]
    phone.page.unroute_all()
    phone.page.reload()
    safe(phone, made)


def test_conflicts_and_quarantine_are_let_go_and_shown(phone: FieldPhone) -> None:
    phone.add(1, kind="riddle")
    phone.page.wait_for_selector(".banners .note.info")
    assert "1 条记录社区正在核对" in phone.page.inner_text(".banners")
    assert phone.held()["outbox"] == []
    with acting(SYSTEM):
        assert Quarantined.objects.get().code == "unknown_kind"


def test_a_revoked_phone_keeps_everything_and_offers_the_file(phone: FieldPhone) -> None:
    with acting(OFFICE):
        actions.revoke_device(OFFICE, device_id=Device.objects.get().pk, reason="丢失")
    made = phone.add(3)
    phone.page.wait_for_selector(".banners .note.danger")
    assert "已停用本机" in phone.page.inner_text(".banners")
    assert phone.held()["outbox"] == made
    phone.page.click(".banners a[href='#/handover']")
    with phone.page.expect_download() as download:
        phone.page.click("form button.primary")
    assert download.value.suggested_filename.endswith("-东门一号机.shouwang")
    with acting(OFFICE):
        handed = actions.take_handover(OFFICE, Path(download.value.path()).read_bytes())
    assert handed.outcomes == {"stored": 3}
    assert [str(note.id) for note in notes()] == made
    assert notes()[0].actor_name == ""  # nobody had signed on


def test_what_the_server_misses_is_sent_again(phone: FieldPhone) -> None:
    made = phone.add(3)
    safe(phone, made)
    with acting(SYSTEM):  # the server was restored from an older backup: it forgot the second
        Sequence.objects.update(seen=[1, 1, 3, 3])
        notes()[1].delete()
    made += phone.add()
    until(lambda: len(notes()) == 4, 15)
    safe(phone, made)
    with acting(SYSTEM):
        assert Sequence.objects.get().seen == [1, 4]


@pytest.mark.slow
def test_ten_thousand_drain(phone: FieldPhone) -> None:
    phone.context.set_offline(True)
    phone.add_many(10_000)
    phone.wait_unsent(10_000)
    started = time.monotonic()
    phone.context.set_offline(False)
    phone.wait_unsent(0, seconds=60)
    print(f"10,000 records drained in {time.monotonic() - started:.1f} s")
    assert len(notes()) == 10_000


def test_a_tab_may_open_while_another_writes(phone: FieldPhone) -> None:
    phone.page.evaluate(
        """async () => {
        const { openStore } = await import("/static/field/store.js");
        const other = new BroadcastChannel("shouwang-field");
        for (let i = 0; i < 20; i++) {
          const opening = openStore();
          other.postMessage("settings"); // it comes before the database is open
          await opening;
        } }"""
    )
    assert phone.said == []


def test_two_tabs_add_both_and_one_sends(phone: FieldPhone) -> None:
    sent: list[list[int]] = []
    phone.context.route(
        SYNC, lambda route: (sent.append([r["seq"] for r in phone.batch_of(route)]), route.continue_())
    )
    other = phone.context.new_page()
    other.goto("/field/")
    other.wait_for_selector("[data-unsent]")
    made: list[str] = []
    for page in (phone.page, other) * 10:
        made += phone.add(page=page)
    safe(phone, made)
    numbers = [number for batch in sent for number in batch]
    assert sorted(numbers) == list(range(1, 21)), "each went over the line once"
    other.wait_for_selector("[data-unsent='0']")
    assert json.dumps(sorted(phone.held()["seqs"])) == json.dumps(list(range(1, 21)))
