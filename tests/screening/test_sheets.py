"""The round on paper: its number, what a cell may say, and a sheet typed back whole, in part, and twice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from access.people import user_with
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, inside
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.people.models import Resident
from shouwang.screening import actions
from shouwang.screening.enums import Channel, Outcome
from shouwang.screening.models import Attempt, Reading, Sheet
from shouwang.screening.rules import sheets as rules
from shouwang.workforce import actions as workforce

if TYPE_CHECKING:
    from screening.world import Home

SYMPTOMS = ("cough", "breathless", "fatigue")


@given(st.integers(1, 10**9), st.integers(1, 99))
def test_numbers_come_back(sheet: int, page: int) -> None:
    assert rules.read_number(rules.write_number(sheet)) == sheet
    assert rules.read_number(f" {rules.write_page(sheet, page).lower()} ") == sheet


@given(st.integers(10, 10**9), st.integers(0, 9), st.integers(0, 10))
def test_a_wrong_digit_is_noticed(sheet: int, digit: int, at: int) -> None:
    number = rules.write_number(sheet)
    at %= len(number)
    wrong = number[:at] + str(digit) + number[at + 1 :]
    if wrong != number:
        with pytest.raises(Refused):
            rules.read_number(wrong)


@pytest.mark.parametrize(
    ("said", "temperature", "symptoms"),
    [
        ("365", "365", None),
        ("36.5 0", "36.5", ()),
        ("378+13", "378", ("cough", "fatigue")),
        ("378 1 3", "378", ("cough", "fatigue")),
        ("+2", "", ("breathless",)),
        ("- 0", "", ()),
    ],
)
def test_what_a_cell_says(said: str, temperature: str, symptoms: tuple[str, ...] | None) -> None:
    assert rules.read_cell(said, SYMPTOMS) == rules.Told(temperature, symptoms)


@pytest.mark.parametrize("said", ["378 9", "36.5 x", "365 00", "365 10"])
def test_what_it_cannot_say(said: str) -> None:
    with pytest.raises(Refused, match="symptoms"):
        rules.read_cell(said, SYMPTOMS)


@pytest.mark.parametrize(
    ("said", "at"), [("1430", (14, 30)), ("9:05", (9, 5)), ("930", (9, 30)), ("9", (9, 0))]
)
def test_times(said: str, at: tuple[int, int]) -> None:
    assert rules.read_time(said) == dt.time(*at)


@pytest.mark.parametrize("said", ["", "25", "1270", "früh"])
def test_no_times(said: str) -> None:
    with pytest.raises(Refused):
        rules.read_time(said)


def test_results() -> None:
    assert rules.read_result("", Channel.VISIT, anybody=True) is Outcome.REACHED
    assert rules.read_result("", Channel.VISIT, anybody=False) is None
    assert rules.read_result("2", Channel.VISIT, anybody=False) is Outcome.NOBODY_HOME
    assert rules.read_result("2", Channel.CALL, anybody=False) is Outcome.NO_ANSWER


@pytest.fixture
def sheet(places: list[Home]) -> Sheet:
    with inside():
        load = workforce.make_caseload(OFFICE, community=COMMUNITY, caller_name="王姐")
        workforce.move_households(
            OFFICE, community=COMMUNITY, household_ids=[home.id for home in places], caseload_id=load.pk
        )
        actions.open_round(OFFICE, community=COMMUNITY, at=clock.now() - dt.timedelta(hours=1))
        return actions.print_sheet(OFFICE, caseload_id=load.pk, day=clock.today())


@pytest.fixture
def office(sheet: Sheet) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with([(Role.OFFICE, COMMUNITY)]))
    return client


def typed(sheet: Sheet, **more: str) -> dict[str, str]:
    cells = {f"p_{one}": "36.5" for line in sheet.people for one in line}
    return {"channel": "visit", "who": "2", "time": "00:01"} | cells | more


def address(sheet: Sheet) -> str:
    return f"/screening/sheets/{rules.write_number(sheet.pk)}"


@pytest.mark.django_db
def test_a_sheet_is_typed_back_once(sheet: Sheet, office: Client) -> None:
    assert len(sheet.households) == 3
    for _ in range(2):
        assert office.post(address(sheet), typed(sheet)).status_code == 302
    with inside():
        assert Attempt.objects.count() == 3
        assert Reading.objects.count() == 6
        first = Attempt.objects.get(household=sheet.households[0])
        assert (first.channel, first.outcome, first.answered_by) == ("visit", "reached", "member")


@pytest.mark.django_db
def test_good_lines_are_kept_and_bad_cells_marked(sheet: Sheet, office: Client) -> None:
    bad = sheet.people[1][0]
    answer = office.post(address(sheet), typed(sheet, **{f"p_{bad}": "99"}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="p_{bad}-wrong"' in page
    assert page.count("aria-invalid") == 1
    with inside():
        assert set(Attempt.objects.values_list("household", flat=True)) == {
            sheet.households[0],
            sheet.households[2],
        }
    assert office.post(address(sheet), typed(sheet, **{f"p_{bad}": "378 1"})).status_code == 302
    with inside():
        assert Reading.objects.get(resident=bad).symptoms == ["cough"]
        assert Reading.objects.get(resident=bad).fever


@pytest.mark.django_db
def test_a_line_left_empty_is_not_tried(sheet: Sheet, office: Client) -> None:
    cells = {f"p_{one}": "" for one in sheet.people[0]}
    assert office.post(address(sheet), typed(sheet, **cells)).status_code == 302
    with inside():
        assert not Attempt.objects.filter(household=sheet.households[0]).exists()


@pytest.mark.django_db
def test_nobody_there_and_a_need(sheet: Sheet, office: Client) -> None:
    home = sheet.households[0]
    more = {f"p_{one}": "" for one in sheet.people[0]} | {f"result_{home}": "2", f"needs_{home}": "降压药"}
    assert office.post(address(sheet), typed(sheet, **more)).status_code == 302
    with inside():
        told = Attempt.objects.get(household=home)
        assert (told.outcome, told.needs) == (Outcome.NOBODY_HOME, "降压药")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "said"), [("channel", ""), ("who", ""), ("time", ""), ("time", "23:59")])
def test_how_when_and_who_are_never_guessed(sheet: Sheet, office: Client, name: str, said: str) -> None:
    if said == "23:59" and clock.now().astimezone().time() >= dt.time(23, 59):
        pytest.skip("this minute has come")
    assert office.post(address(sheet), typed(sheet, **{name: said})).status_code == 422
    with inside():
        assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_the_same_sheet_typed_differently_is_told(sheet: Sheet, office: Client) -> None:
    """Two type it at once: the second has not seen that the first has saved."""
    from shouwang.screening.forms.sheets import SheetForm
    from shouwang.screening.queries.sheets import lines

    with inside():
        stale = lines(OFFICE, sheet)
    office.post(address(sheet), typed(sheet))
    with inside():
        form = SheetForm(typed(sheet, **{f"p_{sheet.people[0][0]}": "37.0"}), sheet, stale, COVID_2020)
        done = actions.record_sheet(OFFICE, sheet_id=sheet.pk, attempts=form.attempts())
        assert set(done.refused) == {sheet.households[0]}
        assert done.kept == 2
        assert Attempt.objects.count() == 3


@pytest.mark.django_db
def test_the_paper_and_the_way_back_to_it(sheet: Sheet, office: Client) -> None:
    page = office.get(f"{address(sheet)}/print").content.decode()
    assert page.count("<svg") >= 4  # a square for the page and one for each household
    assert rules.write_number(sheet.pk) in page
    found = office.get("/screening/sheets", {"number": rules.write_page(sheet.pk, 1)})
    assert found.headers["location"] == address(sheet)
    assert office.get("/screening/sheets", {"number": "12345"}).status_code == 422
    assert office.get("/screening/sheets/12345").status_code == 404


@pytest.mark.django_db
def test_others_see_no_sheet(sheet: Sheet) -> None:
    for role, area in ((Role.OFFICE, ELSEWHERE), (Role.GATE_KEEPER, COMMUNITY), (Role.REPORTER, COMMUNITY)):
        client = Client()
        client.force_login(user_with([(role, area)], username=f"{role.value}{area}"))
        assert client.get(address(sheet)).status_code in (403, 404)
        assert client.post(address(sheet), typed(sheet)).status_code in (403, 404)
    with inside():
        assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_full_numbers_leave_only_by_choice_and_are_noted(sheet: Sheet, office: Client) -> None:
    with inside():
        resident = Resident.objects.get(pk=sheet.people[0][0])
        resident.phone, resident.phone_mask = "13800001234", "138****1234"
        resident.save()
    shortened = office.get(f"{address(sheet)}/print").content.decode()
    assert "138****1234" in shortened
    assert "138 0000 1234" not in shortened
    full = office.post(f"{address(sheet)}/print")
    assert full["Cache-Control"] == "no-store"
    assert "138 0000 1234" in full.content.decode()
    with inside():
        noted = AuditEntry.objects.get(verb="export", subject_kind="sheet")
    assert noted.detail == {"rows": len(sheet.households), "sheet": sheet.pk, "numbers": 3}
    assert full.content.decode().count(str(noted.id)[-12:].upper()) == 1
