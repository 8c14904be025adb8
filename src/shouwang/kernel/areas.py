"""Area codes: 12 digits, 2 province + 2 prefecture + 2 county + 3 town + 3 community.

Source of the layout: the statistics bureau's 统计用区划代码. A code is an ``int``; the codes of
everything inside an area form one closed range, so jurisdiction is two comparisons (see `span`).
"""

import re
import unicodedata
from enum import IntEnum

from shouwang.kernel.errors import Refused, gettext_noop


class Level(IntEnum):
    """Depth in the tree; a higher number lies deeper."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWN = 4
    COMMUNITY = 5


# How many codes an area of each level holds, itself included.
_SIZE = {
    Level.PROVINCE: 10**10,
    Level.PREFECTURE: 10**8,
    Level.COUNTY: 10**6,
    Level.TOWN: 10**3,
    Level.COMMUNITY: 1,
}
_FIRST, _LAST = 100_000_000_000, 999_999_999_999

# Beijing, Tianjin, Shanghai, Chongqing: their "prefectures" are only groupings of districts.
_MUNICIPALITIES = frozenset({11, 12, 31, 50})
# xx90: county-level cities directly under their province (429006 Tianmen); the prefecture is a grouping only.
_DIRECT_COUNTIES = 90

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


def _require_code(code: int) -> int:
    if not _FIRST <= code <= _LAST:
        raise Refused(
            "area_code",
            gettext_noop("%(code)s is not an area code: give the 12 digits, for example 429006001023."),
            code=str(code),
        )
    return code


def level_of(code: int) -> Level:
    """The level of a 12-digit code, read from its trailing zeros. Raises `Refused` if it is no area code."""
    _require_code(code)
    for level, size in _SIZE.items():
        if code % size == 0:
            return level
    raise AssertionError("every integer is a multiple of 1")


def span(code: int) -> tuple[int, int]:
    """First and last code (both inside) of the area's jurisdiction."""
    return code, code + _SIZE[level_of(code)] - 1


def contains(area: int, code: int) -> bool:
    """Whether `code` is `area` itself or lies inside it."""
    first, last = span(area)
    return first <= code <= last


def parent_of(code: int) -> int | None:
    """The area one level up that governs this one; ``None`` above a province.

    429006000000 belongs to its province at once, and so do a municipality's districts. A town of a prefecture
    without counties (441900003000, Dongguan) belongs to the prefecture.
    """
    level = level_of(code)
    if level is Level.PROVINCE:
        return None
    if level is Level.COUNTY:
        prefecture = code // 10**8
        if prefecture % 100 == _DIRECT_COUNTIES or prefecture // 100 in _MUNICIPALITIES:
            return prefecture // 100 * 10**10
    size = _SIZE[Level(level - 1)]
    return code // size * size


def ancestors_of(code: int) -> tuple[int, ...]:
    """All governing areas, the nearest first."""
    chain: list[int] = []
    above = parent_of(code)
    while above is not None:
        chain.append(above)
        above = parent_of(above)
    return tuple(chain)


def at_level(code: int, level: Level) -> int:
    """The area of `level` that `code` lies in: ``at_level(429006121211, Level.TOWN)`` → 429006121000."""
    if level > level_of(code):
        raise ValueError(f"{code} is not inside an area of level {level.name}")
    return code // _SIZE[level] * _SIZE[level]


def short_code(code: int) -> str:
    """The code as forms print it: 2, 4, 6 or 9 digits for the upper levels, 12 for a community."""
    digits = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWN: 9, Level.COMMUNITY: 12}
    return str(code)[: digits[level_of(code)]]


def parse(raw: object) -> int:
    """Read a code as people write it: 12, 9, 6, 4 or 2 digits, as text, number or a whole float, any width.

    Raises `Refused` for anything else, with a reason of its own for what a spreadsheet has rounded.
    """
    if isinstance(raw, float):
        text = f"{raw:.0f}" if raw.is_integer() else str(raw)
    else:
        text = unicodedata.normalize("NFKC", str(raw))
    text = re.sub(r"[\s'‘’`]", "", text).removesuffix(".0")
    if _SCIENTIFIC.fullmatch(text):
        raise Refused(
            "area_code_rounded",
            gettext_noop(
                "%(code)s has lost digits in the spreadsheet: make the column text and enter it again."
            ),
            code=text,
        )
    if not (text.isascii() and text.isdigit()) or len(text) not in (2, 4, 6, 9, 12):
        raise Refused(
            "area_code",
            gettext_noop("%(code)s is not an area code: give the 12 digits, for example 429006001023."),
            code=text,
        )
    return _require_code(int(text.ljust(12, "0")))
