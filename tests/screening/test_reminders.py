"""Who needs a reminder now: watched and silent in this half of the day, or used to report and silent today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from people.town import sign_in
from screening.test_attempts import reach
from screening.world import CALLER, COMMUNITY, OFFICE, Home, inside, new_id, scope_as
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.kernel.errors import Forbidden
from shouwang.people.actions import set_presence
from shouwang.people.actions.watches import end_watch, start_watch
from shouwang.people.enums import WatchReason
from shouwang.people.models import Watch
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.queries.reminders import Silent, silent, to_remind
from shouwang.screening.rules import ReadingInput

A_DAY = dt.timedelta(days=1)
At = Callable[[int, int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """``at(1, 9)``: it is half past nine, one day before the fifteenth of February 2020."""
    zone = dt.timezone(dt.timedelta(hours=8))

    def go(days_ago: int, hour: int) -> None:
        moment = dt.datetime(2020, 2, 15 - days_ago, hour, 30, tzinfo=zone)
        monkeypatch.setattr(settings, "SHOUWANG_SCENE", None)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return go


def watch(home: Home, person: int = 0, **more: Any) -> Watch:
    today = clock.today()
    said: dict[str, Any] = {"from_day": today - A_DAY, "until_day": today + A_DAY, "twice_daily": True}
    return start_watch(
        OFFICE, community=COMMUNITY, household_id=home.id, resident_id=home.people[person],
        reason=WatchReason.RETURNEE, **(said | more),
    )  # fmt: skip


def report(home: Home) -> None:
    record_attempt(
        CALLER, attempt_id=new_id(), community=COMMUNITY, household_id=home.id, channel="self", outcome="reached",
        answered_by="resident", readings=[ReadingInput(one, None, ()) for one in home.people],
    )  # fmt: skip


def names() -> list[tuple[int, int | None]]:
    return [
        (one.household, one.resident.resident_id if one.resident else None)
        for one in to_remind(OFFICE, COMMUNITY)
    ]


def test_who_is_watched_twice_a_day_is_reminded_in_each_half(homes: list[Home], at: At) -> None:
    at(0, 9)
    open_round(OFFICE, community=COMMUNITY)
    watch(homes[0])
    assert names() == [(homes[0].id, homes[0].people[0])]
    reach(homes[0], homes[0].people[0])
    assert names() == []
    at(0, 15)
    assert names() == [(homes[0].id, homes[0].people[0])]
    reach(homes[0], homes[0].people[0])
    assert silent(OFFICE, COMMUNITY, COMMUNITY) == {}


def test_once_a_day_is_heard_of_for_all_day(homes: list[Home], at: At) -> None:
    at(0, 9)
    open_round(OFFICE, community=COMMUNITY)
    watch(homes[0], twice_daily=False)
    reach(homes[0], homes[0].people[0])
    at(0, 15)
    assert names() == []


def test_who_is_not_to_be_called_is_not_reminded(homes: list[Home], at: At) -> None:
    at(0, 9)
    ended, away, later = watch(homes[0]), watch(homes[1]), watch(homes[2], from_day=clock.today() + A_DAY)
    end_watch(OFFICE, watch_id=ended.pk)
    set_presence(OFFICE, resident_id=away.resident, presence="away")
    assert later.pk
    assert names() == []


def test_who_usually_reports_and_is_silent_today_is_reminded(homes: list[Home], at: At) -> None:
    for days_ago in (2, 1):
        at(days_ago, 10)
        open_round(OFFICE, community=COMMUNITY)
        report(homes[0])
        if days_ago == 1:
            report(homes[1])
    at(0, 9)
    open_round(OFFICE, community=COMMUNITY)
    assert names() == [(homes[0].id, None)]
    assert silent(OFFICE, COMMUNITY, COMMUNITY) == {COMMUNITY: Silent(0, 1)}
    reach(homes[0], *homes[0].people)
    assert names() == []


def test_the_office_sees_whom_and_those_above_how_many(places: list[Home]) -> None:
    with inside():
        watch(places[0])
    page = sign_in(Role.OFFICE).get(reverse("screening:reminders", args=[COMMUNITY])).text
    assert "赵0" in page
    assert "day 2 of 3" in page
    above = sign_in(Role.TOWN, 429006001000).get(reverse("screening:reminders", args=[429006001000])).text
    assert "新城社区" in above
    assert "赵0" not in above
    with pytest.raises(Forbidden):
        to_remind(scope_as(Role.REPORTER), COMMUNITY)
    with pytest.raises(Forbidden):
        silent(scope_as(Role.GATE_KEEPER), COMMUNITY, COMMUNITY)


def test_the_sheet_is_masked_and_on_record(places: list[Home]) -> None:
    with inside():
        watch(places[0])
    answer = sign_in(Role.OFFICE).get(reverse("screening:reminders", args=[COMMUNITY]), {"as": "csv"})
    sheet = answer.content.decode("utf-8-sig")
    assert "138****1234" in sheet
    assert "13800001234" not in sheet
    with inside():
        assert AuditEntry.objects.filter(verb="export", subject_kind="reminders").count() == 1
