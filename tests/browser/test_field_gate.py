"""A keeper at the gate with the Field app: real camera film, real database, real server, and mostly no network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction

from browser.gate_phone import Keeper, checks, keepers, open_village, token_of
from browser.people import fits
from gates.village import COMMUNITY, SYSTEM, Village
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction
from shouwang.gates.models import Pass
from shouwang.sync.models import Device
from shouwang.sync.rules.records import DeviceHere, Sent

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "gate-vectors.json").read_text(encoding="utf-8")
)


@pytest.fixture
def village(transactional_db: None) -> Village:
    return open_village()


@pytest.fixture
def new_keeper(
    browser: Browser, live_server: LiveServer, tmp_path: Path, village: Village
) -> Iterator[Callable[..., Keeper]]:
    with keepers(browser, live_server.url, tmp_path, village) as make:
        yield make


def servers_own(token: str, entrance: int, temperature: str, direction: str) -> tuple[str, str]:
    """What the server answers to the same person at the same gate, without keeping it."""
    now = clock.now()
    body = {
        "entrance": entrance, "direction": direction, "pass": {"token": token}, "temperature": temperature,
        "masked": True, "emergency": False, "verdict": None,
    }  # fmt: skip
    with acting(SYSTEM), transaction.atomic():
        device = Device.objects.get()
        here = DeviceHere(device.pk, device.device_id, COMMUNITY, device.entrance, device.name)
        sent = Sent(uuid4(), "check", 1, now, now, "", body, b"0" * 16)
        [answer] = actions.take_checks(SYSTEM, here, [sent])
        transaction.set_rollback(True)
    return str(answer.extra["verdict"]), str(answer.extra["reason"])


def test_a_pass_before_the_camera_with_no_network(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    token = token_of(village.people[0])
    keeper = new_keeper([(None, 1), (token, 4)])
    expected = servers_own(token, village.gate.pk, "36.5", "out")
    keeper.offline()
    keeper.page.reload()  # from a cold start, with nothing but what the phone holds
    keeper.page.wait_for_selector("[data-camera=on]")
    assert keeper.standing() == "ok"
    assert keeper.page.locator(".gate-name").inner_text() == "张*"
    assert keeper.page.locator("[aria-pressed=true]").count() == 1, "only the direction is chosen"
    fits(keeper.page)
    assert keeper.measures("36.5") == expected == ("green", "ok")
    fits(keeper.page)
    keeper.phone.wait_unsent(1)
    assert checks() == []
    keeper.offline(False)
    keeper.page.evaluate("dispatchEvent(new Event('online'))")
    keeper.phone.wait_unsent(0, seconds=40)
    [check] = checks()
    assert (check.verdict, check.reason) == expected
    assert (str(check.temperature), check.masked, check.direction) == ("36.5", True, "out")
    assert (check.resident, check.household) == (village.people[0].pk, village.household.pk)
    assert (check.keeper, check.entrance) == ("王姐", village.gate.pk)


def test_every_colour_stands_on_the_screen_with_a_word_and_what_to_do(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    first, second, third = map(token_of, village.people + village.neighbours)
    assert keeper.shows(first) == "ok"
    assert keeper.measures("36.5") == ("green", "ok")
    assert "放行" in keeper.page.locator(".gate-verdict").inner_text()
    assert keeper.shows(second) == "household_was_out", "the same household, a moment later"
    keeper.page.click("[data-save]")
    assert keeper.verdict() == ("red", "household_was_out")
    keeper.turns_to_the_next()
    keeper.page.click("[data-direction=in]")
    keeper.scans(second)
    keeper.page.click(".gate-note button")  # she comes back at once
    assert keeper.measures("36.6", mask="no") == ("amber", "mask_missing")
    keeper.turns_to_the_next()
    keeper.shows(third)
    keeper.types("378")
    keeper.page.click("[data-look=masked-yes]")
    assert keeper.verdict() == ("red", "fever")
    answer = keeper.page.locator("[data-verdict]").inner_text()
    assert "请等候" in answer
    assert "发热门诊" in answer
    fits(keeper.page)
    keeper.turns_to_the_next()
    assert {
        shown.get_attribute("data-count"): int(shown.locator("b").inner_text())
        for shown in keeper.page.locator("[data-count]").all()
    } == {"in": 1, "out": 1, "back": 2, "fevers": 1, "emergencies": 0}
    keeper.offline(False)
    keeper.page.evaluate("dispatchEvent(new Event('online'))")
    keeper.phone.wait_unsent(0, seconds=40)
    assert [(check.verdict, check.reason) for check in checks()] == [
        ("green", "ok"),
        ("red", "household_was_out"),
        ("amber", "mask_missing"),
        ("red", "fever"),
    ]


def test_what_is_wrong_with_a_pass_is_said_at_once(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    good, lost = token_of(village.people[0]), token_of(village.people[1])
    with acting(SYSTEM):
        held = Pass.objects.get(resident=village.people[1])
        actions.revoke_pass(SYSTEM, pass_id=held.pk, reason="丢失")
        elsewhere = Pass.objects.get(resident=village.neighbours[0])
    keeper = new_keeper()
    keeper.offline()
    told = {}
    for name, text in {
        "revoked": lost,
        "forged": good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
        "cut": good[:100],
    }.items():
        told[name] = keeper.shows(text)
        keeper.page.click("[data-drop]")
    assert told == {"revoked": "pass_revoked", "forged": "forged", "cut": "damaged"}
    keeper.scans("https://example.org/")
    keeper.page.wait_for_selector("[data-mode=ready]")
    keeper.page.click(".gate-other >> nth=0")
    keeper.page.fill("[name=text]", elsewhere.code.lower())
    keeper.page.keyboard.press("Enter")
    assert keeper.standing() == "ok", "a code typed by hand"
    keeper.page.click("[data-drop]")
    keeper.page.click(".gate-other >> nth=0")
    keeper.page.fill("[name=text]", "QQQQQQ")
    keeper.page.keyboard.press("Enter")
    assert keeper.standing() == "stranger"
    assert keeper.held() == [], "nothing was recorded that nobody asked for"


def test_pressing_twice_records_once_and_a_pass_in_view_is_one_person(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    token = token_of(village.people[0])
    keeper.page.click("[data-direction=in]")
    keeper.shows(token)
    keeper.page.click("[data-temperature='36.4']")
    keeper.page.dblclick("[data-look=masked-yes]")
    keeper.verdict()
    keeper.turns_to_the_next()
    keeper.scans(token)
    keeper.page.wait_for_selector(".gate-note button")
    assert keeper.page.get_attribute(".gate", "data-mode") == "ready"
    assert len(keeper.held()) == 1
    keeper.page.click(".gate-note button")
    keeper.measures("36.4")
    assert len(keeper.held()) == 2, "asked for, it is a second one"


def test_a_half_measured_person_is_not_pushed_aside(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.offline()
    keeper.shows(token_of(village.people[0]))
    keeper.page.click("[data-temperature='36.4']")
    keeper.scans(token_of(village.neighbours[0]))
    keeper.page.wait_for_selector(".gate-note")
    assert keeper.page.locator(".gate-name").inner_text() == "张*"


def test_a_correction_stands_beside_what_it_corrects(
    new_keeper: Callable[..., Keeper], village: Village
) -> None:
    keeper = new_keeper()
    keeper.shows(token_of(village.people[0]))
    assert keeper.measures("36.3") == ("green", "ok")
    keeper.turns_to_the_next()
    keeper.page.click("button.gate-counts")
    keeper.page.click(".gate-lines li button")
    assert keeper.page.get_attribute("[data-temperature='36.3']", "aria-pressed") == "true"
    keeper.types("376")
    keeper.page.click("[data-save]")
    assert keeper.verdict() == ("red", "fever")
    keeper.turns_to_the_next()
    assert keeper.page.locator("[data-count=fevers] b").inner_text() == "1"
    assert keeper.page.locator("[data-count=out] b").inner_text() == "0"
    keeper.page.click("button.gate-counts")
    assert keeper.page.locator(".gate-lines li").count() == 2
    assert keeper.page.locator(".gate-lines li.old").count() == 1
    keeper.phone.wait_unsent(0, seconds=40)
    wrong, right = checks()
    assert (right.corrects, str(right.temperature), right.reason) == (wrong.id, "37.6", "fever")


def test_the_vectors_of_the_rules_in_the_browser(new_keeper: Callable[..., Keeper]) -> None:
    keeper = new_keeper()
    wrong = keeper.page.evaluate(
        """async (vectors) => {
        const { judge } = await import("/static/field/rules/verdict.js");
        return vectors.judged.filter(([change, profile, reason, nextOut]) => {
          const told = judge({ ...vectors.base, ...change }, vectors.profiles[profile]);
          return told.reason !== reason || told.nextOut !== nextOut || told.verdict !== vectors.reasons[reason].verdict;
        }).length; }""",
        VECTORS,
    )
    assert (wrong, len(VECTORS["judged"]) > 3000) == (0, True)


def test_the_direction_stays(new_keeper: Callable[..., Keeper], village: Village) -> None:
    keeper = new_keeper()
    keeper.page.click("[data-direction=in]")
    keeper.page.reload()
    keeper.page.wait_for_selector("[data-direction=in][aria-pressed=true]")
    keeper.shows(token_of(village.people[0]))
    keeper.measures("36.3")
    assert keeper.held()[0]["body"]["direction"] == Direction.IN
