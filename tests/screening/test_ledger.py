"""The completeness ledger: everybody in exactly one state, as the day stood and as it is."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings

from screening.test_attempts import reach
from screening.world import CALLER, COMMUNITY, OFFICE, SYSTEM, Home, new_id
from shouwang.access import clock
from shouwang.kernel.errors import Forbidden, Refused
from shouwang.people.actions import set_presence
from shouwang.people.enums import Presence, WatchReason
from shouwang.people.models import Population, Resident, Watch
from shouwang.screening.actions import close_day, follow_roster, open_round, record_attempt, sign_off_day
from shouwang.screening.actions.ledger import days_to_close
from shouwang.screening.enums import DayState
from shouwang.screening.models import DueList, Ledger, Round
from shouwang.screening.queries import ledger
from shouwang.screening.queries.board import board, not_reached
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import ReadingInput
from shouwang.screening.tasks import close_days
from shouwang.workforce.models import Assignment, Caseload


def own(*homes: Home) -> None:
    """Put these households into a caseload that somebody carries."""
    now = clock.now()
    load, _ = Caseload.objects.get_or_create(
        community=COMMUNITY,
        name="1",
        defaults={"caller_name": "何志远", "created_at": now, "changed_at": now},
    )
    for home in homes:
        Assignment.objects.create(household=home.id, community=COMMUNITY, caseload=load, since=now)
    follow_roster(OFFICE, community=COMMUNITY)


def miss(home: Home, outcome: str) -> None:
    record_attempt(
        CALLER, attempt_id=new_id(), community=COMMUNITY, household_id=home.id, channel="call", outcome=outcome,
        answered_by="resident" if outcome == "refused" else None,
    )  # fmt: skip


def today() -> ledger.LedgerDay:
    return ledger.day(OFFICE, COMMUNITY, clock.today())


def watch_twice(resident: int, household: int) -> None:
    Watch.objects.create(
        community=COMMUNITY, household=household, resident=resident, reason=WatchReason.QUARANTINE,
        twice_daily=True, from_day=clock.today(), until_day=clock.today(), started_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``at(hour)``: it is that hour of a day in February 2020."""

    def go(hour: int, day: int = 15) -> None:
        moment = dt.datetime(2020, 2, day, hour, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        monkeypatch.setattr(settings, "SHOUWANG_SCENE", None)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return go


def test_everybody_is_in_one_state(homes: list[Home]) -> None:
    three, one, two = homes
    open_round(OFFICE, community=COMMUNITY)
    own(three, one)
    reach(three, three.people[0])
    miss(one, "no_answer")
    Resident.objects.filter(pk=two.people[0]).update(presence=Presence.AWAY)
    follow_roster(OFFICE, community=COMMUNITY)
    found = today().now
    assert found == ledger.DayFigures(6, reached=1, not_tried=2, unreachable=1, away=1, unassigned=1)
    (nobodys,) = ledger.people(OFFICE, COMMUNITY, clock.today(), states=[DayState.UNASSIGNED])
    assert nobodys.resident_id == two.people[1]
    (line,) = ledger.lines(
        OFFICE,
        COMMUNITY,
        clock.today(),
        ledger.people(OFFICE, COMMUNITY, clock.today(), states=[DayState.UNREACHABLE]),
    )
    assert line.member
    assert line.member.name == "赵0"
    assert (line.tried.tries, line.tried.last_outcome) == (1, "no_answer")
    assert line.owner
    assert line.owner.caller_name == "何志远"


def test_without_a_round_everybody_is_counted_too(homes: list[Home]) -> None:
    own(*homes)
    assert today().now == ledger.DayFigures(6, not_tried=6)


def test_who_moves_out_unreached_stays_in_the_day(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    yesterday = clock.today() - dt.timedelta(days=1)
    Resident.objects.filter(pk=homes[1].people[0]).update(presence=Presence.MOVED, presence_since=yesterday)
    follow_roster(OFFICE, community=COMMUNITY)
    assert today().now == ledger.DayFigures(6, moved=1, not_tried=5)
    Resident.objects.filter(pk=homes[1].people[0]).update(presence=Presence.PRESENT)
    follow_roster(OFFICE, community=COMMUNITY)
    assert today().now == ledger.DayFigures(6, not_tried=6)


def test_who_moves_to_another_community_stays_in_the_day(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    Resident.objects.filter(pk=homes[1].people[0]).update(community=429006002001)
    follow_roster(OFFICE, community=COMMUNITY)
    assert today().now == ledger.DayFigures(6, moved=1, not_tried=5)


def test_the_round_keeps_who_is_nobodys(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    assert Round.objects.get().residents_unassigned == 6
    own(homes[0])
    assert Round.objects.get().residents_unassigned == 3
    reach(homes[2])
    assert Round.objects.get().residents_unassigned == 1
    assert kept(Round.objects.get()) == recount(Round.objects.get())


def test_signing_off_keeps_the_day_as_it_stood(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    reach(homes[0])
    miss(homes[1], "refused")
    with pytest.raises(Refused, match="3 people are not reached"):
        sign_off_day(OFFICE, community=COMMUNITY, day=clock.today(), not_reached=0)
    with pytest.raises(Forbidden):
        sign_off_day(CALLER, community=COMMUNITY, day=clock.today(), not_reached=3)
    row = sign_off_day(OFFICE, community=COMMUNITY, day=clock.today(), not_reached=3, note="两户不在家")
    again = sign_off_day(OFFICE, community=COMMUNITY, day=clock.today(), not_reached=0, note="x")
    assert (again.pk, again.note, Ledger.objects.count()) == (row.pk, "两户不在家", 1)
    reach(homes[1])
    found = today()
    assert found.stood == ledger.DayFigures(6, reached=3, refused=1, not_tried=2)
    assert found.now == ledger.DayFigures(6, reached=4, not_tried=2)
    assert found.change == ledger.DayFigures(0, reached=1, refused=-1)
    assert found.signed_off_at
    ((was, now),) = ledger.changed(OFFICE, COMMUNITY, clock.today())
    assert was
    assert (was.state, now.state) == (DayState.REFUSED, DayState.REACHED)
    mark = ledger.strip(OFFICE, COMMUNITY, until=clock.today())[-1]
    assert (mark.signed, mark.figures) == (True, found.stood)
    (closed,) = ledger.closed_days(OFFICE, COMMUNITY, COMMUNITY, clock.today())
    assert (closed.community, closed.figures) == (COMMUNITY, found.stood)


def test_a_day_to_come_cannot_be_signed(homes: list[Home]) -> None:
    with pytest.raises(Refused, match="not come yet"):
        sign_off_day(OFFICE, community=COMMUNITY, day=clock.today() + dt.timedelta(days=1), not_reached=6)


def test_the_clock_closes_what_nobody_signed(homes: list[Home], at: Any) -> None:
    at(10)
    Resident.objects.update(created_at=clock.now())
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    reach(homes[0])
    Population.objects.create(
        community=COMMUNITY, households=3, residents=6, present=6, updated_at=clock.now()
    )
    assert list(days_to_close(SYSTEM)) == [
        (COMMUNITY, dt.date(2020, 2, day)) for day in (12, 13, 14)
    ]  # of which nothing is known: nobody was entered then
    at(0, day=16)
    close_days()
    (row,) = Ledger.objects.all()
    assert (row.day, row.signed_off_at, row.due, row.reached) == (dt.date(2020, 2, 15), None, 6, 3)
    close_days()
    assert Ledger.objects.count() == 1
    signed = sign_off_day(OFFICE, community=COMMUNITY, day=row.day, not_reached=3)
    assert (signed.pk, signed.reached) == (row.pk, 3)
    assert signed.signed_off_at


def test_a_past_day_is_corrected_by_the_roster_only_from_the_date_it_says(homes: list[Home], at: Any) -> None:
    at(10)
    Resident.objects.update(created_at=clock.now())
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    at(23)
    day = clock.today()
    close_day(OFFICE, community=COMMUNITY, day=day)
    at(10, day=17)
    set_presence(OFFICE, resident_id=homes[0].people[0], presence=Presence.AWAY, since=day)
    set_presence(OFFICE, resident_id=homes[0].people[1], presence=Presence.AWAY)
    set_presence(OFFICE, resident_id=homes[1].people[0], presence=Presence.MOVED)
    found = ledger.day(OFFICE, COMMUNITY, day)
    assert found.stood == ledger.DayFigures(6, not_tried=6)
    assert found.now == ledger.DayFigures(6, not_tried=5, away=1)


def test_whoever_was_entered_later_does_not_belong_to_a_past_day(homes: list[Home], at: Any) -> None:
    at(10)
    Resident.objects.update(created_at=clock.now())
    own(*homes)
    at(10, day=17)
    assert ledger.day(OFFICE, COMMUNITY, dt.date(2020, 2, 14)).now == ledger.DayFigures()
    assert ledger.day(OFFICE, COMMUNITY, dt.date(2020, 2, 15)).now == ledger.DayFigures(6, not_tried=6)


def test_under_a_strict_watch_one_is_reached_in_both_halves_of_the_day(homes: list[Home], at: Any) -> None:
    at(9)
    one = homes[1]
    watch_twice(one.people[0], one.id)
    open_round(OFFICE, community=COMMUNITY)
    own(*homes)
    assert DueList.objects.get().twice == [one.people[0]]
    reach(one)
    assert Round.objects.get().residents_reached == 0
    (progress,) = [home for home in board(OFFICE, Round.objects.get()) if home.household_id == one.id]
    assert (progress.state, progress.want_evening, progress.complete) == ("partly", 1, False)
    steps = {
        n.household.household_id: n.next_step for n in not_reached(OFFICE, Round.objects.get(), [progress])
    }
    assert steps == {one.id: "evening"}
    assert today().now.not_tried == 6
    at(18)
    steps = {
        n.household.household_id: n.next_step for n in not_reached(OFFICE, Round.objects.get(), [progress])
    }
    assert steps == {one.id: "ask_rest"}
    reach(one)
    assert (Round.objects.get().residents_reached, today().now.reached) == (1, 1)
    assert kept(Round.objects.get()) == recount(Round.objects.get())


def test_a_watch_that_begins_in_the_evening_asks_for_both_halves_from_the_next_day_on(
    homes: list[Home], at: Any
) -> None:
    at(9)
    open_round(OFFICE, community=COMMUNITY)
    one, two = homes[1], homes[2]
    watch_twice(one.people[0], one.id)
    follow_roster(OFFICE, community=COMMUNITY)
    at(18)
    watch_twice(two.people[0], two.id)
    follow_roster(OFFICE, community=COMMUNITY)
    assert DueList.objects.get().twice == [one.people[0]]


def test_one_reading_may_not_stand_for_both_halves(homes: list[Home], at: Any) -> None:
    at(18)
    one = homes[1]
    watch_twice(one.people[0], one.id)
    open_round(OFFICE, community=COMMUNITY)
    reach(one)
    assert Round.objects.get().residents_reached == 0
    record_attempt(
        CALLER, attempt_id=new_id(), community=COMMUNITY, household_id=one.id, channel="call", outcome="reached",
        answered_by="resident", readings=[ReadingInput(one.people[0], "36.5")],
        made_at=clock.now() - dt.timedelta(hours=9),
    )  # fmt: skip
    assert Round.objects.get().residents_reached == 1
