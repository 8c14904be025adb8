"""A day of a community and the night after it: calls, paper, doors, gate, a fever, a returnee told of three ways."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from browser.at_the_desk import door_form, list_from_above, person, record
from browser.caller_phone import Caller
from browser.field_phone import phones, settle
from browser.field_phone import until as wait_for
from browser.people import DESK, PHONE, fits, somebody, until
from screening.world import COMMUNITY, GATE, OFFICE, Home, inside
from screening.world import new_id as minted
from screening.world import settle as people_move_in
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.door.actions import make_links
from shouwang.door.queries.links import cards
from shouwang.gates.queries import trust
from shouwang.people.actions import register_returnee
from shouwang.people.actions.editing import merge_households, split_household
from shouwang.people.enums import ReturneeSource
from shouwang.people.queries.numbers import told_numbers
from shouwang.places.models import Area
from shouwang.screening.actions import open_round, print_sheet
from shouwang.screening.models import Round
from shouwang.screening.queries import ledger
from shouwang.screening.rules.sheets import write_number
from shouwang.sync.actions import invite_device, revoke_device
from shouwang.workforce.actions import make_caseload, move_households

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CITY = 429006000000
REFRESH = 45
"""Seconds within which headquarters, who touches nothing, must see a fever."""
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def sql(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with inside(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def number(statement: str, *parameters: Any) -> int:
    return int(sql(statement, *parameters)[0][0])


class Street:
    """Thirty households of sixty people: fifteen A's, fourteen B's, the last nobody's. The round is open."""

    def __init__(self) -> None:
        settle()
        with inside():
            Area.objects.get_or_create(code=CITY, defaults={"name": "天门市", "level": 3})
            self.homes = people_move_in([1 + n % 3 for n in range(30)])
            self.a, self.b = (
                make_caseload(OFFICE, community=COMMUNITY, caller_name=name).pk for name in ("李红", "王姐")
            )
            for load, part in (
                (self.a, self.homes[:15]),
                (self.b, self.homes[15:]),
                (None, self.homes[29:]),
            ):
                ids = [one.id for one in part]
                move_households(OFFICE, community=COMMUNITY, household_ids=ids, caseload_id=load)
            make_links(OFFICE, community=COMMUNITY)
            self.doors = {home: f"/d/{card.token}" for home, card in cards(OFFICE, COMMUNITY).items()}
        self.office, self.caller = person(Role.OFFICE), person(Role.CALLER)
        assert self.office.post(f"/screening/{COMMUNITY}/open").status_code == 302
        with inside():
            self.round = Round.objects.get().pk

    def desk(self, home: Home, **more: str) -> None:
        """B writes down a call."""
        sent = self.caller.post(f"/screening/round/{self.round}/household/{home.id}", record(home, **more))
        assert sent.status_code == 302, sent.content.decode()

    def code(self, name: str) -> str:
        with inside():
            invited = invite_device(OFFICE, community=COMMUNITY, entrance=None, name=name, caseload=self.a)
        return f"SWE1.{invited}.{trust.root_fingerprint()}"

    def is_kept_as_counted(self) -> None:
        """The round's figures are those of plain statements over its facts."""
        due, reached, attempts = sql(
            "select residents_due, residents_reached, attempts from screening_round where id = %s", self.round
        )[0]
        assert due == number(
            "select cardinality(residents) from screening_duelist where round_id = %s", self.round
        )
        assert attempts == number(
            "select count(*) from screening_attempt where round = %s and corrects is null", self.round
        )
        told = {one for (one,) in sql("select resident from screening_reading where round = %s", self.round)}
        ((listed, twice),) = sql(
            "select residents, twice from screening_duelist where round_id = %s", self.round
        )
        assert reached == len(told & set(listed) - set(twice))


def phone_of(street: Street, make: Any, name: str) -> Caller:
    phone = make()
    phone.enrol(street.code(name))
    phone.page.fill("[name=keeper]", "李红")
    phone.page.click("form button.primary")
    phone.page.wait_for_selector("a[href='#/calls']", timeout=20_000)
    return Caller(phone)


def all_well(caller: Caller, *homes: Home) -> None:
    for home in homes:
        caller.opens(home.id)
        caller.answered_by(home.people[0])
        caller.all_well()


def sent(caller: Caller) -> None:
    wait_for(lambda: caller.phone.held()["outbox"] == [], 30)


def a_returnee_three_ways(street: Street, headquarters: Client) -> int:
    """At the gate, misspelt on a list from above, and at the door where she stays: one person. Answers who she is."""
    numbers = told_numbers("", "13800005566", today=clock.today())
    with acting(GATE):
        register_returnee(
            GATE, community=COMMUNITY, name="王小明", numbers=numbers, origin="武汉", source=ReturneeSource.GATE,
            source_id=minted(),
        )  # fmt: skip
    page = headquarters.post(f"/people/{CITY}/lists", {"file": list_from_above(), "agency": "市公安局"})
    assert page.status_code == 302
    list_id = number("select id from people_returneelist")
    assert headquarters.post(f"/people/lists/{list_id}/load").status_code == 302
    home = street.homes[20]
    told = door_form(name="王小明", origin="武汉", phone="13800005566", to_stay="yes")
    for _ in range(2):
        assert Client().post(f"{street.doors[home.id]}/arrival", told).status_code == 200
    assert sql("select source, count(*) from people_sighting group by 1 order by 1") == [
        ("declared", 1), ("gate", 1), ("list", 1),
    ]  # fmt: skip
    assert number("select count(*) from people_returnee") == 1
    assert sql("select state, count(*) from people_listline group by 1") == [("found", 1)]
    assert number("select residents_due from screening_round") == 60
    ((proposal,),) = sql("select id from people_proposal where state = 'open'")
    for _ in range(2):
        assert street.office.post(f"/people/proposals/{proposal}/confirm").status_code == 302
    assert number("select residents_due from screening_round") == 61
    return number("select id from people_resident where name = '王小明' and household_id = %s", home.id)


def a_fever_at_the_door(street: Street, browser: Browser, address: str, headquarters: Any) -> int:
    """One of a household of two; headquarters sees it on an open page, takes it, and ends it at home."""
    home = street.homes[16]
    assert len(home.people) == 2
    page = browser.new_page(locale="zh-CN", **PHONE)
    page.goto(address + street.doors[home.id])
    for who, degrees in zip(home.people, ("36.6", "38.3"), strict=True):
        page.fill(f"#t{who}", degrees)
    page.click("label[for=all]")
    page.click(".send button")
    page.wait_for_url("**/thanks")
    fits(page)
    page.close()
    assert until(headquarters, "#fevers >> text=38.3", REFRESH) < REFRESH
    headquarters.click("#fevers button:has-text('我来处理'), #fevers form[action$='/take'] button")
    wait_for(lambda: number("select count(*) from screening_fevercall where taken_at is not null") == 1, 10)
    call = number("select id from screening_fevercall")
    headquarters.click(f"[data-dialog=end_{call}]")
    headquarters.click(f"#end_{call} label:has([value=home])")
    headquarters.click(f"#end_{call} form button.btn-primary")
    wait_for(lambda: number("select count(*) from screening_fevercall where ended_at is not null") == 1, 10)
    assert sql("select resident, twice_daily from people_watch where reason = 'fever'") == [
        (home.people[1], True)
    ]
    return home.people[1]


def a_need_told_twice(street: Street) -> None:
    home = street.homes[17]
    street.desk(home, needs="降压药一盒")
    assert Client().post(f"{street.doors[home.id]}/help", door_form(text="要降压药一盒")).status_code == 200
    ((request, tellings),) = sql(
        "select r.id, count(*) from supplies_request r join supplies_telling t on t.request_id = r.id group by 1"
    )
    assert tellings == 2
    settled = {"end": "done", "answer": "明天上午送到"}
    assert street.office.post(f"/supplies/requests/{request}/settle", settled).status_code in (200, 302)
    assert "明天上午送到" in Client().get(f"{street.doors[home.id]}/asked").content.decode()


def paper(street: Street, home: Home) -> None:
    """One line of B's sheet is filled in and typed back, twice."""
    with inside():
        sheet = print_sheet(OFFICE, caseload_id=street.b, day=clock.today())
    cells = {f"p_{who}": "36.4" for who in home.people}
    for _ in range(2):
        typed = street.office.post(
            f"/screening/sheets/{write_number(sheet.pk)}",
            {"channel": "visit", "who": "2", "time": "00:01"} | cells,
        )
        assert typed.status_code == 302, typed.content.decode()


def test_nobody_missed(
    browser: Browser, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = Street()
    homes = street.homes
    with (
        somebody(browser, live_server.url, Role.HEADQUARTERS, CITY, DESK, "headquarters") as headquarters,
        phones(browser, live_server.url, tmp_path) as make,
    ):
        headquarters.goto(f"/screening/{CITY}/fevers")
        newcomer = a_returnee_three_ways(street, person(Role.HEADQUARTERS, CITY))
        feverish = a_fever_at_the_door(street, browser, live_server.url, headquarters)
        a_need_told_twice(street)

        # Caller A: five households, then her phone is gone; the new one knows what was done.
        first = phone_of(street, make, "李红的手机")
        all_well(first, *homes[:5])
        sent(first)
        with inside():
            revoke_device(OFFICE, device_id=number("select max(id) from sync_device"), reason="lost")
        first.phone.close()
        second = phone_of(street, make, "李红的新手机")
        second.to_the_list()
        assert second.figures() == (5, 10)
        # Offline: six are well, one does not answer; meanwhile the office splits one of the six, and makes two one.
        second.phone.context.set_offline(True)
        all_well(second, *homes[5:11])
        second.opens(homes[11].id)
        assert second.not_reached("no_answer") == "call_again"
        with inside():
            new = split_household(OFFICE, household_id=homes[8].id, resident_ids=homes[8].people[2:])
            merge_households(OFFICE, household_id=homes[18].id, others=[homes[19].id])
        street.is_kept_as_counted()
        second.phone.context.set_offline(False)
        sent(second)
        assert (
            number("select count(*) from screening_reading where resident = any(%s)", list(homes[8].people))
            == 3
        )
        assert number("select count(*) from people_resident where household_id = %s", new.pk) == 1
        # What she does now stays on the phone until after midnight.
        second.phone.context.set_offline(True)
        all_well(second, homes[12])

        # Caller B at the desk, on paper, and a household that refuses.
        street.desk(Home(homes[18].id, (*homes[18].people, *homes[19].people)))
        street.desk(homes[15])
        paper(street, homes[21])
        for home in homes[22:28]:
            street.desk(home)
        refused = {"attempt_id": str(minted()), "how": "call:refused", "answered_by": "resident"}
        assert street.caller.post(
            f"/screening/round/{street.round}/household/{homes[28].id}", refused
        ).status_code == 302  # fmt: skip
        street.desk(Home(homes[20].id, (*homes[20].people, newcomer)))
        street.is_kept_as_counted()

        day = clock.today()
        states = sign_off(street, day)
        not_reached = {one for home in (*homes[11:15], homes[28], homes[29]) for one in home.people}
        twice = set(sql("select twice from screening_duelist where round_id = %s", street.round)[0][0])
        assert twice <= {feverish}
        assert states["reached"] == 61 - len(not_reached | twice)
        assert states["refused"] == len(homes[28].people)
        assert states["unreachable"] == len(homes[11].people)
        assert states["unassigned"] == len(homes[29].people)
        assert states["not_tried"] == sum(len(home.people) for home in homes[12:15]) + len(twice)
        assert named(street, day) == not_reached | twice

        # After midnight the phone finds the network again.
        real = timezone.now
        monkeypatch.setattr("django.utils.timezone.now", lambda: real() + dt.timedelta(days=1))
        second.phone.context.set_offline(False)
        second.page.evaluate("document.getElementById('app').app.sender.retry()")
        sent(second)
        with inside():
            told = ledger.day(OFFICE, COMMUNITY, day)
        assert told.stood
        assert {name: getattr(told.stood, name) for name in states} == states
        assert told.now.reached == states["reached"] + len(homes[12].people)
        assert told.changed == len(homes[12].people)
        assert number("select count(*) from screening_attempt where round = %s and household = %s",
                      street.round, homes[12].id) == 1  # fmt: skip
        with inside():
            tomorrow = open_round(OFFICE, community=COMMUNITY)
        ((due, again),) = sql(
            "select residents, twice from screening_duelist where round_id = %s", tomorrow.pk
        )
        assert newcomer in due
        assert again == [feverish]
        assert len(due) == 61
        second.phone.close()


def sign_off(street: Street, day: dt.date) -> dict[str, int]:
    """The office signs for the number that stands on the page; the seven states as the table has them."""
    with inside():
        left = ledger.day(OFFICE, COMMUNITY, day).now.not_reached
    address = f"/screening/{COMMUNITY}/ledger/sign-off"
    for _ in range(2):
        assert (
            street.office.post(address, {"day": day.isoformat(), "not_reached": str(left)}).status_code == 302
        )
    names = ("reached", "refused", "unreachable", "moved", "away", "not_tried", "unassigned")
    (row,) = sql(f"select due, {', '.join(names)} from screening_ledger where day = %s", day)
    assert row[0] == sum(row[1:]) == number("select count(*) from people_resident") == 61
    return dict(zip(names, row[1:], strict=True))


def named(street: Street, day: dt.date) -> set[int]:
    """Whom the pages behind the figures of not reached show, by their keys."""
    found: set[int] = set()
    for state in ("refused", "unreachable", "not_tried", "unassigned"):
        page = street.office.get(f"/screening/{COMMUNITY}/ledger/people?day={day}&state={state}&as=stood")
        assert page.status_code == 200
        # The server beside this test renders too, and what it renders meanwhile is told to the client as well.
        lines = next(one["lines"] for one in page.context if {"how", "lines"} <= one.flatten().keys())
        found |= {line["line"].person.resident_id for line in lines}
    return found
