"""Rosters as they really come: every kind of mess, good rows kept beside bad ones."""

import csv
import time
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from people.town import id_number, workbook, xlsx
from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import Sex
from shouwang.people.rules.rejects import write_rejects
from shouwang.people.rules.roster import read_roster
from shouwang.people.rules.rows import Roster, RosterRow, Severity

TODAY = date(2020, 2, 21)
NAMES = ("新城社区", "新城", "429006001023")


def read(content: bytes, name: str = "名册.xlsx", **more: Any) -> Roster:
    return read_roster(content, name, today=TODAY, **{"community": NAMES, **more})


def rows(*table: Any, **more: Any) -> tuple[RosterRow, ...]:
    return read(xlsx(*table), **more).rows


def codes(row: RosterRow) -> list[str]:
    return [issue.code for issue in row.issues]


def test_titles_above_empty_rows_within_and_totals_below() -> None:
    found = rows(
        ("新城社区疫情防控人员信息登记表",),
        ("填表单位：新城社区（盖章）",),
        ("序号", "姓  名", "公民身份号码", "家庭住址"),
        (1, "张 三", id_number(1), "3栋2单元501"),
        (None, None, None, None),
        (2, "李四", id_number(2), "3栋2单元502"),
        ("合计", "2人"),
        ("填表人：王五", None, "审核人：赵六"),
    )
    assert [(row.number, row.name, row.address.key) for row in found] == [
        (4, "张三", "3-2-501"),
        (6, "李四", "3-2-502"),
    ]
    assert not any(row.issues for row in found)


def test_a_header_repeated_amid_the_rows_even_in_another_order() -> None:
    found = rows(
        ("姓名", "电话", "住址"),
        ("张三", "13812345678", "1栋101"),
        ("住址", "姓名", "电话"),
        ("1栋102", "李四", "13912345678"),
    )
    assert [(row.name, row.address.key, row.phones[0].number) for row in found] == [
        ("张三", "1-101", "13812345678"),
        ("李四", "1-102", "13912345678"),
    ]


def test_a_header_of_two_rows() -> None:
    found = rows(
        ("姓名", "身份证号", "居住地", None, None),
        (None, None, "楼栋", "单元", "房号"),
        ("张三", id_number(1), "3栋", 2, 501.0),
    )
    assert [(row.number, row.address.key) for row in found] == [(3, "3-2-501")]


def test_several_sheets_and_one_that_is_no_roster() -> None:
    head = ("姓名", "住址")
    roster = read(
        workbook(
            {
                "一组": [head, ("张三", "一组1号")],
                "说明": [("请于今日上报",)],
                "二组": [head, ("李四", "二组1号")],
            }
        )
    )
    assert [(row.sheet, row.number, row.name) for row in roster.rows] == [
        ("一组", 2, "张三"),
        ("二组", 2, "李四"),
    ]
    assert (roster.sheets, roster.passed_over) == (("一组", "二组"), ("说明",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_offices(encoding: str, delimiter: str) -> None:
    text = StringIO()
    table = [
        ("姓名", "身份证号", "联系电话", "家庭住址"),
        ("张三", id_number(1), "13812345678", "滨江美景湾3栋2单元501"),
    ]
    csv.writer(text, delimiter=delimiter).writerows(table)
    (row,) = read(text.getvalue().encode(encoding), "名册.csv").rows
    assert (row.number, row.name, row.id_number, row.address.compound) == (
        2,
        "张三",
        id_number(1),
        "滨江美景湾",
    )


def test_numbers_as_text_with_signs_and_full_width_and_as_numbers() -> None:
    number = id_number(1)
    wide = id_number(5).translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    head = ("姓名", "身份证号", "电话", "住址")
    found = rows(
        head,
        ("甲一", f"'{number}", 13812345678, "1栋101"),
        ("乙二", id_number(3), 13812345678.0, "1栋102"),
        ("丙三", float(number[:15] + "000"), "１３８１２３４５６７８", "1栋103"),
        ("丁四", wide, "", "1栋104"),
    )
    assert [row.id_number for row in found[:2]] == [number, id_number(3)]
    assert [row.phones[0].number for row in found[:3]] == ["13812345678"] * 3
    assert codes(found[2]) == ["id_rounded"]
    assert found[3].id_number == id_number(5)


def test_a_household_written_once_for_its_people() -> None:
    head = ("户号", "住址", "姓名", "与户主关系")
    found = rows(
        head,
        ("001", "三组12号", "张三", "户主"),
        ("", "", "李四", "妻"),
        (None, None, "张小三", "子"),
        ("002", "三组13号", "王五", "本人"),
        ("", "", "王小五", "女儿"),
    )
    assert [row.household_key for row in found] == [("3组", "3-12", "001")] * 3 + [("3组", "3-13", "002")] * 2
    assert [row.relation for row in found] == ["户主", "妻", "子", "户主", "女儿"]
    assert not any(row.issues for row in found)


def test_merged_cells_speak_for_each_of_their_rows() -> None:
    table = [
        ("小区", "楼栋", "房号", "姓名"),
        ("滨江美景湾", "3栋", "501", "张三"),
        ("", "", "", "李四"),
        ("", "", "502", "王五"),
    ]
    found = read(workbook({"Sheet1": table}, merged=["A2:A4", "B2:B4", "C2:C3"])).rows
    assert [(row.address.compound, row.address.key) for row in found] == [
        ("滨江美景湾", "3-501"),
        ("滨江美景湾", "3-501"),
        ("滨江美景湾", "3-502"),
    ]
    assert not any(row.issues for row in found)


def test_a_head_never_takes_the_door_of_the_row_above() -> None:
    found = rows(("住址", "姓名", "与户主关系"), ("1栋101", "张三", "户主"), ("", "李四", "户主"))
    assert codes(found[1]) == ["address_empty"]


def test_after_an_empty_row_no_door_is_handed_on() -> None:
    found = rows(("住址", "姓名", "关系"), ("1栋101", "张三", "户主"), (None, None, None), ("", "李四", "妻"))
    assert codes(found[1]) == ["address_empty"]


def test_an_inherited_door_without_a_word_on_relations_is_warned_of() -> None:
    found = rows(("住址", "姓名"), ("1栋101", "张三"), ("", "李四"))
    assert codes(found[1]) == ["address_inherited"]
    assert found[1].warned


def test_another_building_does_not_keep_the_room_above() -> None:
    found = rows(
        ("楼栋", "单元", "房号", "姓名", "关系"),
        ("3", "2", "501", "张三", "户主"),
        ("4", "", "", "李四", "妻"),
    )
    assert found[1].address.key == "4"


def test_several_people_in_one_cell() -> None:
    head = ("姓名", "身份证号", "电话", "住址")
    two = f"{id_number(1)}、{id_number(2)}"
    found = rows(
        head,
        ("张三、李四", two, "13812345678、13912345678", "1栋101"),
        ("王五（户主）\n赵六（妻）", "", "13712345678", "1栋102"),
        ("钱七、孙八", id_number(3) + id_number(4), "", "1栋103"),
    )
    assert [(row.number, row.name, row.id_number, row.phones[0].number) for row in found[:2]] == [
        (2, "张三", id_number(1), "13812345678"),
        (2, "李四", id_number(2), "13912345678"),
    ]
    assert [(row.name, row.relation, len(row.phones)) for row in found[2:4]] == [
        ("王五", "户主", 1),
        ("赵六", "妻", 0),
    ]
    assert codes(found[4]) == ["id_several"]


def test_the_same_person_twice() -> None:
    head = ("姓名", "身份证号", "出生日期", "住址")
    found = rows(
        head,
        ("张三", id_number(1), "", "1栋101"),
        ("张 三", f" {id_number(1)}", "", "1栋101"),
        ("李四", id_number(1), "", "1栋102"),
        ("王五", "", "1990-01-01", "1栋103"),
        ("王五", "", "", "1栋103"),
        ("王五", "", "1960-01-01", "1栋103"),
        ("王五", "", "1990-01-01", "1栋104"),
    )
    assert [row.duplicate_of for row in found] == [None, 2, None, None, 5, None, None]
    assert codes(found[2]) == ["id_twice"]
    assert dict(found[2].issues[0].params) == {"row": 2}


@pytest.mark.parametrize(
    "written",
    [
        "新城社区",
        "新城",
        "新城社区居委会",
        "竟陵街道新城社区",
        "429006001023",
        429006001023,
        " 新 城 社区 ",
        "",
        "/",
    ],
)
def test_the_right_community(written: object) -> None:
    assert not rows(("社区", "姓名", "住址"), (written, "张三", "1栋101"))[0].rejected


def test_a_name_is_kept_whole_or_refused() -> None:
    kept, refused = rows(("姓名", "住址"), ("长" * 60, "1栋101"), ("长" * 61, "1栋101"))
    assert not kept.rejected
    assert [(issue.code, issue.letter) for issue in refused.issues] == [("name_long", "A")]


@pytest.mark.parametrize("written", ["李场村", "新城北社区", "老新城社区", "429006103210"])
def test_a_wrong_community(written: str) -> None:
    (row,) = rows(("所属社区", "姓名", "住址"), (written, "张三", "1栋101"))
    (issue,) = row.issues
    assert (issue.code, issue.label, issue.letter) == ("community_wrong", "所属社区", "A")
    assert issue.params == {"written": written, "community": "新城社区"}


@pytest.mark.parametrize(
    "written",
    [
        "1980-05-17",
        "1980/5/17",
        "1980.5.17",
        "1980年5月17日",
        "19800517",
        19800517,
        datetime(1980, 5, 17),  # noqa: DTZ001 # as calamine gives it
        date(1980, 5, 17),
        29358,
        "1980-05-17 00:00:00",
    ],
)
def test_dates_of_birth(written: object) -> None:
    (row,) = rows(("姓名", "出生日期", "住址"), ("张三", written, "1栋101"))
    assert (row.born_on, row.issues) == (date(1980, 5, 17), ())


@pytest.mark.parametrize("written", ["1980-13-01", "2030-01-01", "去年", "1780-01-01"])
def test_what_is_no_date_of_birth_is_left_empty_with_a_word(written: str) -> None:
    (row,) = rows(("姓名", "出生日期", "住址"), ("张三", written, "1栋101"))
    assert (row.born_on, codes(row), row.rejected) == (None, ["born"], False)


def test_the_id_number_knows_better() -> None:
    (row,) = rows(
        ("姓名", "性别", "出生年月", "身份证号", "住址"), ("张三", "女", "1990-01-01", id_number(1), "1栋101")
    )
    assert (row.sex, row.born_on) == (Sex.MALE, date(1980, 1, 1))
    assert {issue.code: issue.severity for issue in row.issues} == {
        "sex_differs": Severity.WARN,
        "born_differs": Severity.WARN,
    }


def test_a_bad_phone_costs_only_the_phone() -> None:
    bad, two = rows(
        ("姓名", "电话", "住址"),
        ("张三", "1381234", "1栋101"),
        ("李四", "0728-5223456、13812345678", "1栋102"),
    )
    assert (bad.phones, codes(bad), bad.rejected) == ((), ["phone_length"], False)
    assert ([phone.number for phone in two.phones], codes(two)) == (
        ["13812345678", "0728-5223456"],
        ["phones_several"],
    )


@pytest.mark.parametrize(("name", "code"), [("", "name_empty"), ("王", "name"), ("张3", "name")])
def test_names_that_are_none(name: str, code: str) -> None:
    (row,) = rows(("姓名", "电话", "住址"), (name, "13812345678", "1栋101"))
    assert codes(row) == [code]


def test_a_household_number_may_stand_for_a_missing_address() -> None:
    (row,) = rows(("户号", "姓名"), (17.0, "张三"))
    assert (row.household_number, row.address.key, row.issues) == ("17", "", ())


def test_an_address_column_beside_columns_of_its_parts() -> None:
    found = rows(
        ("小区", "楼栋", "门牌号", "姓名"),
        ("滨江美景湾", "3栋", "2单元501", "张三"),
        ("滨江美景湾", "", "3-2-501", "李四"),
    )
    assert [(row.address.compound, row.address.key) for row in found] == [("滨江美景湾", "3-2-501")] * 2


def test_an_issue_says_where() -> None:
    (row,) = rows(("序号", "姓名", "证件号码（必填）", "住址"), (1, "张三", id_number(1)[:-1], "1栋101"))
    (issue,) = row.issues
    assert (issue.label, issue.letter, issue.severity) == ("证件号码(必填)", "C", Severity.REJECT)
    assert issue.message % issue.params


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "file_empty"),
        ("a.xlsx", b"PK\x03\x04 no", "file_broken"),
        ("a.pdf", b"%PDF", "file_kind"),
        ("a.csv", b"\xff\xff\xff", "file_encoding"),
        ("a.csv", b"1,2\n3,4\n", "roster_header"),
        ("a.xlsx", workbook({"a": []}), "roster_header"),
    ],
)
def test_files_that_cannot_be_read_say_why(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read(content, name)
    assert caught.value.code == code


cells = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
)


@given(st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=6))
def test_whatever_the_cells_hold_each_row_is_answered(table: list[tuple[Any, ...]]) -> None:
    text = StringIO()
    csv.writer(text).writerows([("姓名", "身份证号", "电话", "住址", "性别"), *table])
    for row in read(text.getvalue().encode(), "a.csv").rows:
        assert row.rejected or row.name
        for issue in row.issues:
            assert issue.message % issue.params


def test_what_came_back_can_be_corrected_and_handed_in_again() -> None:
    head = ("户号", "姓名", "身份证号", "住址", "备注")
    bad = id_number(2)[:-1] + ("1" if id_number(2)[-1] != "1" else "2")
    text = StringIO()
    table = [
        ("1", "张三", id_number(1), "1栋101", ""),
        ("", "李四", bad, "", "=1+1"),
        ("", "王五", "4.29006E+17", "", ""),
    ]
    csv.writer(text).writerows([head, *table])
    roster = read(text.getvalue().encode(), "a.csv")
    content = write_rejects(
        roster.rejected,
        reason_of=lambda issue: issue.message % issue.params,
        row_label="原行号",
        reason_label="原因",
        watermark="甲 & 乙",
    )
    book = load_workbook(BytesIO(content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [*head, "原行号", "原因"]
    assert [cell.value for cell in sheet[2]][:6] == ["1", "李四", bad, "1栋101", "=1+1", "3"]
    assert sheet["E2"].data_type == "s"
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    again = read(content)
    assert [codes(row) for row in again.rows] == [["id_check"], ["id_rounded"]], (
        "still wrong, and for the same reasons"
    )
    sheet["C2"] = id_number(2)
    corrected = BytesIO()
    book.save(corrected)
    (right, _) = read(corrected.getvalue()).rows
    assert (right.name, right.id_number, right.household_key) == ("李四", id_number(2), ("", "1-101", "1"))


def test_twenty_thousand_rows_are_read_in_seconds() -> None:
    """The aim is under 3 s; the limit here leaves room for a busy machine."""
    head = ("小区", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "电话", "备注")
    people = [
        (
            "滨江美景湾",
            f"{n // 800 + 1}栋",
            n // 400 % 2 + 1,
            n // 4 + 101,
            f"王{chr(0x4E00 + n % 20_000)}",
            "户主" if n % 4 == 0 else "子",
            id_number(n % 1000, f"19{50 + n // 1000}0101"),
            13800000000 + n,
            "",
        )
        for n in range(20_000)
    ]
    content = xlsx(("登记表",), head, *people)
    start = time.process_time()
    roster = read(content)
    assert time.process_time() - start < 6
    assert len(roster.good) == 20_000
    assert len({row.household_key for row in roster.good}) == 5_000
