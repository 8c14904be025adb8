"""Division lists: the real file of the town, other shapes of the same, and what is wrong in them."""

import io
import time
from pathlib import Path

import openpyxl
import pytest

from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.places import actions, queries
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area

TIANMEN = Path(__file__).parents[2] / "src/shouwang/demo/data/tianmen_429006_villages_2019.csv"
CITY = 429006_000_000

pytestmark = pytest.mark.django_db


def load(content: bytes | str, name: str = "list.csv", scope: Scope | None = None) -> dict[str, int]:
    scope = scope or Scope.system(reason="test")
    with acting(scope):
        return actions.import_divisions(
            scope, content=content.encode() if isinstance(content, str) else content, file_name=name
        )


def plan(content: str) -> queries.DivisionPlan:
    scope = Scope.system(reason="test")
    with acting(scope):
        return queries.division_plan(scope, content=content.encode(), file_name="list.csv")


def test_the_towns_own_file_loads_whole() -> None:
    started = time.perf_counter()
    counts = load(TIANMEN.read_bytes())
    assert time.perf_counter() - started < 30
    assert counts == {
        "new": 632 + 28 + 1, "changed": 0, "same": 0, "rejected": 0, "new_towns": 28, "new_communities": 632,
    }  # fmt: skip
    li_field = Area.objects.get(code=429006103210)
    assert (li_field.kind, li_field.parent.name, li_field.parent.parent_id) == (
        AreaKind.RURAL,
        "蒋场镇",
        CITY,
    )
    assert Area.objects.get(code=429006001000).kind == AreaKind.URBAN
    assert Area.objects.get(code=CITY).name == "429006"


def test_the_same_file_twice_changes_nothing() -> None:
    load(TIANMEN.read_bytes())
    rows, acts = list(Area.objects.values_list()), audited()
    counts = load(TIANMEN.read_bytes())
    assert (counts["new"], counts["changed"], counts["same"]) == (0, 0, 660)
    assert list(Area.objects.values_list()) == rows
    assert audited() == acts == 1


def audited() -> int:
    with acting(Scope.system(reason="test")):
        return AuditEntry.objects.filter(verb="divisions_imported").count()


def test_a_name_comes_later_for_a_city_known_by_its_code() -> None:
    load("code,name\n429006001001,鸿渐居委会\n")
    counts = load("代码,名称\n429006,天门市\n42,湖北省\n")
    assert (counts["new"], counts["changed"]) == (1, 1)
    city = Area.objects.get(code=CITY)
    assert (city.name, city.aliases, city.parent_id) == ("天门市", [], 42 * 10**10)


def test_what_comes_later_between_two_takes_its_place_in_the_tree() -> None:
    load("code,name\n420102002003,保成社区\n")
    assert Area.objects.get(code=420102002003).parent_id == 420102_000_000
    load("code,name\n420102002,大智街道\n42,湖北省\n")
    assert Area.objects.get(code=420102002003).parent_id == 420102002000
    assert Area.objects.get(code=420102_000_000).parent_id == 42 * 10**10


def test_a_correction_made_here_outlives_the_list() -> None:
    content = "code,name,street_code,street_name\n429006002001,某某居委会,429006002,候口街道\n"
    load(content)
    scope = Scope.system(reason="test")
    with acting(scope):
        actions.rename_area(scope, code=429006002000, name="侯口街道")
    assert load(content)["changed"] == 0
    assert Area.objects.get(code=429006002000).name == "侯口街道"


def test_a_new_name_in_a_later_list_keeps_the_old_one_as_alias() -> None:
    load("code,name\n429006001001,鸿渐居委会\n")
    assert load("code,name\n429006001001,鸿渐社区\n")["changed"] == 1
    area = Area.objects.get(code=429006001001)
    assert (area.name, area.aliases, area.initials) == ("鸿渐社区", ["鸿渐居委会"], "hjsq")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_a_title_above_the_header(encoding: str) -> None:
    text = (
        "天门市区划一览,,\n,,\n统计用区划代码,城乡分类代码,名 称\n４２９００６００１００１,121,鸿渐居委会\n\n"
    )
    assert load(text.encode(encoding))["new_communities"] == 1
    assert Area.objects.get(code=429006001001).kind == AreaKind.URBAN


def test_a_workbook_with_codes_as_numbers() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["村代码", "村名", "乡镇代码", "乡镇名称"])
    sheet.append([429006103210, "李场村委会", 429006103, "卢市镇"])
    sheet.append([429006103211.0, "另一村委会", "429006103", "卢市镇"])
    stream = io.BytesIO()
    book.save(stream)
    assert load(stream.getvalue(), "村.xlsx")["new_communities"] == 2


def test_rows_that_cannot_be_taken_say_why() -> None:
    found = plan(
        "code,name,street_code,street_name\n"
        "4.29006E+11,科学计数,,\n"
        "42900600,八位,,\n"
        "429006001001,,,\n"
        "429006001002,雁叫居委会,429006002,别处街道\n"
        "429006001003,庆云居委会,,\n"
        "429006001003,另一个名字,,\n"
        "429006001003,庆云居委会,,\n"
    )
    assert [(row.line, row.reason.code) for row in found.rejected] == [
        (2, "area_code_rounded"), (3, "area_code"), (4, "area_name_empty"), (5, "division_not_inside"),
        (7, "division_twice"),
    ]  # fmt: skip
    assert found.counts()["new_communities"] == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"PK\x03\x04 no workbook", "file_unreadable"),
        ("省,市\n湖北,天门\n".encode(), "divisions_columns"),
        (b"code,name\n", "divisions_empty"),
        (b"code,name\nx,y\n", "divisions_rejected"),
        (b"\x81\x00\xff\xff,,\n", "file_unreadable"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        load(content)
    assert refused.value.code == code
    assert not Area.objects.exists()


def test_only_within_ones_own_city() -> None:
    first, last = CITY, CITY + 999_999
    mine = Scope(1, "x", (GrantedRange(first, last, PERMISSIONS[Role.HEADQUARTERS]),))
    counts = load("code,name\n429006001001,鸿渐居委会\n420102002003,保成社区\n", scope=mine)
    assert (counts["new_communities"], counts["rejected"]) == (1, 1)
    assert not Area.objects.filter(code=420102002003).exists()
    office = Scope(1, "x", (GrantedRange(first, last, PERMISSIONS[Role.OFFICE]),))
    with pytest.raises(Forbidden):
        load("code,name\n429006001002,雁叫居委会\n", scope=office)


def test_an_added_place_is_not_overwritten_by_a_list() -> None:
    load("code,name\n429006001,竟陵街道\n")
    scope = Scope.system(reason="test")
    with acting(scope):
        added = actions.add_area(scope, parent=429006001000, name="新建社区")
        assert (added.code, added.added) == (429006001901, True)
        assert actions.add_area(scope, parent=429006001000, name="新建社区").code == added.code
        assert actions.add_area(scope, parent=429006001000, name="二期社区").code == 429006001902
        assert actions.add_area(scope, parent=CITY, name="物流园").code == 429006901000
    found = plan("code,name\n429006001901,别的社区\n")
    assert [row.reason.code for row in found.rejected] == ["division_code_taken"]


@pytest.mark.slow
def test_a_whole_province_in_seconds() -> None:
    """As many rows as Hubei has, invented: 100 counties, 10 towns each, 28 communities each."""
    lines = ["code,name,street_code,street_name"]
    for county in range(100):
        for town in range(10):
            above = 420100 + county * 100 + 1
            street = f"{above}{town + 1:03d}"
            lines += [f"{street}{n + 1:03d},甲{n}居委会,{street},乙{town}街道" for n in range(28)]
    content = "\n".join(lines)
    started = time.perf_counter()
    assert load(content)["new_communities"] == 28_000
    first = time.perf_counter() - started
    assert load(content)["same"] >= 28_000
    assert first < 60, f"{first:.1f} s"  # some seconds on a quiet machine; tests share theirs
