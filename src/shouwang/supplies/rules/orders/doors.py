"""Doors inside a sentence; `shouwang.kernel.addresses` reads a whole field, here the door must be found first."""
# ruff: noqa: E501 - a pattern is kept in one piece

from __future__ import annotations

import re
from dataclasses import dataclass

from shouwang.supplies.rules.orders.numerals import number

_C = "一二三四五六七八九十"
_NUM = rf"(?:\d{{1,3}}|[{_C}]{{1,3}})"
_NO_MEASURE = r"(?![\d*xX×.])(?!(?:斤|公斤|克|袋|包|盒|瓶|桶|箱|提|板|个(?!人)|条|块|把|颗|棵|根|只|件|罐|份|支|片|双|卷|mg|ml|g(?![a-z])))"
_FLOOR = rf"(?:\s*[-]?(?:\d{{1,2}}|[{_C}]{{1,3}})(?:楼|层)\s*-?)?"
_SUFFIX = r"(?:号房|室|房|号|户)?"
DOOR = re.compile(
    rf"""
    (?:第)?(?P<group>{_NUM})(?:村民小组|村民组|小组|生产队|组|队)(?:的)?[-\s]?(?:第?(?P<house>\d{{1,4}}{_NO_MEASURE}|[{_C}百]{{1,5}}(?=号))(?:号|户)?)?
  | (?<![\dA-Za-z])(?P<b>[A-Za-z](?=\d?[栋座幢#])|[A-Za-z]?\d{{1,3}}|[{_C}]{{1,3}}|[A-Za-z])\s?(?:号楼|号栋|号(?=\d{{1,2}}单元)|\#楼|栋|幢|座|\#|楼(?=\d|[{_C}]+单元))[-\s]?
    (?:(?P<u>{_NUM}|[A-Za-z甲乙丙东西])\s?(?:单元|门|-)\s?)?{_FLOOR}(?:-?(?P<r>[A-Za-z]?\d{{3,4}}{_NO_MEASURE}|\d{{2}}(?=[室号])|(?:[一二三四五六七八九]|十|十[一二三四五六七八九])[零〇][一二三四五六七八九])\s?{_SUFFIX})?
  | (?<![\d.*A-Za-z-])(?P<b3>[A-Za-z]?\d{{1,3}})\s?(?:[-—–_.－/](?=\d{{1,2}}\s?(?:单元|[-—–_.－/])))\s?(?P<u3>\d{{1,2}})\s?(?:单元[-\s]?|[-—–_.－/])(?P<r3>\d{{2,4}}){_NO_MEASURE}(?!-\d){_SUFFIX}
  | (?<![\d.*A-Za-z-])(?P<bu>\d{{1,2}})\s?(?:单元)\s?{_FLOOR}-?(?P<bur>\d{{3,4}}){_NO_MEASURE}{_SUFFIX}
  | (?<![\d.*A-Za-z-])(?P<b2>\d{{1,3}}|[A-Za-z])[-—–－](?P<r2>\d{{3,4}}){_NO_MEASURE}(?!-\d){_SUFFIX}
  | (?<![\d.*A-Za-z-])(?P<s1>\d{{1,2}})\s(?P<s2>\d)\s(?P<s3>\d{{3,4}}){_NO_MEASURE}(?=\D|$)
    """,
    re.X,
)
_ROOM = re.compile(
    rf"^\s*(?:住|我是)?(?:(?:\d{{1,2}}|[{_C}]{{1,3}})[楼层])?(?P<room>\d{{3,4}}){_NO_MEASURE}{_SUFFIX}(?=$|[\s,，:：、的]|[一-鿿])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A door, and where it stands in the text."""

    address: str
    start: int
    end: int


def _plain(text: str | None) -> str:
    if not text:
        return ""
    if re.search(r"[零〇]", text):
        return "".join(str(number(sign)) for sign in text)
    value = number(text) if not text.isascii() else None
    return str(value) if value is not None else text.upper()


def doors(text: str, prefix: str | None = None) -> list[Found]:
    """Every door that `text` names; `prefix` (``3-2``) completes a bare room at its beginning."""
    found = []
    for match in DOOR.finditer(text):
        g = match.groupdict()
        if g["group"]:
            parts: tuple[str | None, ...] = (g["group"], g["house"])
        elif g["b"] and prefix and _is_floor(match):
            parts = (*prefix.split("-"), g["r"])
        elif g["b"]:
            parts = (g["b"], g["u"], g["r"])
        elif g["b3"]:
            parts = (g["b3"], g["u3"], g["r3"])
        elif g["bu"]:
            parts = ((prefix or "").split("-")[0], g["bu"], g["bur"])
        elif g["b2"]:
            parts = (g["b2"], g["r2"])
        else:
            parts = (g["s1"], g["s2"], g["s3"])
        found.append(Found("-".join(filter(None, map(_plain, parts))), match.start(), match.end()))
    if not found and prefix:
        room = _ROOM.match(text)
        if room:
            found.append(Found(f"{prefix}-{room['room']}", room.start("room"), room.end()))
    return found


def _is_floor(match: re.Match[str]) -> bool:
    """``五楼502`` in a list of one staircase: the floor of the room, no building."""
    floor = re.match(rf"({_NUM})楼", match.group())
    return bool(floor and match["r"] and match["r"].startswith(_plain(floor[1])))


_LIVES = re.compile(
    r"(?:[我她他](?:们)?)?(?:妈妈?|爸爸?|爷爷|奶奶|外婆|外公|婆婆|公公|姐姐?|妹妹?|哥哥?|弟弟?|爹|娘)?(?:家|那边)?(?:是|就)?(?:住在?|地址是?|房号是?|门牌是?|送到)[:：]?\s*$"
)


def without(text: str, found: list[Found]) -> str:
    """`text` with its doors taken out."""
    for door in reversed(found):
        text = f"{_LIVES.sub('', text[: door.start])} {text[door.end :]}"
    return text


def name_and_door(nickname: str, prefix: str | None = None) -> tuple[str | None, str | None]:
    """A nickname without the address in it, and the address (``2-1-301李姐`` → 李姐, 2-1-301)."""
    found = doors(nickname, prefix)
    if not found:
        return nickname.strip() or None, None
    rest = without(nickname, found[:1]).strip(" -_:：,，()（）[]【】·|的")
    return rest or None, found[0].address
