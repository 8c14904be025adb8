"""A phone with the Field app: a browser that keeps its profile when it is shut, at a gate of a small community."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gzip import decompress as gunzip
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route

from browser.people import PHONE
from shouwang.access.clock import now
from shouwang.access.wall import acting
from shouwang.gates.queries import trust
from shouwang.places.actions import import_divisions
from shouwang.places.models import Entrance
from shouwang.sync import actions
from sync.phone import COMMUNITY, OFFICE, SYSTEM

CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), "")
STORE = 'const { openStore } = await import("/static/field/store.js"); const store = await openStore();'
"""A second hand on the same database, as another tab has it."""
SYNC = "**/api/v1/sync"


def settle() -> int:
    """A community with one gate; answers the gate's key."""
    rows = f"code,name\n{COMMUNITY // 1000 * 1000},竟陵街道\n{COMMUNITY},新城社区\n"
    with acting(SYSTEM):
        import_divisions(SYSTEM, content=rows.encode(), file_name="divisions.csv")
        return Entrance.objects.create(community=COMMUNITY, name="东门", status="open", changed_at=now()).pk


def invite(entrance: int | None = None, name: str = "东门一号机") -> str:
    """What stands in the QR that the office shows."""
    with acting(OFFICE):
        code = actions.invite_device(OFFICE, community=COMMUNITY, entrance=entrance, name=name)
    return f"SWE1.{code}.{trust.root_fingerprint()}"


class FieldPhone:
    """One phone: ``open`` the app, ``close`` it as hard as a dead battery does, and open it again."""

    arguments = ("--no-sandbox",)
    """What Chromium is started with; a camera needs more (shouwang.bench._film)."""

    def __init__(self, browser: Browser, address: str, profile: Path, *, durable: bool) -> None:
        self.browser, self.address, self.profile, self.durable = browser, address, profile, durable
        self.context: BrowserContext | None = None
        self.page: Page
        self.said: list[str] = []

    def open(self, path: str = "/field/", *, offline: bool = False) -> Page:
        if self.context is None:
            kind = self.browser.browser_type
            self.context = kind.launch_persistent_context(
                self.profile, executable_path=CHROMIUM, args=[*self.arguments],
                base_url=self.address, locale="zh-CN", accept_downloads=True, **PHONE,
            )  # fmt: skip
            self.context.set_default_timeout(15_000)
            self.page = self.context.pages[0]
            self._listen(self.page)
            if self.durable:
                self.page.context.new_cdp_session(self.page).send(
                    "Browser.grantPermissions", {"origin": self.address, "permissions": ["durableStorage"]}
                )
            self.context.set_offline(offline)
        self.page.goto(path)
        return self.page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda line: self._heard(line.text))

    def _heard(self, line: str) -> None:
        if "security policy" in line:
            self.said.append(line)

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """As a dead battery does: every process of the browser ends at once."""
        for process in processes_of(self.profile):
            os.kill(process, signal.SIGKILL)

    def wait_dead(self) -> None:
        until(lambda: not processes_of(self.profile), 10)
        self.context = None

    def enrol(self, code: str | None = None) -> Page:
        page = self.open(f"/field/#enrol={code or invite()}")
        page.click("button.primary")
        page.wait_for_selector("[name=keeper]")
        return page

    def begin_duty(self, keeper: str = "王姐") -> Page:
        """Sign on at the first gate, as soon as the app is on the phone."""
        self.page.fill("[name=keeper]", keeper)
        if self.page.locator("[name=gate]").count():
            self.page.check("[name=gate] >> nth=0", force=True)
        self.page.click("form button.primary")
        self.page.wait_for_selector("a[href='#/gate']", timeout=20_000)
        return self.page

    def add(self, count: int = 1, kind: str = "note", page: Page | None = None) -> list[str]:
        """Record so much, one after another as a screen does; answers the ids."""
        return (page or self.page).evaluate(
            f"""async ([kind, count]) => {{ {STORE}
            const made = [];
            for (let i = 0; i < count; i++) made.push((await store.add(kind, {{ text: `第${{i}}条` }})).id);
            return made; }}""",
            [kind, count],
        )

    def add_many(self, count: int) -> None:
        """Record so much in one go."""
        self.page.evaluate(
            f"""async (count) => {{ {STORE}
            const list = Array.from({{ length: count }}, (_, i) => ({{ kind: "note", body: {{ text: `${{i}}` }} }}));
            await store.addAll(list); }}""",
            count,
        )

    @staticmethod
    def batch_of(route: Route) -> list[dict[str, Any]]:
        """The records that a sending carries."""
        return json.loads(gunzip(route.request.post_data_buffer))["records"]

    def held(self) -> dict[str, Any]:
        """What is in the phone's database: ``outbox`` and ``sent`` ids in order, ``unsent``, settings."""
        return self.page.evaluate(
            f"""async () => {{ {STORE}
            const all = await store.everything({{ sent: true }}), waiting = await store.everything({{ sent: false }});
            const ids = new Set(waiting.map((r) => r.id));
            return {{ outbox: waiting.map((r) => r.id), sent: all.filter((r) => !ids.has(r.id)).map((r) => r.id),
              seqs: all.map((r) => r.seq), settings: Object.fromEntries(store.settings) }}; }}"""
        )

    def wait_unsent(self, count: int, seconds: float = 8) -> None:
        """Until the header says so."""
        self.page.wait_for_selector(f"[data-unsent='{count}']", timeout=seconds * 1000)


def processes_of(profile: Path) -> list[int]:
    """The processes whose command line names this profile."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue  # it has just ended
            if f"--user-data-dir={profile}".encode() in line:
                found.append(int(entry.name))
    return found


def until(is_so: Callable[[], bool], seconds: float) -> None:
    """Wait until ``is_so``; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)


Phones = Callable[..., FieldPhone]


@contextmanager
def phones(browser: Browser, address: str, folder: Path) -> Iterator[Phones]:
    """Make phones; at the end all are shut, and nothing unforeseen may have been said on any console."""
    made: list[FieldPhone] = []

    def make(*, durable: bool = True) -> FieldPhone:
        phone = FieldPhone(browser, address, folder / f"phone{len(made)}", durable=durable)
        made.append(phone)
        return phone

    try:
        yield make
    except BaseException:
        for phone in made:
            if phone.context:
                print(phone.page.url, phone.page.inner_text("body"))
        raise
    finally:
        for phone in made:
            phone.close()
    said = [line for phone in made for line in phone.said]
    assert not said, said
