"""What may happen to a phone itself: killed, full, wiped, updated, alone for a whole shift. Nothing saved is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.field_phone import STORE, SYNC, Phones, invite, phones, settle, until
from browser.people import fits
from shouwang.access.wall import acting
from shouwang.field import queries
from shouwang.sync.models import Sequence
from sync.conftest import notes_are_taken  # noqa: F401
from sync.phone import SYSTEM, notes

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
COLD = 1.0  # seconds from nothing to the screen, with no network


@pytest.fixture
def new_phone(browser: Browser, live_server: LiveServer, tmp_path: Path) -> Iterator[Phones]:
    settle()
    with phones(browser, live_server.url, tmp_path) as make:
        yield make


def test_a_whole_shift_in_flight_mode_from_a_cold_start(new_phone: Phones) -> None:
    phone = new_phone()
    phone.enrol()
    phone.begin_duty()
    made = phone.add()
    until(lambda: phone.held()["outbox"] == [], 15)
    phone.close()

    page = phone.open(offline=True)
    page.wait_for_selector("a[href='#/gate']")
    assert page.inner_text(".where strong") == "东门"
    for _ in range(3):
        made += phone.add(5)
        phone.close()  # the battery: nobody shuts the app properly
        page = phone.open(offline=True)
        page.wait_for_selector(f"[data-unsent='{len(made) - 1}']")
    assert phone.held()["outbox"] == made[1:]
    page.goto("/field/#/device")
    page.wait_for_selector(".right")  # it may still be relied on
    fits(page)
    assert len(notes()) == 1

    phone.context.set_offline(False)
    until(lambda: phone.held()["outbox"] == [], 20)
    assert sorted(str(note.id) for note in notes()) == sorted(made)
    assert {note.actor_name for note in notes()} == {"王姐"}
    with acting(SYSTEM):
        assert Sequence.objects.get().seen == [1, len(made)]


def test_it_starts_cold_and_offline_within_a_second(new_phone: Phones) -> None:
    phone = new_phone()
    phone.enrol()
    phone.begin_duty()
    took = []
    for _ in range(3):
        phone.close()
        page = phone.open("about:blank", offline=True)
        page.goto("/field/", wait_until="commit")
        page.wait_for_selector("a[href='#/gate']")
        # From the beginning of the navigation, by the browser's own clock, to the screen that is now there.
        took.append(page.evaluate("performance.getEntriesByName('shown')[0].startTime") / 1000)
    print(f"cold and offline: {sorted(took)} s")
    assert min(took) <= COLD


def test_killed_between_saving_and_the_green_light(new_phone: Phones) -> None:
    phone = new_phone()
    phone.enrol()
    phone.begin_duty()
    phone.context.set_offline(True)
    # The browser dies the moment the record is on the disk, before anything is drawn.
    phone.page.expose_function("die", phone.kill)
    phone.page.evaluate(
        f"{{ (async () => {{ {STORE} await store.add('note', {{ text: '最后一条' }}); die(); }})(); }}"
    )
    phone.wait_dead()
    phone.open(offline=True).wait_for_selector("[data-unsent='1']")
    held = phone.held()
    assert len(held["outbox"]) == 1
    phone.context.set_offline(False)
    until(lambda: phone.held()["outbox"] == [], 20)
    assert [str(note.id) for note in notes()] == held["outbox"]


def test_a_full_phone_says_so_and_gives_no_green_light(new_phone: Phones) -> None:
    phone = new_phone()
    page = phone.enrol()
    phone.context.set_offline(True)
    made = phone.add()
    # What a browser does when there is no room: the database refuses.
    refused = page.evaluate(
        """async () => {
        const { store } = document.getElementById("app").app, put = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException("no room", "QuotaExceededError"); };
        try { await store.add("note", { text: "满" }); return "saved"; }
        catch (error) { return [error.name, error.code]; }
        finally { IDBObjectStore.prototype.add = put; } }"""
    )
    assert refused == ["NotSaved", "full"]
    page.wait_for_selector(".banners .note.danger")
    assert "没有存上：手机存满了" in page.inner_text(".banners")
    assert phone.held()["outbox"] == made
    page.evaluate("document.getElementById('app').app.store.add('note', { text: '又有了' })")
    page.wait_for_selector(".banners .note.danger", state="detached")
    page.wait_for_selector("[data-unsent='2']")


def test_a_wiped_database_is_noticed_and_the_phone_goes_on_as_another_installation(new_phone: Phones) -> None:
    phone = new_phone()
    phone.enrol()
    phone.begin_duty()
    phone.add(2)
    until(lambda: len(notes()) == 2, 15)
    before = phone.held()["settings"]["installation"]
    phone.page.goto("/healthz")
    phone.page.evaluate(
        """new Promise((onsuccess, onerror) =>
             Object.assign(indexedDB.deleteDatabase("shouwang-field"), { onsuccess, onerror })).then(() => 1)"""
    )
    page = phone.open()
    page.wait_for_selector(".banners .note.danger")
    assert "浏览器把本机的数据清掉了" in page.inner_text(".banners")
    settings = phone.held()["settings"]
    assert settings["installation"] != before
    assert settings["lost"]["installation"] == before
    phone.add()
    until(lambda: len(notes()) == 3, 15)
    with acting(SYSTEM):
        assert sorted(row.seen for row in Sequence.objects.all()) == [[1, 1], [1, 2]]


def test_a_new_version_waits_for_the_act_and_takes_nothing_from_the_queue(
    new_phone: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = new_phone()
    page = phone.enrol()
    phone.begin_duty()
    page.route(SYNC, lambda route: route.abort())
    made = phone.add(300)
    version = page.evaluate("caches.keys()")
    monkeypatch.setattr(queries, "version_of", lambda files: "another")
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    waits = "navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))"
    until(lambda: page.evaluate(waits), 15)
    assert page.evaluate("caches.keys()") == [*version, "field-another"], (
        "both are there while the new one waits"
    )
    page.goto("/field/#/device")
    with page.expect_navigation():
        page.click("text=换用新版本")
    until(lambda: page.evaluate("caches.keys()") == ["field-another"], 15)
    page.wait_for_selector("[data-unsent='300']")
    assert phone.held()["outbox"] == made


def test_half_an_upgrade_is_not_taken(new_phone: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not what the server named, as when a captive portal answers for it, makes the version wait."""
    phone = new_phone()
    page = phone.enrol()
    phone.begin_duty()
    kept = page.evaluate("caches.keys()")
    half = {**queries.static_files(), "/static/field/app.js": queries.integrity(b"<html>")}
    monkeypatch.setattr(queries, "static_files", lambda: half)
    ended = """navigator.serviceWorker.getRegistration().then(async (registration) => {
        await registration.update().catch(() => {});
        const { installing } = registration;
        if (installing?.state === "installing") await new Promise((done) => (installing.onstatechange = done));
        return [installing?.state ?? "redundant", Boolean(registration.waiting)]; })"""
    assert page.evaluate(ended) == ["redundant", False]
    assert page.evaluate("caches.keys()") == kept
    phone.close()
    phone.open(offline=True).wait_for_selector("a[href='#/gate']")


def test_duty_does_not_begin_where_the_browser_may_throw_records_away(new_phone: Phones) -> None:
    phone = new_phone(durable=False)
    page = phone.enrol()
    page.fill("[name=keeper]", "王姐")
    page.check("[name=gate] >> nth=0", force=True)
    page.click("form button.primary")
    page.wait_for_selector("[data-obstacle]", timeout=20_000)
    found = page.locator("[data-obstacle]").evaluate_all("all => all.map((each) => each.dataset.obstacle)")
    assert found == ["not_persistent"]
    assert "添加到主屏幕" in page.inner_text(".note.danger")
    page.goto("/field/#/gate")
    page.wait_for_selector("[name=keeper]")  # nobody is on duty, so there is no gate


def test_a_code_works_once_and_only_with_the_root_it_names(new_phone: Phones) -> None:
    phone, code = new_phone(), invite()
    page = phone.open("/field/#enrol=" + re.sub(r"[^.]+$", "A" * 22, invite()))
    page.click("button.primary")
    page.wait_for_selector("[role=alert]")
    assert "不要继续" in page.inner_text("[role=alert]")
    assert "token" not in phone.held()["settings"]
    phone.enrol(code)
    other = new_phone()
    page = other.open("/field/")
    page.fill("[name=code]", code)
    page.click("form button")
    page.wait_for_selector("[role=alert]")
    assert "登记码已经用过" in page.inner_text("[role=alert]")
