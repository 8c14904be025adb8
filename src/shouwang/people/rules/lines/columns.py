"""The columns of lists from above. What a roster has too is read as there (`rules.columns`)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from shouwang.kernel.text import squeeze
from shouwang.people.rules.columns import Column, column_of


class Told(StrEnum):
    """What a list tells of somebody."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SEX = "sex"
    BORN = "born"
    COMMUNITY = "community"
    COMPOUND = "compound"
    ADDRESS = "address"
    ORIGIN = "origin"
    LEFT = "left"
    ARRIVED = "arrived"
    ROUTE = "route"
    COMPANIONS = "companions"
    REMARKS = "remarks"


# By what a heading holds; the first that fits. From the lists that health departments and the police sent in 2020.
_WORDS: tuple[tuple[Told, str], ...] = (
    (Told.COMPANIONS, "同行 随行 同乘 共同返"),
    (Told.ROUTE, "车次 航班 车牌 交通工具 交通方式 乘坐 返乡方式 班次 座位 train flight"),
    (Told.LEFT, "离汉 离鄂 离开时间 离开日期 出发时间 出发日期 离开武汉 离穗"),
    (
        Told.ARRIVED,
        "抵达 到达 返乡时间 返乡日期 返回时间 返回日期 到家 返乡到 入境时间 返村 返程时间 回乡时间 arrived arrival",
    ),
    (
        Told.ORIGIN,
        "来源地 来自 从何地 从何处 何地返回 返乡前 出发地 来源 旅居 居住城市 始发 务工地 外出地 原居住 origin from",
    ),
    (Told.COMMUNITY, "乡镇 镇街 街道 目的地社区"),
)
_ROSTER = {
    Column.NAME: Told.NAME,
    Column.HEAD: Told.NAME,
    Column.ID_NUMBER: Told.ID_NUMBER,
    Column.PHONE: Told.PHONE,
    Column.SEX: Told.SEX,
    Column.BORN: Told.BORN,
    Column.COMMUNITY: Told.COMMUNITY,
    Column.COMPOUND: Told.COMPOUND,
    Column.ADDRESS: Told.ADDRESS,
    Column.REMARKS: Told.REMARKS,
}
_DESTINATION = ("目的地", "返乡地", "返回地", "现住", "户籍地", "籍贯", "户籍", "家庭")


def told_by(heading: str) -> Told | None:
    """What a heading of a list means; ``None`` if nothing that is read."""
    text = squeeze(heading).lower()
    if not text or len(text) > 24:
        return None
    for told, words in _WORDS:
        if any(word in text for word in words.split()):
            return told
    roster = column_of(heading)
    if roster in _ROSTER:
        return _ROSTER[roster]
    return Told.ADDRESS if any(word in text for word in _DESTINATION) else None


def header_of(cells: Sequence[object]) -> Mapping[Told, tuple[int, ...]] | None:
    """Which columns tell what, if this row is a header: it names the people and one thing more. An address may stand
    in several."""
    found: dict[Told, tuple[int, ...]] = {}
    words = 0
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        words += 1
        told = told_by(cell)
        if told and (told not in found or told in (Told.ADDRESS, Told.ROUTE, Told.COMMUNITY)):
            found[told] = (*found.get(told, ()), place)
    return found if Told.NAME in found and len(found) >= 2 and len(found) * 4 >= words else None
