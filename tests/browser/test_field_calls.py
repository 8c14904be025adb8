"""The call list in a caller's hand: two taps for the common answer, nothing pre-filled, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.caller_phone import PACK, Caller, Office, forty_five
from browser.field_phone import invite, phones, settle, until
from browser.people import fits
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.places.actions import set_duty_phone
from sync.phone import COMMUNITY, SYSTEM

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Callers = Callable[..., Caller]


@pytest.fixture
def office() -> Office:
    return Office(forty_five(clock.now()))


@pytest.fixture
def new_caller(
    browser: Browser, live_server: LiveServer, tmp_path: Path, office: Office
) -> Iterator[Callers]:
    settle()
    with acting(SYSTEM):
        set_duty_phone(SYSTEM, area=COMMUNITY, name="社区值班室", phone="0728-5220001")
    with phones(browser, live_server.url, tmp_path) as make:

        def caller() -> Caller:
            phone = make()
            phone.open("about:blank")
            phone.context.route(PACK, office.answer)
            phone.enrol(invite(name="李红的手机"))
            phone.page.fill("[name=keeper]", "李红")
            assert phone.page.locator("[name=gate]").count() == 0, "she keeps no gate"
            phone.page.click("form button.primary")
            phone.page.wait_for_selector("a[href='#/calls']", timeout=20_000)
            return Caller(phone)

        yield caller


def test_the_common_answer_is_two_taps_and_nothing_is_pre_filled(new_caller: Callers) -> None:
    caller = new_caller()
    page = caller.to_the_list()
    assert caller.figures() == (0, 45)
    assert caller.order()[:4] == [5000, 5001, 5002, 5003], "the office's order"
    assert "发热或气促" in page.inner_text("[data-household='5000']:is(a)")
    assert "武汉返回" in page.inner_text("[data-household='5001']:is(a)")
    page.click("[data-next]")
    page.wait_for_selector("[data-mode=household][data-household='5000']")
    assert page.get_attribute("[data-dial] >> nth=0", "href") == "tel:13807289000"
    assert page.locator("[aria-pressed=true]:not([data-channel], [data-level])").count() == 0
    assert page.locator("[data-all-well], [data-save]").count() == 0, "first somebody has answered"
    caller.answered_by(9001)
    assert page.locator("[data-person] input").evaluate_all("all => all.map((each) => each.value)") == [
        "",
        "",
    ]
    caller.all_well()
    [record] = caller.records()
    assert record["keeper"] == "李红"
    assert record["body"] == {
        "household": 5000, "channel": "call", "outcome": "reached", "answered_by": "member",
        "readings": [{"resident": who, "temperature": None, "symptoms": []} for who in (9000, 9001)],
        "needs": "", "trouble": "", "remarks": "", "arrivals": [], "presence": [], "proxy": False, "corrects": None,
    }  # fmt: skip
    caller.to_the_list()
    assert caller.figures() == (1, 44)
    assert caller.order()[-1] == 5000, "done sinks to the end"


def test_two_fingers_at_once_make_one_record(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5003)
    caller.answered_by(9012)
    caller.page.evaluate(
        "(() => { for (const each of [1, 2, 3]) document.querySelector('[data-all-well]')?.click(); })()"
    )
    caller.saved()
    caller.opens(5004)
    caller.page.evaluate(
        "(() => { for (const each of [1, 2, 3]) document.querySelector('[data-outcome=no_answer]')?.click(); })()"
    )
    caller.saved()
    assert [record["body"]["household"] for record in caller.records()] == [5003, 5004]


def test_not_reached_says_what_to_try_next(new_caller: Callers) -> None:
    caller = new_caller()
    tries = {
        "no_answer": ["call_again", "call_again", "other_number", "other_number", "visit"],
        "refused": ["office"],
    }
    for household, (outcome, steps) in zip((5001, 5004), tries.items(), strict=True):
        caller.opens(household)
        found = []
        for step in steps:
            found.append(caller.not_reached(outcome))
            if step != steps[-1]:
                caller.page.wait_for_timeout(500)
                caller.page.click("[data-again]")
        assert found in (steps, steps[1:]) or found[0] == steps[0], found
    caller.opens(5006)
    assert caller.not_reached("wrong_number") == "neighbour", "one number and it is wrong"
    caller.opens(5007)
    caller.page.click("[data-channel=visit]")
    assert caller.not_reached("note_left") == "call_again"
    last = caller.records()[-1]["body"]
    assert (last["channel"], last["outcome"], last["remarks"]) == ("visit", "nobody_home", "门口留了字条")
    assert all(record["body"]["readings"] == [] for record in caller.records())


def test_a_fever_is_told_at_once_and_each_person_has_her_own_words(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5000)
    page = caller.page
    caller.answered_by(9000)
    page.fill("[data-person='9000'] [data-temperature]", "３８，１")
    page.click("[data-person='9001'] [data-symptoms=some]")
    page.click("[data-all-well]")
    assert caller.records() == [], "a symptom was promised and is not chosen yet"
    assert "请选症状" in page.inner_text("[data-save]")
    page.click("[data-person='9001'] [data-symptom=cough]")
    page.click("[data-more=needs]")
    page.fill("[name=needs]", "降压药一盒")
    page.click("[data-save]")
    caller.saved()
    fits(page)
    assert "马上告诉社区" in page.inner_text("[data-saved]")
    assert page.get_attribute("[data-duty]", "href") == "tel:0728-5220001"
    [record] = caller.records()
    assert record["body"]["readings"] == [
        {"resident": 9000, "temperature": "38.1", "symptoms": None},
        {"resident": 9001, "temperature": None, "symptoms": ["cough"]},
    ]
    page.goto("/field/#/calls/day")
    page.wait_for_selector("[data-fevers='1']")
    assert "降压药一盒" in page.inner_text("[data-told=needs]")
    fits(page)


def test_who_came_is_sealed_before_anything_is_kept(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5004)
    page = caller.page
    page.click("[data-answerer] >> nth=0")
    page.click("[data-more=arrivals]")
    for name, value in (
        ("name", "王强"),
        ("origin", "武汉"),
        ("id_number", "11010519491231002X"),
        ("phone", "13900001111"),
    ):
        page.fill(f"[data-arrival-form] [name={name}]", value)
    page.check("[data-arrival-form] [name=to_stay]")
    page.click("[data-take]")
    page.wait_for_selector("[data-arrival]")
    until(lambda: "callDrafts" in caller.phone.held()["settings"], 5)
    kept = str(caller.phone.held()["settings"])
    assert "11010519491231002X" not in kept
    assert "13900001111" not in kept
    page.click("[data-person] >> nth=0 >> [data-presence=away]")
    caller.all_well()
    body = caller.records()[0]["body"]
    [arrival] = body["arrivals"]
    assert (arrival["name"], arrival["origin"], arrival["to_stay"]) == ("王强", "武汉", True)
    assert len(arrival["id_number"]) > 80
    assert body["presence"] == [{"resident": 9016, "now": "away"}]
    assert 9016 not in [reading["resident"] for reading in body["readings"]], (
        "who is away was not asked after"
    )


def test_a_correction_is_a_record_of_its_own(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5003)
    caller.answered_by(9012)
    caller.all_well()
    caller.page.wait_for_timeout(500)
    caller.page.click("[data-correct]")
    caller.page.fill("[data-person='9012'] [data-temperature]", "37.9")
    caller.page.click("[data-save]")
    caller.page.wait_for_selector(".calls-saved.danger")
    first, second = caller.records()
    assert second["body"]["corrects"] == first["id"]
    assert second["body"]["readings"] == [{"resident": 9012, "temperature": "37.9", "symptoms": []}]
    # It was the wrong household altogether: from the list, what was said of it is taken back.
    caller.opens(5003)
    caller.page.click("[data-correct]")
    caller.not_reached("no_answer")
    assert caller.records()[2]["body"]["corrects"] == second["id"]
    caller.to_the_list()
    assert caller.figures() == (0, 45)


def test_a_call_half_done_survives_the_battery(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5000)
    page = caller.page
    caller.answered_by(9000)
    page.fill("[data-person='9000'] [data-temperature]", "36.9")
    page.click("[data-more=remarks]")
    page.fill("[name=remarks]", "晚上七点后打")
    until(lambda: "晚上七点后打" in str(caller.phone.held()["settings"]), 5)
    caller.phone.kill()
    caller.phone.wait_dead()
    page = caller.phone.open("/field/#/calls/h/5000", offline=True)
    page.wait_for_selector(".calls-kept")
    assert page.input_value("[data-person='9000'] [data-temperature]") == "36.9"
    assert page.input_value("[name=remarks]") == "晚上七点后打"
    caller.all_well()
    assert caller.records()[0]["body"]["readings"][0]["temperature"] == "36.9"
    caller.opens(5000)
    assert page.locator(".calls-kept").count() == 0, "and is gone when it is recorded"


def test_a_full_phone_gives_no_tick(new_caller: Callers) -> None:
    caller = new_caller()
    caller.opens(5003)
    caller.answered_by(9012)
    page = caller.page
    page.evaluate(
        """(() => { window.put = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = () => { throw new DOMException("no room", "QuotaExceededError"); }; })()"""
    )
    page.click("[data-all-well]")
    page.wait_for_selector(".calls .note.danger")
    assert page.locator("[data-saved]").count() == 0
    assert caller.records() == []
    page.evaluate("(() => { IDBObjectStore.prototype.add = window.put; })()")
    caller.all_well()
    assert len(caller.records()) == 1


def test_finding_and_sifting_and_large_letters(new_caller: Callers) -> None:
    caller = new_caller()
    page = caller.to_the_list()
    page.fill("[type=search]", "9012")
    assert caller.order() == [5003]
    page.fill("[type=search]", "1-1-401")
    assert caller.order() == [5003]
    page.fill("[type=search]", "")
    caller.opens(5003)
    caller.not_reached("no_answer")
    caller.to_the_list()
    page.click("[data-filter=again]")
    assert caller.order() == [5003]
    page.click("[data-filter=done]")
    assert caller.order() == []
    page.click(".calls-tool[aria-pressed=false]")
    page.wait_for_selector("html.large-type")
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page)
    caller.opens(5000)
    caller.answered_by(9000)
    fits(page)


def test_the_code_on_the_door_opens_the_household_as_a_visit(new_caller: Callers) -> None:
    caller = new_caller()
    page = caller.page
    page.goto("/field/#/calls/scan")
    page.wait_for_selector("[data-mode=scan]")

    def shown(text: str) -> None:
        page.keyboard.type(text)
        page.keyboard.press("Enter")

    shown("SW1:NOT_A_DOOR")
    page.wait_for_selector("text=这个码不是门牌卡")
    shown(f"SWD1:{COMMUNITY}.9999.F77LZPLA")
    page.wait_for_selector("text=这一户不在您的名单里")
    shown(f"SWD1:{COMMUNITY}.5002.F77LZPLA")
    page.wait_for_selector("[data-mode=household][data-household='5002']")
    assert page.get_attribute("[data-channel=visit]", "aria-pressed") == "true"
    page.click("[data-answerer] >> nth=0")
    caller.all_well()
    [record] = caller.records()
    assert (record["body"]["channel"], record["body"]["answered_by"]) == ("visit", "resident")
