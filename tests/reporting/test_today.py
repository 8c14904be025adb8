"""The Today pages: what they show, to whom, and what they ask the database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.little_city import (
    CITY,
    FAR,
    NEAR,
    NOW,
    OTHER_TOWN,
    SYSTEM,
    TODAY,
    TOWN,
    YESTERDAY,
    City,
    make_city,
    sign_in,
)
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.errors import NotFound, Refused
from shouwang.places import actions
from shouwang.places.enums import EntranceStatus
from shouwang.reporting import queries
from shouwang.reporting.queries import DayOfArea


def day(code: int = CITY, at: dt.date = TODAY) -> DayOfArea:
    with acting(SYSTEM):
        return queries.day_of(SYSTEM, code, at)


def test_communities_add_up_to_towns_and_towns_to_the_city(city: City) -> None:
    for community, due, reached in ((NEAR, 100, 40), (FAR, 50, 50)):
        city.people(community, due)
        city.round(community, due=due, reached=reached, fevers=1)
        city.checks(community, checks=10, refused=2, fevers=1)
    found = day()
    assert (found.figures.residents_due, found.figures.residents_reached, found.figures.not_reached) == (
        150,
        90,
        60,
    )
    assert found.figures.reached_percent == 60
    assert (found.figures.checks, found.figures.passed, found.figures.turned_back) == (20, 16, 4)
    assert [(g.code, g.figures.residents_reached) for g in found.groups] == [(TOWN, 40), (OTHER_TOWN, 50)]
    assert day(NEAR).figures == found.communities[0].figures


def test_a_round_not_opened_is_an_alarm_and_nobody_entered_is_none(city: City) -> None:
    city.people(NEAR, 10)
    found = day()
    assert [c.code for c in found.not_opened] == [NEAR]
    assert (found.figures.not_opened, found.figures.empty, found.figures.rounds_expected) == (1, 1, 1)
    city.round(NEAR, due=10, reached=0)
    assert day().not_opened == []


def test_a_place_out_of_use_that_holds_people_does_not_vanish(city: City) -> None:
    city.people(NEAR, 10)
    with acting(SYSTEM):
        actions.deactivate_area(SYSTEM, code=NEAR)
        actions.deactivate_area(SYSTEM, code=FAR)
    assert [c.code for c in day().communities] == [NEAR]


def test_two_rounds_a_day_where_the_rules_say_so(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.people(NEAR, 10)
    city.round(NEAR, due=10, reached=10, slot="am")
    with acting(SYSTEM):
        actions.set_profile(SYSTEM, area=TOWN, settings={"rounds_per_day": 2})
    assert day().figures.not_opened == 0
    monkeypatch.setattr("shouwang.access.clock.now", lambda: NOW.replace(hour=12, minute=1))
    assert day().figures.not_opened == 1
    city.round(NEAR, due=10, reached=4, slot="pm")
    assert (day().figures.not_opened, day().figures.residents_due, day().figures.residents_reached) == (
        0,
        20,
        14,
    )


def test_a_past_day_shows_as_it_stood(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shouwang.access.clock.now", lambda: NOW - dt.timedelta(days=1))
    with acting(SYSTEM):
        gate = actions.add_entrance(SYSTEM, community=NEAR, name="大门")
        actions.add_entrance(SYSTEM, community=NEAR, name="东门")
    city.people(NEAR, 10)
    city.round(NEAR, due=10, reached=7, day=YESTERDAY)
    then = day(at=YESTERDAY)
    monkeypatch.setattr("shouwang.access.clock.now", lambda: NOW)
    with acting(SYSTEM):
        actions.set_entrance_status(SYSTEM, entrance_id=gate.pk, status=EntranceStatus.SEALED, reason="封")
    city.people(NEAR, 99)
    city.round(NEAR, due=99, reached=1)
    now = day(at=YESTERDAY)
    assert (now.figures.residents_due, now.figures.residents_reached) == (10, 7)
    assert (now.figures.entrances_open, now.figures.entrances_sealed) == (2, 0)
    assert then.figures.entrances_open == 2
    assert (now.live, now.figures.residents) == (False, None)
    assert (day().figures.entrances_open, day().figures.entrances_sealed) == (1, 1)


def test_no_report_of_a_day_to_come_nor_of_an_unknown_place(city: City) -> None:
    with pytest.raises(Refused):
        day(at=TODAY + dt.timedelta(days=1))
    with pytest.raises(NotFound):
        day(429006003_000)


def test_the_days_before_leave_gaps_where_nothing_is_known(city: City) -> None:
    city.round(NEAR, due=10, reached=7, day=YESTERDAY)
    with acting(SYSTEM):
        found = queries.trend(SYSTEM, CITY, TODAY)
    assert len(found) == queries.TREND_DAYS
    assert [figures and figures.residents_reached for _, figures in found[-3:]] == [None, 7, None]


@pytest.mark.parametrize("page", ["/today/{}", "/today/{}/live", "/report/{}"])
def test_who_may_look(city: City, page: str) -> None:
    expected = {
        (Role.HEADQUARTERS, CITY): (200, 200, 200),
        (Role.TOWN, TOWN): (404, 200, 200),
        (Role.OFFICE, NEAR): (404, 404, 200),
        (Role.REPORTER, FAR): (404, 404, 404),
        (Role.GATE_KEEPER, NEAR): (404, 404, 403),
        (Role.CALLER, NEAR): (404, 404, 403),
        (Role.ADMINISTRATOR, CITY): (403, 403, 403),
    }
    for (role, area), statuses in expected.items():
        client = sign_in(role, area)
        found = tuple(client.get(page.format(code)).status_code for code in (CITY, TOWN, NEAR))
        assert found == statuses, role


def test_a_fever_stands_out_masked_with_how_long_it_is_known(city: City) -> None:
    city.fever(NEAR, city.round(NEAR, due=10, reached=5, fevers=1))
    client = sign_in(Role.HEADQUARTERS, CITY)
    for page in (f"/today/{CITY}", f"/today/{CITY}/live"):
        shown = client.get(page).content.decode()
        assert "37.8" in shown
        assert "欧阳*" in shown
        assert "欧阳修" not in shown
        assert "1小时5分钟前" in shown


def test_a_reporter_sees_that_there_is_a_fever_but_not_whose(city: City) -> None:
    city.fever(NEAR, city.round(NEAR, due=10, reached=5, fevers=1))
    shown = sign_in(Role.REPORTER, CITY).get(f"/today/{CITY}").content.decode()
    assert "37.8" in shown
    assert "欧阳" not in shown
    assert "1-1-101" not in shown


@pytest.mark.parametrize(
    ("role", "area", "target"),
    [
        (Role.HEADQUARTERS, CITY, f"/today/{CITY}"),
        (Role.TOWN, TOWN, f"/today/{TOWN}"),
        (Role.OFFICE, NEAR, f"/today/{NEAR}"),
        (Role.GATE_KEEPER, NEAR, "/gates/"),
        (Role.ADMINISTRATOR, CITY, "/accounts/users/"),
    ],
)
def test_everybody_starts_where_her_work_is(city: City, role: Role, area: int, target: str) -> None:
    assert sign_in(role, area).get("/").headers["Location"] == target


@pytest.mark.django_db
def test_more_communities_cost_no_more_statements(moment: dt.datetime) -> None:
    client = sign_in(Role.HEADQUARTERS, CITY)
    asked = {}
    for each in (1, 3):
        city = make_city(each)
        for town in (TOWN, OTHER_TOWN):
            for n in range(1, each + 1):
                city.people(town + n, 10)
                if n == each:
                    city.round(town + n, due=10, reached=5)
        for page in (f"/today/{CITY}", f"/report/{CITY}"):
            with CaptureQueriesContext(
                connection,
            ) as queries_made:
                assert client.get(page).status_code == 200
            asked.setdefault(page, []).append(len(queries_made))
    for page, counts in asked.items():
        assert counts[0] == counts[1], page
        assert counts[0] <= 30, page
