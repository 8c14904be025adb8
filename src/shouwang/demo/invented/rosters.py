"""The roster of a community as an office really sends it: a spreadsheet with merged title rows, odd headers, ID numbers
in every state, names stretched with spaces, empty rows, somebody twice, and a few rows that cannot be read.

What cannot be read (``blemished``) comes again, right, in the office's second file a day later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from random import Random

from openpyxl import Workbook

from shouwang.demo.invented.people import Household, Person
from shouwang.demo.invented.settlements import Settlement, away_until

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Roster:
    """One file as it is handed in."""

    file_name: str
    content: bytes
    rows: int
    blemished: int


Cells = Sequence[str | int | float | None]


def first_file(settlement: Settlement, seed: int) -> Roster:
    """Everybody, with the blemishes of haste."""
    rng = Random(f"{seed}:{settlement.code}:roster")
    spoilt = _spoilt(settlement, rng)
    return _file(
        settlement, _Hasty(rng, spoilt), settlement.households, f"{settlement.name}人员台账2.14（最终版）"
    )


def second_file(settlement: Settlement, seed: int) -> Roster:
    """The households of those whose rows could not be read, corrected."""
    rng = Random(f"{seed}:{settlement.code}:roster")
    spoilt = _spoilt(settlement, rng)
    again = [h for h in settlement.households if any(p.id_number in spoilt for p in h.members)]
    return _file(settlement, _Hasty(rng, {}), again, f"{settlement.name}补录2.15")


def _spoilt(settlement: Settlement, rng: Random) -> dict[str, str]:
    """ID number → what is wrong with it: about one person in 800, never a head of household or somebody isolated."""
    away = away_until(settlement)
    people = [p for i, h in enumerate(settlement.households) if i not in away for p in h.members[1:]]
    count = max(1, len(people) // 800)
    return {p.id_number: rng.choice(("check", "rounded", "short")) for p in rng.sample(people, count)}


class _Hasty:
    """Writes one person's cells the way tired people do."""

    def __init__(self, rng: Random, spoilt: dict[str, str]) -> None:
        self._rng, self._spoilt = rng, spoilt

    def is_spoilt(self, person: Person) -> bool:
        return person.id_number in self._spoilt

    def name(self, person: Person) -> str:
        if len(person.name) == 2 and self._rng.random() < 0.4:
            return f"{person.name[0]}{self._rng.choice((' ', '　'))}{person.name[1]}"
        return person.name

    def id_number(self, person: Person) -> str | int | float:
        number = person.id_number
        match self._spoilt.get(number):
            case "check":
                return number[:-1] + str((int(number[-1].replace("X", "9")) + 3) % 10)
            case "rounded":
                return float(number[:15] + "000")
            case "short":
                return number[:11] + number[12:]
        chance = self._rng.random()
        if chance < 0.03:
            return number.translate(_FULL_WIDTH)
        if chance < 0.06:
            return f"'{number}"
        if chance < 0.09:
            return f"{number[:6]} {number[6:14]} {number[14:]}"
        return number.lower() if chance < 0.6 else number

    def phone(self, person: Person) -> str | int | float | None:
        if not person.phone:
            return None if self._rng.random() < 0.8 else "无"
        chance = self._rng.random()
        if chance < 0.4:
            return int(person.phone)
        if chance < 0.45:
            return f"{person.phone[:3]}-{person.phone[3:7]}-{person.phone[7:]}"
        return f" {person.phone}" if chance < 0.5 else person.phone

    def relation(self, person: Person) -> str:
        return "本人" if person.relation == "户主" and self._rng.random() < 0.2 else person.relation

    def remarks(self, person: Person) -> str | None:
        parts = [person.remarks] if person.remarks else []
        if person.returned:
            day = person.returned.arrived_on
            parts.append(f"{day.month}月{day.day}日自{person.returned.origin}返乡")
        return "；".join(parts) or None

    def chance(self, share: float) -> bool:
        return self._rng.random() < share


def _file(settlement: Settlement, hasty: _Hasty, households: Sequence[Household], name: str) -> Roster:
    town = bool(settlement.compounds[0].blocks)
    rows = list(_town_rows(hasty, households) if town else _village_rows(hasty, households))
    headers = _TOWN_HEADERS if town else _VILLAGE_HEADERS
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Sheet1")
    last = chr(ord("A") + len(headers) - 1)
    for line in (1, 2):
        sheet.merged_cells.add(f"A{line}:{last}{line}")
    sheet.append([f"{settlement.name}疫情防控人员信息登记表"])
    sheet.append([f"填表单位：{settlement.name}（盖章）        填表日期：2020年2月"])
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    people = sum(len(h.members) for h in households)
    sheet.append(["合计", None, f"{people}人"])
    workbook.properties.creator = settlement.name
    workbook.properties.created = workbook.properties.modified = datetime(2020, 2, 14, 9)  # noqa: DTZ001
    buffer = BytesIO()
    workbook.save(buffer)
    spoilt = sum(hasty.is_spoilt(p) for h in households for p in h.members)
    return Roster(f"{name}.xlsx", buffer.getvalue(), len(rows), spoilt)


_TOWN_HEADERS = (
    "序号",
    "小区名称",
    "楼栋",
    "单元",
    "房号",
    "姓  名",
    "与户主关系",
    "性别",
    "公民身份号码",
    "联系电话",
    "备注",
)
_VILLAGE_HEADERS = ("序号", "家庭住址", "姓名", "家庭关系", "身份证号", "手机号码", "备注（返乡、病情等）")


def _town_rows(hasty: _Hasty, households: Sequence[Household]) -> Iterator[Cells]:
    number = 0
    for household in households:
        home = household.home
        building = f"{home.building}栋" if hasty.chance(0.5) else f"{home.building}#"
        room = f"{home.room}室" if hasty.chance(0.2) else home.room
        for person in household.members:
            number += 1
            row = (
                number,
                home.compound,
                building,
                f"{home.unit}单元" if hasty.chance(0.5) else int(home.unit),
                room,
                hasty.name(person),
                hasty.relation(person),
                "男" if person.sex == "male" else "女",
                hasty.id_number(person),
                hasty.phone(person),
                hasty.remarks(person),
            )
            yield row
            if hasty.chance(0.001) and not hasty.is_spoilt(person):
                yield row
        if hasty.chance(0.004):
            yield (None,) * len(_TOWN_HEADERS)


def _village_rows(hasty: _Hasty, households: Sequence[Household]) -> Iterator[Cells]:
    """One address column, in words: ``三组12号``, now and then in other writing."""
    number = 0
    for household in households:
        group, door = household.home.compound, household.home.room
        address = f"{group}{door}号"
        if hasty.chance(0.2):
            address = f"{_NUMERALS.index(group[0])}组 {door}号"
        elif hasty.chance(0.1):
            address = f"第{group}{door}号".translate(_FULL_WIDTH)
        for person in household.members:
            number += 1
            row = (
                number,
                address,
                hasty.name(person),
                hasty.relation(person),
                hasty.id_number(person),
                hasty.phone(person),
                hasty.remarks(person),
            )
            yield row
            if hasty.chance(0.002) and not hasty.is_spoilt(person):
                yield row
        if hasty.chance(0.01):
            yield (None,) * len(_VILLAGE_HEADERS)
