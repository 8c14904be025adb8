"""Headings: each column under all the names offices give it."""

import pytest

from shouwang.people.rules.columns import _HEADINGS, Column, column_of, columns_of, letter_of

EVERY = [(heading, column) for column, words in _HEADINGS.items() for heading in words.split()]


@pytest.mark.parametrize(("heading", "column"), EVERY)
def test_every_spelling(heading: str, column: Column) -> None:
    for written in (
        heading,
        f" {heading} ",
        f"{heading}（必填）",
        f"{heading}：",
        f"*{heading}",
        "　".join(heading),
    ):
        assert column_of(written) is column


def test_ten_spellings_of_what_matters() -> None:
    for column in (
        Column.NAME,
        Column.ID_NUMBER,
        Column.PHONE,
        Column.ADDRESS,
        Column.COMMUNITY,
        Column.RELATION,
    ):
        assert sum(one is column for _, one in EVERY) >= 10


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("本人身份证号码", Column.ID_NUMBER),
        ("联系电话1", Column.PHONE),
        ("居民姓名（全名）", Column.NAME),
        ("备注（返乡、病情等）", Column.REMARKS),
        ("家庭详细地址", Column.ADDRESS),
        ("户主身份证号", None),
        ("籍贯地址", None),
        ("工作单位", None),
        ("紧急联系人电话", None),
        ("体温", None),
        ("序号", None),
        ("是否从武汉返乡人员姓名身份证号电话一览表及其说明", None),
        ("", None),
    ],
)
def test_longer_headings(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_a_header_names_people_and_something_more() -> None:
    assert columns_of(["序号", "姓名", "身份证号"]) == {Column.NAME: 1, Column.ID_NUMBER: 2}
    assert columns_of(["户主姓名", "住址"]) == {Column.NAME: 0, Column.ADDRESS: 1}
    assert columns_of(["姓名", "户主姓名", "住址"]) == {Column.NAME: 0, Column.HEAD: 1, Column.ADDRESS: 2}
    for no_header in (
        ["姓名"],
        ["新城社区人员登记表"],
        ["张三", "13812345678"],
        [],
        ["电话", "住址"],
        [1, 2, None],
    ):
        assert columns_of(no_header) is None


def test_letters() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
