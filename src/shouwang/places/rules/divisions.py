"""Reading a division list: rows of cells in, codes and names out, and a reason for each row that is not taken."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze
from shouwang.places.rules.naming import clean_name

HEADER_WITHIN = 20
"""A header is looked for in so many rows; above it stand titles."""


@dataclass(frozen=True, slots=True)
class Division:
    """One place of a list; ``line`` is where it stands there, from 1."""

    code: int
    name: str
    line: int
    urban_class: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken, and why."""

    line: int
    cells: tuple[str, ...]
    reason: Refused


@dataclass(slots=True)
class DivisionList:
    """What a file says. ``named`` by code; parents that a row names beside its own place are in it too."""

    named: dict[int, Division] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


# Spellings of the columns, without spaces, underscores and capitals. Towns and what lies above may stand in columns of
# their own beside each community.
_HEADERS: dict[str, str] = {
    spelling: role
    for role, spellings in {
        "code": "code 代码 编码 区划代码 行政区划代码 统计用区划代码 统计用区划代码和城乡划分代码 12位代码 adcode id"
        " 村代码 村级代码 社区代码 村(居)代码 村居代码 统计代码 行政代码 villagecode communitycode",
        "name": "name 名称 地名 区划名称 行政区划名称 单位名称 村名 村名称 村级名称 社区名称 居委会名称 村居名称"
        " 村(居)名称 村(社区) 村(社区)名称 村/社区 社区/村 villagename communityname",
        "urban_class": "城乡分类代码 城乡分类 城乡属性代码 urbanclass",
        "town_code": "streetcode towncode 乡镇代码 街道代码 镇代码 乡镇(街道)代码 乡镇街道代码 乡级代码",
        "town_name": "streetname townname street town 乡镇 街道 乡镇名称 街道名称 镇名 乡级名称 乡镇街道"
        " 乡镇(街道) 乡镇(街道)名称 乡(镇、街道)",
        "county_code": "areacode countycode 县代码 区县代码 县区代码 县级代码 县(市、区)代码",
        "county_name": "areaname countyname area county 县 区县 县区 区县名称 县名 县级名称 县(市、区) 县市区",
        "prefecture_code": "citycode prefecturecode 市代码 地市代码 市州代码 地级代码",
        "prefecture_name": "cityname city prefecture 市 地市 市州 市名 地级名称",
        "province_code": "provincecode 省代码 省级代码",
        "province_name": "provincename province 省 省份 省名 省级名称",
    }.items()
    for spelling in spellings.split()
}
_PARENTS = {
    "town": Level.TOWN,
    "county": Level.COUNTY,
    "prefecture": Level.PREFECTURE,
    "province": Level.PROVINCE,
}


def _role(cell: object) -> str | None:
    return _HEADERS.get(re.sub(r"[_\-:]", "", squeeze(cell).lower()))


def _header(row: Sequence[object]) -> dict[str, int] | None:
    """Column of each role, if this row is a header."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        if (role := _role(cell)) is not None:
            found.setdefault(role, at)
    if "code" not in found:  # the deepest code there is, is the row's own
        for parent in _PARENTS:
            if f"{parent}_code" in found:
                found["code"] = found.pop(f"{parent}_code")
                if "name" not in found and f"{parent}_name" in found:
                    found["name"] = found.pop(f"{parent}_name")
                break
    return found if "code" in found and "name" in found else None


def _without_header(row: Sequence[object]) -> dict[str, int] | None:
    """A list that starts at once: a cell with a code, a later one with a name."""
    code = next(
        (at for at, cell in enumerate(row) if re.fullmatch(r"\d{6}(\d{3}){0,2}", squeeze(cell))), None
    )
    if code is None:
        return None
    name = next(
        (at for at in range(code + 1, len(row)) if (text := squeeze(row[at])) and not text.isascii()), None
    )
    return None if name is None else {"code": code, "name": name}


def read(rows: Iterable[Sequence[object]]) -> DivisionList:
    """Read a list. Raises `Refused` if it has no recognisable columns or no rows at all."""
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(squeeze(cell) for cell in row)]
    for at, (_, row) in enumerate(numbered[:HEADER_WITHIN]):
        if columns := _header(row):
            body = numbered[at + 1 :]
            break
    else:
        columns, body = (_without_header(numbered[0][1]) if numbered else None), numbered
    if columns is None:
        raise Refused(
            "divisions_columns",
            gettext_noop(
                "No column with area codes and no column with names was found. The first row should name them, for "
                "example: code, name (代码, 名称)."
            ),
        )
    found = DivisionList()
    for line, row in body:
        try:
            _take(found, line, row, columns)
        except Refused as reason:
            found.rejected.append(Rejected(line, tuple(_text(cell) for cell in row), reason))
    if not found.named and not found.rejected:
        raise Refused("divisions_empty", gettext_noop("The file has a header but no rows."))
    return found


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell)


def _take(found: DivisionList, line: int, row: Sequence[object], columns: Mapping[str, int]) -> None:
    def cell(role: str) -> Any:
        at = columns.get(role)
        return row[at] if at is not None and at < len(row) else ""

    code = areas.parse(cell("code"))
    division = Division(code, clean_name(cell("name")), line, squeeze(_text(cell("urban_class"))))
    above: list[Division] = []
    for parent, level in _PARENTS.items():
        raw, name = _text(cell(f"{parent}_code")), squeeze(cell(f"{parent}_name"))
        if not raw.strip() or level >= areas.level_of(code):
            continue
        upper = areas.parse(raw)
        if not areas.contains(upper, code):
            raise Refused(
                "division_not_inside",
                gettext_noop(
                    "%(code)s does not lie in %(parent)s, which the row gives as the area above it."
                ),
                code=str(code),
                parent=areas.short_code(upper),
            )
        if name:
            above.append(Division(upper, clean_name(name), line))
    before = found.named.get(code)
    if before is not None and before.name != division.name:
        raise Refused(
            "division_twice",
            gettext_noop("%(code)s stands in row %(line)s already, with the name %(name)s."),
            code=str(code),
            line=before.line,
            name=before.name,
        )
    found.named.setdefault(code, division)
    for upper_division in above:
        found.named.setdefault(upper_division.code, upper_division)
