"""A small scene, played in full; what it leaves behind; and the first page on it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from shouwang.access.enums import Role
from shouwang.access.queries import scope_of
from shouwang.access.wall import acting
from shouwang.demo import city
from shouwang.demo.cast import PASSWORD, SEED, cast, leads
from shouwang.demo.invented.calls import DAYS, NOW
from shouwang.demo.invented.people import TODAY
from shouwang.demo.invented.settlements import (
    LI_FIELD,
    MAIN_COMPOUND,
    NEW_TOWN,
    TWIN_LAKES,
    away_until,
    settlements,
)
from shouwang.demo.invented.visitors import VISITORS
from shouwang.demo.load import counts, load, logins
from shouwang.demo.roles import doors, is_open
from shouwang.demo.scene.gates import enter_phones, keep_first_gate, note_returned
from shouwang.demo.scene.register import registered
from shouwang.demo.scene.setting import divisions
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.places.queries import area_name, entrances, search_areas
from shouwang.screening.queries.effective import kept, reached_residents, recount
from shouwang.screening.queries.fevers import fevers
from shouwang.screening.queries.rounds import rounds_of_day

pytestmark = pytest.mark.django_db
SCALE = 0.02
SYSTEM = Scope.system(reason="test")
HEARD: list[str] = []
NEWCOMERS = 1
"""Moved in by telephone, and confirmed by the office on the last morning, in each community."""


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """The scene at a fiftieth of its size, once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield load(seed=SEED, scale=SCALE, told=lambda what, done, total: HEARD.append(what))
        transaction.set_rollback(True)


@pytest.fixture
def demo(settings: pytest.FixtureRequest) -> None:
    settings.SHOUWANG_DEMO, settings.SHOUWANG_SCENE = True, NOW  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = "demo.addresses"  # type: ignore[attr-defined]


def test_everybody_invented_is_on_the_roster(town: dict[str, int]) -> None:
    places = settlements(SEED, SCALE)
    assert town["residents"] == sum(place.people + NEWCOMERS for place in places)
    assert town["households"] == sum(len(place.households) for place in places)
    assert town["compounds"] == sum(len(place.compounds) for place in places)
    assert town["users"] == len(cast(SEED))
    assert town["areas"] >= 632 + 28 + 1
    assert len(set(HEARD)) == 3


def test_a_second_load_changes_nothing(town: dict[str, int]) -> None:
    assert load(seed=SEED, scale=SCALE, told=lambda what, done, total: None) == town == counts()


def test_the_days_again_change_nothing_either(town: dict[str, int]) -> None:
    """A load that was cut short plays every act again: each recognises itself."""
    from shouwang.demo.scene.days import live_day

    live_day(SEED, settlements(SEED, SCALE)[2], TODAY)
    after = counts()
    assert {name: after[name] for name in ("rounds", "attempts", "readings", "passes", "checks")} == {
        name: town[name] for name in ("rounds", "attempts", "readings", "passes", "checks")
    }


def test_misspelt_names_are_corrected_and_still_found(town: dict[str, int]) -> None:
    with acting(SYSTEM):
        assert area_name(429006002000) == "侯口街道"
        assert 429006002000 in {area.code for area in search_areas(SYSTEM, "候口")}
        assert [area_name(code) for code in (NEW_TOWN, LI_FIELD, TWIN_LAKES)] == [
            "新城社区",
            "李场村",
            "双湖村",
        ]


def test_the_main_compound_is_sealed_with_reasons(town: dict[str, int]) -> None:
    with acting(SYSTEM):
        ways = [e for e in entrances(SYSTEM, NEW_TOWN) if e.compound and e.compound.name == MAIN_COMPOUND]
    assert sorted(way.status for way in ways) == ["emergency", "open", "sealed", "sealed", "sealed"]
    assert all(way.reason and way.changed_by_id for way in ways)


def test_rounds_are_as_their_facts_say_and_today_is_in_mid_course(town: dict[str, int]) -> None:
    with acting(SYSTEM):
        days = {day: rounds_of_day(SYSTEM, NEW_TOWN, TWIN_LAKES, day) for day in DAYS}
        assert [len(rounds) for rounds in days.values()] == [3] * len(DAYS)
        for rounds in days.values():
            assert all(kept(round_) == recount(round_) for round_ in rounds)
        assert all(round_.closed_at for round_ in days[DAYS[0]])
        today, yesterday = days[TODAY][0], days[DAYS[-2]][0]
        assert 0.2 < today.households_reached / today.households_due < 0.75
        assert yesterday.households_reached / yesterday.households_due > 0.85
        assert [str(fever.temperature) for fever in fevers(SYSTEM, NEW_TOWN, NEW_TOWN, TODAY)] == ["37.8"]


def test_the_family_of_six_is_due_again_when_it_is_home(town: dict[str, int]) -> None:
    people = settlements(SEED, SCALE)[1].people
    with acting(SYSTEM):
        due = [rounds_of_day(SYSTEM, LI_FIELD, LI_FIELD, day)[0].residents_due for day in DAYS]
        assert due[1:] == [people - 6] * 5 + [people, people + NEWCOMERS]
        (home,) = away_until(settlements(SEED, SCALE)[1])
        residents = registered(settlements(SEED, SCALE)[1])[home].residents
        assert set(residents) <= reached_residents(rounds_of_day(SYSTEM, LI_FIELD, LI_FIELD, TODAY)[0])


def test_facts_carry_the_times_of_the_scene(town: dict[str, int]) -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        for table in ("screening_attempt", "screening_reading", "gates_check"):
            cursor.execute(f"select min(made_at), max(made_at) from {table}")
            first, last = cursor.fetchone()
            assert first.astimezone(NOW.tzinfo).date() == DAYS[0]
            assert last < NOW


def test_the_gates_turned_somebody_back(town: dict[str, int]) -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("select count(distinct made_by), count(distinct entrance) from gates_check")
        keepers, gates = cursor.fetchone()
    assert keepers == gates > 3


def test_every_role_has_its_account_and_sees_its_place(town: dict[str, int]) -> None:
    assert [login["role"] for login in logins()] == [role.value for role in Role]
    for role, player in leads(SEED).items():
        user = get_user_model().objects.get(username=player.username)
        assert user.check_password(PASSWORD)
        assert role in scope_of(user).roles()
        assert is_open(player.username)


def test_the_first_page_says_that_all_are_invented(town: dict[str, int], demo: None, client: Client) -> None:
    page = client.get("/demo/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "All people here are invented" in text
    assert str(town["residents"]) in text.replace(",", "").replace(" ", "").replace("\u202f", "")
    assert all(player.username in text for door in doors() for player in door.players)
    assert (
        "这里的人全是虚构的" in client.get("/demo/", headers={"accept-language": "zh-hans"}).content.decode()
    )


@pytest.mark.parametrize("role", list(Role))
def test_one_click_and_one_is_somebody(town: dict[str, int], demo: None, client: Client, role: Role) -> None:
    username = leads(SEED)[role].username
    before = counts()["audit"]
    answer = client.post("/demo/step-in/", {"player": username})
    assert counts()["audit"] == before + 1, "also in the demo it is on record who came in"
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(get_user_model().objects.get(username=username).pk)


def test_a_click_asks_for_a_token_and_for_a_door(town: dict[str, int], demo: None) -> None:
    lead = leads(SEED)[Role.OFFICE].username
    assert Client(enforce_csrf_checks=True).post("/demo/step-in/", {"player": lead}).status_code == 403
    behind = "demo-gate-xincheng-9"
    assert get_user_model().objects.filter(username=behind).exists()
    for nobody in (behind, "", "admin"):
        assert Client().post("/demo/step-in/", {"player": nobody}).status_code == 404
    assert Client().get("/demo/step-in/").status_code == 405


def test_outside_the_demo_there_is_no_such_page(
    town: dict[str, int], demo: None, settings: pytest.FixtureRequest, client: Client
) -> None:
    settings.SHOUWANG_DEMO = False  # type: ignore[attr-defined]
    lead = leads(SEED)[Role.HEADQUARTERS].username
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/step-in/", {"player": lead}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_city_is_filled_beside_the_scene_and_only_once(town: dict[str, int]) -> None:
    heard: list[tuple[int, int]] = []
    with transaction.atomic():
        people = city.fill(
            seed=SEED,
            divisions=divisions(),
            households=8_000,
            progress=lambda what, done, total: heard.append((done, total)),
        )
        again = city.fill(seed=SEED, divisions=divisions(), households=8_000, progress=lambda *told: None)
        full = counts()
        with acting(SYSTEM):
            rounds = rounds_of_day(SYSTEM, 429006000000, 429006999999, TODAY)
            sample = [round_ for round_ in rounds if round_.community not in (NEW_TOWN, LI_FIELD, TWIN_LAKES)]
            assert all(kept(round_) == recount(round_) for round_ in sample[::37])
        transaction.set_rollback(True)
    assert again == 0
    assert len(rounds) == 632
    assert full["residents"] == town["residents"] + people
    assert heard[-1][0] == heard[-1][1] > 7_000
    assert sum(round_.residents_due for round_ in rounds) == full["residents"]


def test_another_seeds_town_does_not_come_on_top(town: dict[str, int]) -> None:
    with pytest.raises(Refused, match="stands here"):
        load(seed=SEED + 1, scale=SCALE, told=lambda what, done, total: None)
    assert counts() == town


def test_the_first_gate_has_visitors_and_an_emergency_waits(town: dict[str, int]) -> None:
    def kept() -> list[int]:
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from gates_visit), (select count(*) from gates_hold),"
                " (select count(*) from gates_emergencycall where seen_at is null),"
                " (select count(*) from gates_check), (select count(*) from people_returnee),"
                " (select count(*) from places_dutyphone), (select count(*) from access_auditentry)"
            )
            return list(cursor.fetchone())

    before = kept()
    assert before[:3] == [len(VISITORS), 2, 1]
    first = settlements(SEED, SCALE)
    enter_phones(first)
    for settlement in first:
        note_returned(SEED, settlement)
        keep_first_gate(SEED, settlement)
    assert kept() == before, "played again, every act recognises itself"
