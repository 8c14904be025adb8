"""A phone that keeps the gate of a small village: what stands there, and a keeper's hands on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page

from browser.field_phone import FieldPhone, Phones, invite, phones
from gates.village import COMMUNITY, SYSTEM, Village, build
from shouwang.access.wall import acting
from shouwang.bench._film import flags, write_film
from shouwang.gates import actions
from shouwang.gates.models import Check, Pass
from shouwang.people.models import Resident
from shouwang.places.actions import set_duty_phone
from shouwang.places.models import Area

LANDED = "[data-verdict]"


def open_village() -> Village:
    """The village of the gate's tests, today; everybody has a pass, and there is somebody to call."""
    village = build()
    with acting(SYSTEM):
        for code, name, level, parent in (
            (429006000000, "天门市", 3, None),
            (429006001000, "竟陵街道", 4, 429006000000),
            (COMMUNITY, "新城社区", 5, 429006001000),
        ):
            Area.objects.create(code=code, name=name, level=level, parent_id=parent)
        actions.issue_passes(
            SYSTEM, community=COMMUNITY, resident_ids=[one.pk for one in village.people + village.neighbours]
        )
        set_duty_phone(SYSTEM, area=COMMUNITY, name="社区值班室", phone="0728-5220001")
    return village


def token_of(person: Resident) -> str:
    with acting(SYSTEM):
        return actions.sign_pass(Pass.objects.get(resident=person, revoked_at=None))


def checks() -> list[Check]:
    """What the server holds, in the order in which it happened."""
    with acting(SYSTEM):
        return list(Check.objects.order_by("made_at", "id"))


@dataclass
class Keeper:
    """Hands on the gate's screen."""

    phone: FieldPhone

    @property
    def page(self) -> Page:
        return self.phone.page

    def scans(self, text: str) -> None:
        """Before a scanner that types."""
        self.page.evaluate("document.activeElement?.blur()")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def shows(self, text: str) -> str:
        """A pass before the scanner; answers what the pass alone says."""
        self.scans(text)
        return self.standing()

    def standing(self) -> str:
        shown = self.page.wait_for_selector("[data-standing]")
        return shown.get_attribute("data-standing") or ""

    def measures(self, temperature: str, mask: str = "yes") -> tuple[str, str]:
        """The touches of a check; answers verdict and reason, once they may be shown."""
        self.page.click(f"[data-temperature='{temperature}']")
        self.page.click(f"[data-look=masked-{mask}]")
        return self.verdict()

    def types(self, temperature: str) -> None:
        self.page.click("[data-pad]")
        for key in temperature:
            self.page.click(f"[data-key='{key}']")
        self.page.click("[data-pad-done]")

    def verdict(self) -> tuple[str, str]:
        shown = self.page.wait_for_selector(LANDED)
        assert self.page.locator("[data-saved]").count() == 1
        return shown.get_attribute("data-verdict") or "", shown.get_attribute("data-reason") or ""

    def turns_to_the_next(self) -> None:
        self.page.wait_for_timeout(500)  # the pause in which a finger coming down does nothing
        self.page.click("[data-next]")
        self.page.wait_for_selector("[data-mode=ready]")

    def held(self) -> list[dict[str, Any]]:
        """The records of this phone, sent or not, oldest first."""
        return self.page.evaluate(
            """async () => { const { openStore } = await import("/static/field/store.js");
            const store = await openStore(); return store.everything({ sent: true }); }"""
        )

    def dies(self) -> None:
        """The whole browser is gone at once, with nothing written down in leaving."""
        assert self.phone.context is not None
        with suppress(Error):
            self.phone.context.new_cdp_session(self.page).send("Browser.crash")
        with suppress(Error):
            self.phone.context.close()
        self.phone.context = None

    def offline(self, off: bool = True) -> None:
        assert self.phone.context is not None
        self.phone.context.set_offline(off)


@contextmanager
def keepers(browser: Browser, address: str, folder: Path, village: Village) -> Iterator[Any]:
    """Make keepers: `make(scenes)` signs one on at the east gate; her camera sees ``scenes`` (bench._film)."""
    with phones(browser, address, folder) as make_phone:

        def make(scenes: list[tuple[str | None, float]] | None = None) -> Keeper:
            phone: FieldPhone = make_phone()
            phone.arguments = tuple(flags(write_film(folder / "film.y4m", scenes or [(None, 0.5)])))
            phone.enrol(invite(village.gate.pk))
            phone.begin_duty()
            phone.page.goto("/field/#/gate")
            phone.page.wait_for_selector("[data-camera=on]")
            phone.page.wait_for_selector("[data-mode=ready]")
            return Keeper(phone)

        yield make


__all__ = ["Keeper", "Phones", "checks", "keepers", "open_village", "token_of"]
