"""Who comes without a pass, in a vehicle, or in an emergency; and a phone that dies at the worst moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.gate_phone import Keeper, checks, keepers, open_village, token_of
from browser.people import fits
from gates.village import SYSTEM, Village
from shouwang.access.wall import acting
from shouwang.gates.models import EmergencyCall, Visit
from shouwang.people.models import Sighting

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
IDENTITY, MOBILE = "440524188001010014", "13800001234"
NO_PACK = """async () => { const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("shouwang-field");
    asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error); });
  const tx = db.transaction("parts", "readwrite");
  tx.objectStore("parts").clear();
  await new Promise((resolve) => (tx.oncomplete = resolve));
  db.close(); }"""


@pytest.fixture
def village(transactional_db: None) -> Village:
    return open_village()


@pytest.fixture
def new_keeper(
    browser: Browser, live_server: LiveServer, tmp_path: Path, village: Village
) -> Iterator[Callable[..., Keeper]]:
    with keepers(browser, live_server.url, tmp_path, village) as make:
        yield make


def back_online(keeper: Keeper) -> None:
    keeper.offline(False)
    keeper.page.evaluate("dispatchEvent(new Event('online'))")
    keeper.phone.wait_unsent(0, seconds=40)


def test_an_emergency_needs_no_pass_no_network_and_no_pack(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    keeper.page.evaluate(NO_PACK)
    keeper.page.reload()
    keeper.page.wait_for_selector("[data-mode=ready]")
    keeper.page.dblclick(".gate-emergency")
    keeper.page.wait_for_selector("[data-emergency]")
    keeper.page.wait_for_selector("[data-saved]")
    fits(keeper.page)
    [record] = keeper.held()
    assert record["body"]["emergency"] is True
    assert (record["body"]["entrance"], record["body"]["pass"]) == (village.gate.pk, None)
    keeper.page.click("[data-what=ambulance]")
    keeper.page.fill("[name=plate]", "鄂R12120")
    keeper.page.click("[data-next]")
    keeper.page.wait_for_selector("[data-mode=ready]")
    back_online(keeper)
    *_, last = checks()
    assert (last.emergency, last.verdict, last.remarks, last.plate) == (True, "green", "救护车", "鄂R12120")
    with acting(SYSTEM):
        assert EmergencyCall.objects.filter(check_id=record["id"]).count() == 1


def test_the_emergency_call_stands_beside_the_telephone(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.page.click(".gate-emergency")
    keeper.page.wait_for_selector("[data-saved]")
    call = keeper.page.locator("[data-emergency] a[href^='tel:']").first
    assert call.get_attribute("href") == "tel:0728-5220001"


def test_a_visitors_number_never_stands_on_the_phone(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    keeper.page.click("[data-direction=in]")
    keeper.page.click(".gate-other >> nth=2")
    keeper.page.fill("[name=name]", "李访")
    keeper.page.fill("[name=id_number]", IDENTITY[:-1] + "5")
    assert keeper.page.locator(".gate-look.warn").count() == 1, "a warning"
    keeper.page.fill("[name=id_number]", IDENTITY)
    assert keeper.page.locator(".gate-look.good").count() == 1
    keeper.page.fill("[name=phone]", MOBILE)
    keeper.page.fill("[name=whom]", "张伟民 3栋")
    keeper.page.fill("[name=origin]", "武汉")
    keeper.page.check("[name=returnee]")
    keeper.page.fill("[name=arrived_on]", keeper.page.get_attribute("[name=arrived_on]", "max") or "")
    fits(keeper.page)
    keeper.page.click(".gate-form button.gate-save")
    keeper.standing()
    assert keeper.measures("36.6") == ("amber", "visitor")
    kept = json.dumps(keeper.held()) + keeper.page.content()
    assert IDENTITY not in kept
    assert MOBILE not in kept
    back_online(keeper)
    [check] = checks()
    with acting(SYSTEM):
        visit = Visit.objects.get()
        assert (visit.id, visit.name) == (check.visit, "李访")
        assert visit.id_number is not None
        assert visit.phone is not None
        assert (visit.id_number.open(), visit.phone.open()) == (IDENTITY, MOBILE)
        assert Sighting.objects.get().origin == "武汉"


def test_a_vehicle_and_everybody_in_it(new_keeper: Callable[..., Keeper], village: Village) -> None:
    keeper = new_keeper()
    keeper.offline()
    keeper.page.click("[data-direction=in]")
    keeper.page.click(".gate-other >> nth=3")
    keeper.page.fill("[name=text]", "鄂r·54321")
    keeper.page.keyboard.press("Enter")
    keeper.shows(token_of(village.people[0]))
    keeper.measures("36.2")
    keeper.turns_to_the_next()
    keeper.shows(token_of(village.people[1]))
    keeper.measures("36.7")
    keeper.turns_to_the_next()
    keeper.page.click(".gate-vehicle button")
    keeper.shows(token_of(village.neighbours[0]))
    keeper.measures("36.3")
    back_online(keeper)
    driver, beside, afoot = checks()
    assert (driver.plate, driver.vehicle) == ("鄂R54321", None)
    assert (beside.plate, beside.vehicle, str(beside.temperature)) == ("", driver.id, "36.7")
    assert afoot.vehicle is None


@pytest.mark.parametrize("wait_ms", [0, 15, 60])
def test_killed_between_scan_and_green_light(
    new_keeper: Callable[..., Keeper], village: Village, wait_ms: int
) -> None:
    """Whenever it dies: what was shown as saved is there, and what is there comes to the server once."""
    keeper = new_keeper()
    keeper.offline()
    keeper.page.click("[data-direction=in]")
    keeper.shows(token_of(village.people[0]))
    keeper.page.click("[data-temperature='36.4']")
    shown = keeper.page.evaluate(
        """async (wait) => { document.querySelector("[data-look=masked-yes]").click();
        if (wait) await new Promise((done) => setTimeout(done, wait));
        return Boolean(document.querySelector("[data-verdict]")); }""",
        wait_ms,
    )
    keeper.dies()
    page = keeper.phone.open("/field/#/gate", offline=True)
    page.wait_for_selector("[data-mode=ready]")
    held = keeper.held()
    assert len(held) in ({1} if shown else {0, 1})
    back_online(keeper)
    assert [str(check.id) for check in checks()] == [record["id"] for record in held]


def test_a_phone_that_cannot_save_shows_no_green_light(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    keeper.shows(token_of(village.people[0]))
    keeper.page.evaluate(
        """() => { const add = IDBObjectStore.prototype.add;
        window.mend = () => (IDBObjectStore.prototype.add = add);
        IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    keeper.page.click("[data-temperature='36.4']")
    keeper.page.click("[data-look=masked-yes]")
    keeper.page.wait_for_selector("[data-trouble]")
    assert keeper.page.locator("[data-verdict]").count() == 0
    assert "没有存上" in keeper.page.locator("[data-trouble]").inner_text()
    keeper.page.evaluate("void mend()")
    keeper.page.click("[data-save]")
    assert keeper.verdict() == ("green", "ok")
    assert len(keeper.held()) == 1


def test_a_camera_that_was_taken_away_is_asked_for_again(new_keeper: Callable[..., Keeper]) -> None:
    keeper = new_keeper()
    keeper.page.evaluate(
        """() => { const [track] = document.querySelector("video").srcObject.getVideoTracks();
        track.dispatchEvent(new Event("ended")); }"""
    )
    keeper.page.wait_for_selector("[data-camera=busy]")
    keeper.page.click(".gate-blind button")
    keeper.page.wait_for_selector("[data-camera=on]")
