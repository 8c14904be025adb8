"""The columns of a roster and the many headings offices give them."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from shouwang.kernel.text import squeeze


class Column(StrEnum):
    NAME = "name"
    HEAD = "head"
    ID_NUMBER = "id_number"
    ID_KIND = "id_kind"
    PHONE = "phone"
    COMMUNITY = "community"
    COMPOUND = "compound"
    GROUP = "group"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    ADDRESS = "address"
    HOUSEHOLD = "household"
    RELATION = "relation"
    SEX = "sex"
    BORN = "born"
    REMARKS = "remarks"


# Read from the registration forms of February 2020 and what village accountants call the same things.
_HEADINGS = {
    Column.NAME: (
        "姓名 名字 人员姓名 居民姓名 成员姓名 家庭成员 家庭成员姓名 住户姓名 被调查人 人员 姓名全称 "
        "登记人姓名 名称 name"
    ),
    Column.HEAD: "户主姓名 户主 户主名 户主名字 户主名称 业主 业主姓名 房主 房主姓名 head",
    Column.ID_NUMBER: (
        "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 公民身份证号码 居民身份证号 "
        "居民身份证号码 身份号码 有效证件号码 身份证件号码 证号 身份证编号 idnumber id idno"
    ),
    Column.ID_KIND: "证件类型 证件种类 证件类别 证件名称 idtype idkind",
    Column.PHONE: (
        "电话 联系电话 手机 手机号 手机号码 联系方式 电话号码 联系号码 移动电话 本人电话 联系手机 "
        "手机电话 固定电话 座机 电话手机 phone mobile tel telephone"
    ),
    Column.COMMUNITY: (
        "社区 村 村社区 社区村 所属社区 所在社区 社区名称 村名 村委会 居委会 行政村 所属村 所在村 "
        "村居 所属村居 community"
    ),
    Column.COMPOUND: (
        "小区 小区名称 小区名 所属小区 所在小区 居住小区 网格小区 院落 片区 楼盘 自然湾 自然村 湾 "
        "湾子 湾名 居住湾组 compound"
    ),
    Column.GROUP: "组 小组 组别 村民小组 村组 所在组 所属组 村民组 组号 生产队 group",
    Column.BUILDING: "楼栋 栋 栋号 楼号 楼栋号 幢 幢号 座 楼 几栋 楼幢 楼宇 楼幢号 building",
    Column.UNIT: "单元 单元号 门栋 几单元 unit",
    Column.ROOM: "房号 室 室号 房间号 房间 门牌 户室 房室号 房屋号 门号 几室 房屋编号 room",
    Column.ADDRESS: (
        "住址 家庭住址 地址 详细地址 现住址 居住地址 家庭地址 居住地 现居住地址 门牌号 门牌号码 "
        "常住地址 居住详址 现居住地 家庭详细住址 详细住址 现住地址 住所 楼栋房号 address"
    ),
    Column.HOUSEHOLD: (
        "户号 户编号 家庭编号 户序号 户籍号 户口编号 家庭户号 户口号 户口簿号 户籍编号 householdno household"
    ),
    Column.RELATION: (
        "与户主关系 与户主的关系 户主关系 家庭关系 关系 和户主关系 同户主关系 成员关系 与业主关系 "
        "与房主关系 relation"
    ),
    Column.SEX: "性别 男女 sex gender",
    Column.BORN: "出生日期 出生年月 出生年月日 生日 出生 出生时间 birth birthday born dateofbirth birthdate",
    Column.REMARKS: "备注 说明 备注说明 其他 其它 其他情况 特殊情况 情况说明 备考 附注 remarks remark note notes",
}
_BY_HEADING = {heading: column for column, words in _HEADINGS.items() for heading in words.split()}
_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]?")
# Headings that only seem to be one of ours: 籍贯地址 is not where she lives, 户主身份证号 not her own number.
_FOREIGN = re.compile(
    r"籍贯|户籍地|户籍所|原住|来源|返回|目的|工作|单位(?!元)|紧急|配偶|监护|网格员|包保|责任人|填报|体温"
)
_LONGEST_HEADING = 16
# Headings longer than the word itself: 本人身份证号码, 联系电话1. The longest word inside wins.
_WITHIN = sorted(
    (word for word in _BY_HEADING if len(word) >= 2 and not word.isascii()), key=len, reverse=True
)


@lru_cache(maxsize=4_096)
def column_of(heading: str) -> Column | None:
    """The column a heading means; ``None`` if it is none of ours."""
    plain = _NOT_LETTERS.sub("", _BRACKETS.sub("", squeeze(heading))).lower()
    exact = _BY_HEADING.get(plain)
    if exact or not plain or len(plain) > _LONGEST_HEADING or _FOREIGN.search(plain):
        return exact
    if plain.startswith("户主") and plain != "户主":
        return None
    return next((_BY_HEADING[word] for word in _WITHIN if word in plain), None)


def is_heading(cell: object) -> bool:
    """Whether a cell is, word for word, one of the headings: that is how a header repeated amid the rows is known."""
    return (
        isinstance(cell, str)
        and _NOT_LETTERS.sub("", _BRACKETS.sub("", squeeze(cell))).lower() in _BY_HEADING
    )


def columns_of(cells: Sequence[object]) -> dict[Column, int] | None:
    """Which column stands where, if this row is a header: it names the people and at least one thing more.

    Of two columns with the same meaning the first counts. Only a 户主 column: then it is the name.
    """
    found: dict[Column, int] = {}
    words = exact = 0
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        words += 1
        exact += is_heading(cell)
        column = column_of(cell)
        if column is not None:
            found.setdefault(column, place)
    if Column.NAME not in found and Column.HEAD in found:
        found[Column.NAME] = found.pop(Column.HEAD)
    return (
        found if Column.NAME in found and len(found) >= 2 and exact >= 2 and len(found) * 4 >= words else None
    )


def letter_of(place: int) -> str:
    """The spreadsheet's letter of a column counted from 0: 0 → A, 27 → AB."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
