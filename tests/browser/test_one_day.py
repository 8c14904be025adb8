"""A whole day on the ground floor, as four people live it: office, caller, gate keeper, headquarters."""

from __future__ import annotations

import re
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page

from browser.people import DESK, PHONE, fits, somebody, until
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.identity import check_digit
from shouwang.kernel.scope import Scope
from shouwang.places.actions import add_entrance
from shouwang.places.models import Area

CITY, TOWN, COMMUNITY = 429006000000, 429006001000, 429006001023
SYSTEM = Scope.system(reason="browser test")
REFRESH = 45
"""Seconds within which headquarters, who touches nothing, must see a fever."""

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def identity(serial: int, born: str = "19800101") -> str:
    first = f"429006{born}{serial:03d}"
    return first + check_digit(first)


def roster() -> bytes:
    """As an office keeps it: titles on top, odd headings, full-width digits, somebody twice, one without a name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["新城社区疫情防控人员台账（最终版2）"])
    sheet.merge_cells("A1:G1")
    sheet.append(["填报人：某某", None, None, "填报时间：2月14日"])
    sheet.append([])
    sheet.append(["序号", "姓 名", "与户主关系", "身份证号码", "联系电话", "家庭住址", "备注"])
    for row in (
        [1, "张伟民", "户主", identity(1), "13800001234", "滨江苑3栋2单元501", None],
        [2, "李 桂芳", "妻", identity(2), "１３８０００１２３４", "滨江苑3栋2单元501", None],
        [3, "张小宝", "子", identity(3, "20150601"), None, "滨江苑3栋2单元501", None],
        [],
        [4, "王小明", "户主", identity(4), 13800005678, "滨江苑３栋２单元５０２", "独居"],
        [5, "赵德柱", "户主", identity(5, "19550303"), "138-0000-9012", "花园小区1栋1单元101", None],
        [6, "钱秀英", "妻", identity(6, "19570404"), "13800009013", "花园小区1栋1单元101", None],
        [7, "王小明", "户主", identity(4), "13800005678", "滨江苑3栋2单元502", "重复"],
        [8, None, "户主", identity(7), "13800007777", "滨江苑3栋2单元601", "没有姓名"],
    ):
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def the_place() -> None:
    """The town is on the map, and the community keeps one gate."""
    with acting(SYSTEM):
        for code, name, level, parent in (
            (CITY, "天门市", 3, None),
            (TOWN, "竟陵街道", 4, CITY),
            (COMMUNITY, "新城社区", 5, TOWN),
        ):
            Area.objects.create(code=code, name=name, level=level, parent_id=parent)
        add_entrance(SYSTEM, community=COMMUNITY, name="南大门")


def import_roster(office: Page) -> None:
    office.goto(f"/people/{COMMUNITY}/import")
    office.set_input_files(
        "input[type=file]",
        {"name": "台账（最终版2）.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": roster()},
    )
    office.click("form[enctype] button.btn-primary")
    office.wait_for_url(re.compile("/people/imports/"))
    office.click("form[action$='/load'] button")
    office.wait_for_load_state("networkidle")
    tiles = {
        tile.locator(".tile-label").inner_text().strip(): tile.locator(".tile-figure").inner_text().strip()
        for tile in office.locator(".tile").all()
    }
    assert (tiles["新增"], tiles["退回"], tiles["文件内重复"]) == ("6", "1", "1"), tiles


def open_round(office: Page) -> None:
    office.goto(f"/screening/{COMMUNITY}")
    office.click("form[action$='/open'] button")
    office.wait_for_url(re.compile("/screening/round/"))


def call(caller: Page, door: str, *, reached: bool) -> None:
    """Ring at a door: nobody answers, or somebody does and tells how she is."""
    not_reached(caller)
    caller.click(f"main a[href*='/household/']:has-text('{door}')")
    caller.wait_for_selector("[name=attempt_id]", state="attached")
    fits(caller)
    if reached:
        choose(caller, "[name=how][value='call:reached:resident']")
        caller.fill("input.degrees", "36.5")
        choose(caller, "[type=checkbox][value=none]")
        caller.click("summary:has-text('需求')")
        caller.fill("[name=needs]", "降压药一盒")
        caller.click("[data-save]")
    else:
        caller.click("[name=quick][value='call:no_answer']")
    caller.wait_for_load_state("networkidle")
    fits(caller)


def choose(page: Page, control: str) -> None:
    """Press the large target of a choice, as a thumb does."""
    page.click(f"label:has({control})")


def not_reached(caller: Page) -> str:
    """The list of those still to be reached, as text."""
    caller.goto(f"/screening/{COMMUNITY}")
    caller.click("main a[href*='/not-reached']")
    caller.wait_for_load_state("networkidle")
    fits(caller)
    return caller.locator("main").inner_text()


def issue_pass(office: Page, name: str) -> str:
    """A pass for ``name``; its code as it stands on the page."""
    office.goto(f"/gates/{COMMUNITY}/passes")
    office.click("main a[href$='/passes/new']")
    office.fill("main [name=q]", name)
    office.click("main .filters button")
    office.click("tbody tr a")
    office.check(f"li:has-text('{name}') [name=resident]")
    office.click("form.panel button.btn-primary")
    office.wait_for_load_state("networkidle")
    return office.locator(f"tr:has(td:text-is('{name}')) .code").inner_text()


def check_at_gate(keeper: Page, code: str, degrees: tuple[str, str]) -> None:
    """Code, two taps for the temperature, mask, direction."""
    fits(keeper)
    keeper.fill("#gate_q", code)
    keeper.keyboard.press("Enter")
    keeper.wait_for_selector(".gate-form")
    fits(keeper)
    keeper.click(f"[data-whole='{degrees[0]}']")
    keeper.click(f"[data-tenth='{degrees[1]}']")
    assert keeper.input_value("[name=temperature]") == ".".join(degrees)
    keeper.click("label:has([name=masked][value=yes])")
    keeper.click("[name=direction][value=out]")
    keeper.wait_for_selector("[data-verdict]")
    fits(keeper)


def figures_of_page(page: Page) -> dict[str, int]:
    return {
        cell.get_attribute("data-key") or "": int(found.group().replace("\u2009", ""))
        for cell in page.locator("[data-key]").all()
        if (found := re.match(r"[\d\u2009]+", cell.inner_text()))
    }


def figures_of_file(path: Path, names: dict[str, str]) -> dict[str, Any]:
    """Indicator → value, read from the first sheet by the names that stand on the page."""
    sheet = load_workbook(path).worksheets[0]
    values = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    return {key: values[name] for key, name in names.items()}


def test_one_day(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    the_place()
    with ExitStack() as day:

        def enter(role: Role, area: int, screen: dict[str, Any], name: str) -> Page:
            return day.enter_context(somebody(browser, live_server.url, role, area, screen, name))

        office = enter(Role.OFFICE, COMMUNITY, DESK, "office")
        import_roster(office)
        open_round(office)
        code = issue_pass(office, "赵德柱")

        headquarters = enter(Role.HEADQUARTERS, CITY, DESK, "headquarters")
        headquarters.goto(f"/today/{CITY}")
        assert headquarters.locator("#fevers .fever").count() == 0

        caller = enter(Role.CALLER, COMMUNITY, PHONE, "caller")
        call(caller, "501", reached=False)
        call(caller, "502", reached=True)

        keeper = enter(Role.GATE_KEEPER, COMMUNITY, PHONE, "keeper")
        check_at_gate(keeper, code, ("37", "8"))
        assert keeper.locator("[data-verdict]").get_attribute("data-reason") == "fever"
        assert "发热门诊" in keeper.locator(".gate-next").inner_text()
        assert "13800009012" not in keeper.content()

        assert until(headquarters, "#fevers .fever >> text=37.8", REFRESH) < REFRESH
        waiting = not_reached(caller)
        assert "3栋2单元501" in waiting, "who did not answer is still to be reached"
        assert "3栋2单元502" not in waiting

        headquarters.goto(f"/report/{CITY}")
        shown = figures_of_page(headquarters)
        names = {
            cell.get_attribute("data-key") or "": cell.locator("xpath=../th").inner_text()
            for cell in headquarters.locator("[data-key]").all()
        }
        expected = {
            "residents": 6, "residents_due": 6, "residents_reached": 2, "not_reached": 4, "fevers": 1, "checks": 1,
            "turned_back": 1,
        }  # fmt: skip
        assert {key: shown[key] for key in expected} == expected
        with headquarters.expect_download() as download:
            headquarters.click("a[href$='.xlsx']")
        saved = tmp_path / "report.xlsx"
        download.value.save_as(saved)
        written = figures_of_file(saved, {key: names[key] for key in expected})
        assert written == expected
        assert str(clock.today()) in download.value.suggested_filename
