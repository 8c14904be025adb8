"""Lists from above as they come: headings anywhere, days in many shapes, two people or two numbers in one cell."""

import datetime as dt

import pytest

from people.town import id_number, workbook, xlsx
from shouwang.kernel.errors import Refused
from shouwang.people.rules.lines import Line, Lines, read_list
from shouwang.people.rules.lines.days import read_day
from shouwang.people.rules.lines.placing import Places

TODAY = dt.date(2020, 2, 20)
ONE, OTHER = id_number(1), id_number(2)


def read(content: bytes, name: str = "名单.xlsx") -> Lines:
    return read_list(content, name, today=TODAY)


def only(content: bytes) -> Line:
    (line,) = read(content).lines
    return line


def test_titles_notes_totals_and_repeated_headings_are_no_people() -> None:
    headings = (
        "序号",
        "姓名",
        "证件号码",
        "联系电话",
        "来源地",
        "离汉时间",
        "抵达时间",
        "车次",
        "现住址",
        "同行人",
        "备注",
    )
    found = read(
        xlsx(
            ("武汉返乡人员名单（第三批）",),
            ("填报单位：市防控办", "", "2020.1.24"),
            headings,
            (
                1,
                "张三",
                ONE,
                "13812345678",
                "武汉",
                "1.21",
                "1月22日",
                "D5821",
                "新城社区滨江美景湾3-2-501",
                "李四",
                "",
            ),
            (),
            headings,
            (2, "李四", OTHER, "", "武汉", "", 43852, "", "新城社区", "", "咳嗽，已报"),
            ("合计", "2人"),
        )
    )
    assert [(line.row, line.name) for line in found.lines] == [(4, "张三"), (7, "李四")]
    first, second = found.lines
    assert first.told["route"] == "D5821"
    assert first.told["companions"] == "李四"
    assert (first.left_on, first.arrived_on) == (dt.date(2020, 1, 21), dt.date(2020, 1, 22))
    assert second.arrived_on == dt.date(2020, 1, 22)
    assert second.told["remarks"] == "咳嗽，已报"
    assert not first.issues
    assert not second.issues


def test_number_and_phone_in_one_cell_and_two_people_in_one() -> None:
    found = read(
        xlsx(
            ("姓名", "证件号码/电话", "来源地"),
            ("张三、李四", f"{ONE} 13812345678", "武汉"),
            ("王五", "13900001111", "孝感"),
        )
    )
    told = [
        (line.row, line.part, line.name, line.told.get("id_number"), line.told.get("phone"))
        for line in found.lines
    ]
    assert told == [
        (2, 0, "张三", ONE, "13812345678"),
        (2, 1, "李四", None, None),
        (3, 0, "王五", None, "13900001111"),
    ]


def test_two_people_with_their_numbers_each() -> None:
    found = read(
        xlsx(("姓名", "身份证号", "电话"), ("张三、李四", f"{ONE}、{OTHER}", "13812345678、13912345678"))
    )
    assert [line.told["id_number"] for line in found.lines] == [ONE, OTHER]
    assert [line.told["phone"] for line in found.lines] == ["13812345678", "13912345678"]


def test_what_cannot_be_read_is_said_at_its_column_and_the_line_is_kept() -> None:
    line = only(xlsx(("姓名", "身份证号", "电话", "抵达时间"), ("张三", ONE[:17] + "0", "1381234", "前几天")))
    assert line.name == "张三"
    assert line.told["id_number"].startswith(ONE[:17])
    assert {letter for letter, _ in line.issues} == {"B", "C", "D"} or ONE.endswith("0")
    assert ("D", "arrived_day") in line.issues


def test_a_line_with_a_number_and_no_name_is_kept() -> None:
    line = only(xlsx(("姓名", "身份证号", "电话"), ("", ONE, "")))
    assert line.issues == (("A", "name_empty"),)


def test_several_sheets_and_text_files() -> None:
    book = workbook({"说明": [("请各社区核实",)], "1月23日": [("姓名", "电话"), ("张三", "13812345678")]})
    assert read(book).passed_over == ("说明",)
    text = "姓名\t证件号码\t来源地\n张三\t" + ONE + "\t武汉\n"
    assert only_text(text.encode("gb18030")).told["origin"] == "武汉"


def only_text(content: bytes) -> Line:
    (line,) = read_list(content, "名单.txt", today=TODAY).lines
    return line


def test_a_file_that_is_no_list_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(xlsx(("通知",), ("请核实",)))
    assert refused.value.code == "list_header"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1月22日", (2020, 1, 22)),
        ("2020.1.22", (2020, 1, 22)),
        ("2020年1月22日", (2020, 1, 22)),
        ("2020-01-22 14:00", (2020, 1, 22)),
        ("20200122", (2020, 1, 22)),
        ("1.22", (2020, 1, 22)),
        ("1/22", (2020, 1, 22)),
        ("1月22日下午", (2020, 1, 22)),
        ("43852", (2020, 1, 22)),
        (43852.0, (2020, 1, 22)),
        (dt.datetime(2020, 1, 22, 8, 30, tzinfo=dt.UTC), (2020, 1, 22)),
        ("12.30", (2019, 12, 30)),
        ("正月初二", (2020, 1, 26)),
        ("腊月二十八", (2020, 1, 22)),
        ("除夕", (2020, 1, 24)),
    ],
)  # fmt: skip
def test_days_as_lists_write_them(written: object, day: tuple[int, int, int]) -> None:
    assert read_day(written, today=TODAY) == dt.date(*day)


@pytest.mark.parametrize("written", ["前几天", "2020-13-01", "2020.3.1", "G1022", "32日", "1990.1.1"])
def test_what_is_no_day_that_has_come_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\d|前"):
        read_day(written, today=TODAY)


def test_lines_are_placed_by_name_town_and_compound_and_never_guessed() -> None:
    places = Places(
        {429006001023: "新城社区", 429006100201: "双湖村", 429006101202: "双湖村", 429006001024: "东湖社区"},
        {429006001000: "竟陵街道", 429006100000: "多宝镇", 429006101000: "拖市镇"},
        {"滨江美景湾": [429006001023], "花园": [429006001023, 429006001024]},
    )

    def find(address: str, community: str = "", compound: str = "") -> int | None:
        return places.find(community=community, address=address, compound=compound)

    assert find("湖北省天门市竟陵街道新城社区滨江美景湾3栋2单元501") == 429006001023
    assert find("", community="新城") == 429006001023
    assert find("多宝镇双湖村3组") == 429006100201
    assert find("双湖村3组") is None
    assert find("滨江美景湾3栋2单元501") == 429006001023
    assert find("", compound="花园小区") is None
    assert find("天门") is None


def test_an_id_number_that_the_spreadsheet_cut_is_shown_cut_and_taken_for_nobodys() -> None:
    """15 digits are all that a number keeps; they must not pass for an ID number of the old kind."""
    rows = (
        ("姓名", "身份证号", "手机"),
        ("彭小勇", 4.290061974051037e17, 13871230001),
        ("李思", "4.290061974051037e+17", ""),
    )
    first, second = read_list(xlsx(*rows), "一批.xlsx", today=TODAY).lines
    assert first.told["id_number"] == "429006197405103***"
    assert ("B", "id_rounded") in first.issues
    assert first.told["phone"] == "13871230001"
    assert "290061974051037" not in second.told.values()
    assert second.issues
