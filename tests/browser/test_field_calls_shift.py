"""A caller's whole shift against the real server: 45 households, the network gone, the phone restarted, lost, revoked.
What the server holds in the end is what she did, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.caller_phone import Caller
from browser.field_phone import SYNC, phones, settle, until
from browser.people import fits
from screening.world import COMMUNITY, OFFICE, Home, inside, new_id
from screening.world import settle as people_move_in
from shouwang.access import clock
from shouwang.gates.queries import trust
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.rules import ReadingInput
from shouwang.sync.actions import invite_device, revoke_device, take_handover
from shouwang.sync.models import Device, Quarantined
from shouwang.workforce.models import Assignment, Caseload

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Callers = Callable[..., Caller]
HOUSEHOLDS = 45
COLD = 1.0  # seconds from nothing to the list, with no network


@pytest.fixture
def homes(transactional_db: None) -> list[Home]:
    settle()
    with inside():
        made = people_move_in([1 + number % 3 for number in range(HOUSEHOLDS)])
        now = clock.now()
        load = Caseload.objects.create(
            community=COMMUNITY, name="3", caller_name="李红", created_at=now, changed_at=now
        )
        Assignment.objects.bulk_create(
            Assignment(household=home.id, community=COMMUNITY, caseload=load, since=now) for home in made
        )
        open_round(OFFICE, community=COMMUNITY)
    return made


def code(name: str = "李红的手机") -> str:
    with inside():
        load = Caseload.objects.get().pk
        invited = invite_device(OFFICE, community=COMMUNITY, entrance=None, name=name, caseload=load)
        return f"SWE1.{invited}.{trust.root_fingerprint()}"


@pytest.fixture
def new_caller(
    browser: Browser, live_server: LiveServer, tmp_path: Path, homes: list[Home]
) -> Iterator[Callers]:
    with phones(browser, live_server.url, tmp_path) as make:

        def caller(name: str = "李红") -> Caller:
            phone = make()
            phone.enrol(code(f"{name}的手机"))
            phone.page.fill("[name=keeper]", name)
            phone.page.click("form button.primary")
            phone.page.wait_for_selector("a[href='#/calls']", timeout=20_000)
            return Caller(phone)

        yield caller


def attempts() -> list[Attempt]:
    """What the server holds, in the order in which it was made."""
    with inside():
        return list(Attempt.objects.order_by("made_at", "id"))


def people_reached() -> set[int]:
    with inside():
        return set(Reading.objects.values_list("resident", flat=True))


def all_sent(caller: Caller) -> None:
    until(lambda: caller.phone.held()["outbox"] == [], 30)


def says_all_well(caller: Caller, home: Home) -> None:
    """The common answer: two taps in the household that is open."""
    caller.page.click(f"[data-answerer='{home.people[0]}']")
    caller.all_well()


def test_a_whole_shift_of_forty_five_households(new_caller: Callers, homes: list[Home]) -> None:
    caller = new_caller()
    page = caller.to_the_list()
    assert caller.figures() == (0, HOUSEHOLDS)
    assert sorted(caller.order()) == sorted(home.id for home in homes)
    by_id = {home.id: home for home in homes}
    first = by_id[caller.order()[0]]
    page.click("[data-next]")
    page.wait_for_selector(f"[data-mode=household][data-household='{first.id}']")
    assert page.get_attribute("[data-dial] >> nth=0", "href") == "tel:13800001234"
    page.click("[data-script] summary")
    assert "李红" in page.inner_text(".calls-script >> nth=0"), "she says her own name"
    says_all_well(caller, first)
    all_sent(caller)

    # The network goes; she goes on, from one household to the next by the button under her thumb.
    caller.phone.context.set_offline(True)
    done = [first.id]
    for number in range(1, HOUSEHOLDS):
        page.wait_for_timeout(460)  # the pause in which a finger coming down does nothing
        page.click("[data-next]")
        page.wait_for_selector("[data-mode=household]")
        home = by_id[int(page.get_attribute("[data-mode=household]", "data-household") or 0)]
        if number == 20:  # the battery
            caller.phone.kill()
            caller.phone.wait_dead()
            page = caller.phone.open(f"/field/#/calls/h/{home.id}", offline=True)
            page.wait_for_selector(f"[data-mode=household][data-household='{home.id}']")
        if number % 9 == 0:
            assert caller.not_reached("no_answer") == "call_again"
        else:
            says_all_well(caller, home)
            done.append(home.id)
    assert page.get_attribute(".calls-foot [href='#/calls/day'], .calls-foot [data-next]", "href")
    caller.to_the_list()
    assert caller.figures() == (len(done), HOUSEHOLDS - len(done))
    fits(page)
    page.goto("/field/#/calls/day")
    assert page.inner_text("[data-count=unsent]").startswith(str(HOUSEHOLDS - 1))

    caller.phone.context.set_offline(False)
    all_sent(caller)
    held = caller.records()
    assert [(str(one.id), one.household, one.outcome, one.keeper) for one in attempts()] == [
        (one["id"], one["body"]["household"], one["body"]["outcome"], "李红") for one in held
    ]
    assert people_reached() == {who for home in homes if home.id in done for who in home.people}
    with inside():
        round_ = Round.objects.get()
        assert (round_.households_reached, round_.attempts) == (len(done), HOUSEHOLDS)
        assert not Quarantined.objects.exists()


def test_a_lost_phone_two_callers_and_progress_of_others(new_caller: Callers, homes: list[Home]) -> None:
    caller = new_caller()
    for home in homes[:3]:
        caller.opens(home.id)
        says_all_well(caller, home)
    all_sent(caller)
    # The phone is lost; another one is enrolled and knows what was done.
    second = new_caller("李红")
    second.to_the_list()
    assert second.figures() == (3, HOUSEHOLDS - 3)
    # Meanwhile the office reaches one household, and both phones another at once.
    with inside():
        record_attempt(
            OFFICE, attempt_id=new_id(), community=COMMUNITY, household_id=homes[4].id, channel="visit",
            outcome="reached", answered_by="member",
            readings=[ReadingInput(who, "36.5", []) for who in homes[4].people],
        )  # fmt: skip
    for each in (caller, second):
        each.phone.page.route(SYNC, lambda route: route.abort())
        each.opens(homes[5].id)
        says_all_well(each, homes[5])
    for each in (caller, second):
        each.phone.page.unroute(SYNC)
        each.page.evaluate("document.getElementById('app').app.sender.retry()")
        all_sent(each)
        each.page.evaluate("document.getElementById('app').app.refresh()")
    second.to_the_list()
    second.page.wait_for_selector("[data-done='5']")
    second.opens(homes[4].id)
    assert "已经联系到这一户" in second.page.inner_text(".calls .note.info")
    with inside():
        assert Attempt.objects.filter(household=homes[5].id).count() == 2
        assert Round.objects.get().households_reached == 5


def test_the_clock_is_wrong_and_a_correction_counts_once(new_caller: Callers, homes: list[Home]) -> None:
    caller = new_caller()
    page = caller.page
    page.add_init_script(
        "(() => { const real = Date.now; Date.now = () => real() + 3 * 3600_000; })()"
    )  # the phone is three hours ahead
    page.reload()
    page.wait_for_selector("a[href='#/calls']")
    page.evaluate("document.getElementById('app').app.refresh()")
    caller.opens(homes[2].id)
    says_all_well(caller, homes[2])
    page.wait_for_timeout(500)
    page.click("[data-correct]")
    page.fill(f"[data-person='{homes[2].people[1]}'] [data-temperature]", "38.2")
    page.click("[data-save]")
    page.wait_for_selector(".calls-saved.danger")
    all_sent(caller)
    first, second = attempts()
    assert second.corrects == first.id
    assert abs((first.made_at - clock.now()).total_seconds()) < 120
    with inside():
        round_ = Round.objects.get()
        assert (round_.households_reached, round_.attempts, round_.fevers) == (1, 1, 1)


def test_it_starts_cold_and_offline_within_a_second_and_its_time_ends(
    new_caller: Callers, homes: list[Home]
) -> None:
    caller = new_caller()
    caller.to_the_list()
    took = []
    for _ in range(3):
        caller.phone.close()
        page = caller.phone.open("about:blank", offline=True)
        page.goto("/field/#/calls", wait_until="commit")
        page.wait_for_selector(".calls[data-mode=list]")
        took.append(page.evaluate("performance.getEntriesByName('listed')[0].startTime") / 1000)
    print(f"cold and offline, to the list: {sorted(took)} s")
    assert min(took) <= COLD
    # Two days later, still offline: the numbers of other people are not on this phone any more.
    caller.opens(homes[0].id)
    says_all_well(caller, homes[0])
    page.evaluate(
        """(() => { const { app } = document.getElementById("app");
        app.clock.offset = (app.clock.offset ?? 0) + 50 * 3600_000; app.dropCalls(); })()"""
    )
    page.wait_for_selector("text=本机没有联系名单")
    held = caller.phone.held()
    assert len(held["outbox"]) == 1, "what she did stays until it is sent"
    assert "callDrafts" not in held["settings"]


def test_a_revoked_phone_loses_the_list_and_hands_over_what_it_holds(
    new_caller: Callers, homes: list[Home]
) -> None:
    caller = new_caller()
    caller.phone.page.route(SYNC, lambda route: route.abort())
    caller.opens(homes[0].id)
    says_all_well(caller, homes[0])
    with inside():
        revoke_device(OFFICE, device_id=Device.objects.get().pk, reason="手机丢了")
    caller.page.evaluate("document.getElementById('app').app.refresh()")
    caller.page.wait_for_selector(".banners .note.danger")
    caller.page.goto("/field/#/calls")
    caller.page.wait_for_selector("text=本机没有联系名单")
    assert "13800001234" not in caller.page.evaluate(
        """async () => { const { openStore } = await import("/static/field/store.js");
        return JSON.stringify([...(await openStore()).parts.values()].map(({ data }) => data)); }"""
    )
    caller.page.goto("/field/#/handover")
    with caller.page.expect_download() as file:
        caller.page.click("button.primary")
    with inside():
        take_handover(OFFICE, Path(file.value.path()).read_bytes())
    [attempt] = attempts()
    assert attempt.household == homes[0].id
