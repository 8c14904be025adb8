"""The daily report: page, workbook and API tell the same figures; each workbook handed out is recorded."""

import datetime as dt
import io
import re

import openpyxl
import pytest

from reporting.little_city import CITY, FAR, NEAR, SYSTEM, TODAY, TOWN, YESTERDAY, City, sign_in
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.places import actions
from shouwang.reporting.rules import INDICATORS


@pytest.fixture
def busy(city: City) -> City:
    """A day with something in every figure."""
    for community, due, reached in ((NEAR, 1234, 400), (FAR, 50, 50)):
        city.people(community, due, households=due // 3)
        city.round(community, due=due, reached=reached, fevers=1)
        city.round(community, due=due, reached=due, day=YESTERDAY)
        city.checks(community, checks=1010, refused=2, fevers=1)
    return city


def figures_on_page(page: str) -> dict[str, str]:
    found = re.findall(r'data-key="(\w+)">(?:<strong class="fever">)?([^<]*)', page)
    return {key: value.replace("\u2009", "").strip() for key, value in found}


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("code", [CITY, TOWN, NEAR])
@pytest.mark.parametrize("day", [TODAY, YESTERDAY])
def test_the_workbook_says_what_the_page_says(busy: City, code: int, day: dt.date) -> None:
    client = sign_in(Role.HEADQUARTERS, CITY)
    shown = figures_on_page(client.get(f"/report/{code}/{day}").content.decode())
    told = {
        v["key"]: v["value"]
        for v in client.get(f"/api/v1/reporting/report/{code}/{day}").json()["indicators"]
    }
    front = workbook(client.get(f"/report/{code}/{day}.xlsx").content).worksheets[0]
    written = [row[1] for row in front.iter_rows(min_row=8, max_col=3) if row[2].value]
    assert len(shown) == len(written) == len(told) == len(INDICATORS)
    for indicator, cell in zip(INDICATORS, written, strict=True):
        value = cell.value
        if indicator.key == "reached_percent":
            assert cell.number_format == "0%"
            value = None if value == "–" else round(value * 100)
        else:
            assert value == "–" or cell.number_format == "#,##0"
        assert (None if value == "–" else value) == told[indicator.key], indicator.key
        assert shown[indicator.key] == ("–" if told[indicator.key] is None else str(told[indicator.key]))


def test_places_stand_in_the_workbook_with_whole_codes_and_a_total(busy: City) -> None:
    client = sign_in(Role.HEADQUARTERS, CITY)
    book = workbook(client.get(f"/report/{CITY}/{TODAY}.xlsx").content)
    assert [sheet.title for sheet in book] == ["日报", "分乡镇街道", "分社区村", "指标说明"]
    sheet = book["分社区村"]
    head, near, far, total = list(sheet.iter_rows(values_only=True))
    assert (near[0], far[0]) == (str(NEAR), str(FAR))
    assert sheet["A2"].number_format == "@"
    assert sheet.freeze_panes == "C2"
    at = head.index("应排查人数 (人)")
    assert (near[at], far[at], total[at]) == (1234, 50, 1284)
    assert [s.title for s in workbook(client.get(f"/report/{NEAR}/{TODAY}.xlsx").content)] == [
        "日报",
        "指标说明",
    ]


def test_who_took_it_and_when_is_written_on_it_and_recorded(busy: City) -> None:
    response = sign_in(Role.TOWN, TOWN).get(f"/report/{TOWN}/{TODAY}.xlsx")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8")
    front = workbook(response.content).worksheets[0]
    words = [cell.value for row in front.iter_rows(max_row=6) for cell in row if isinstance(cell.value, str)]
    assert any("值班员" in word and "2020-02-21 09:30" in word for word in words)
    assert "值班员" in front.oddFooter.left.text
    with acting(SYSTEM):
        (entry,) = AuditEntry.objects.filter(verb="export")
    assert (entry.community, entry.subject_kind, entry.detail["rows"]) == (TOWN, "daily_report", 1)
    assert entry.detail["day"] == "2020-02-21"


def test_a_name_is_never_a_formula(city: City) -> None:
    with acting(SYSTEM):
        actions.rename_area(SYSTEM, code=NEAR, name="=1+1")
    book = workbook(sign_in(Role.HEADQUARTERS, CITY).get(f"/report/{CITY}/{TODAY}.xlsx").content)
    cell = book["分社区村"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_another_day_is_chosen_in_the_form(busy: City) -> None:
    client = sign_in(Role.OFFICE, NEAR)
    page = client.get(f"/report/{NEAR}", {"day": "2020-02-20"}).content.decode()
    assert "全天" in page
    assert figures_on_page(page)["residents_reached"] == "1234"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/report/{NEAR}/2020-02-30", 404),
        (f"/report/{NEAR}/yesterday", 404),
        (f"/report/{NEAR}/2020-02-22", 422),
        (f"/report/{NEAR}/2020-02-22.xlsx", 422),
        (f"/report/{FAR}/2020-02-21.xlsx", 404),
        ("/report/7/2020-02-21.xlsx", 404),
        (f"/report/{NEAR}?day=nonsense", 200),
        (f"/api/v1/reporting/report/{NEAR}/2020-02-31", 422),
        (f"/api/v1/reporting/today/{CITY}", 404),
    ],
)
def test_what_does_not_exist_is_said(busy: City, address: str, status: int) -> None:
    assert sign_in(Role.OFFICE, NEAR).get(address).status_code == status


def test_no_report_without_leave_and_nothing_recorded(busy: City) -> None:
    for role in (Role.GATE_KEEPER, Role.CALLER, Role.ADMINISTRATOR):
        client = sign_in(role, NEAR)
        assert client.get(f"/report/{NEAR}/{TODAY}.xlsx").status_code == 403
        assert client.get(f"/api/v1/reporting/report/{NEAR}/{TODAY}").status_code == 403
    with acting(SYSTEM):
        assert not AuditEntry.objects.filter(verb="export").exists()


def test_fevers_over_the_api_have_no_names(city: City) -> None:
    city.fever(NEAR, city.round(NEAR, due=10, reached=5, fevers=1))
    (fever,) = sign_in(Role.TOWN, TOWN).get(f"/api/v1/reporting/today/{TOWN}/fevers").json()
    assert (fever["temperature"], fever["minutes"], fever["community"]) == (37.8, 65, str(NEAR))
    assert "欧阳修" not in str(fever)
