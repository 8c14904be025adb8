"""Read a list from above, in whatever shape: every line that names or numbers somebody comes back, with what was read
of it and what could not be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.identity import read_id
from shouwang.kernel.phones import read_phones
from shouwang.kernel.text import fold, squeeze
from shouwang.people.rules.cells import (
    is_nothing,
    read_date,
    read_names,
    read_remarks,
    read_sex,
    split_cell,
    text_of,
)
from shouwang.people.rules.columns import letter_of
from shouwang.people.rules.lines.columns import Told, header_of
from shouwang.people.rules.lines.days import read_day
from shouwang.people.rules.rejects import written
from shouwang.people.rules.sheets import Sheet, read_sheets

_HEADER_WITHIN = 30
_TOTALS = re.compile(
    r"^(合计|总计|小计|共计|填表人|填报人|审核人|制表|注[:：]|说明[:：]|备注[:：]|填报单位|联系人[:：]|total)",
    re.I,
)
_ID = re.compile(r"(?<![\d.])(?:\d{17}[\dXx]|\d{15}|\d{4,10}\*{2,}[\dXx]{3,4})(?![\dXx*])")
_KEPT = 15  # significant digits of a number in a spreadsheet
_PHONE = re.compile(r"(?<!\d)1[3-9]\d(?:[\d*]{8}|[- ]?\d{4}[- ]?\d{4})(?!\d)")
_OF_A_PERSON = (Told.ID_NUMBER, Told.PHONE, Told.SEX, Told.BORN)
_TEXTS = (Told.COMMUNITY, Told.COMPOUND, Told.ADDRESS, Told.ORIGIN, Told.ROUTE, Told.COMPANIONS, Told.REMARKS)
_AS_WRITTEN = (Told.ROUTE, Told.COMPANIONS, Told.REMARKS)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list. ``row`` counts the file's rows from 1, ``part`` the people of one row from 0.

    ``cells`` are the row as it came; ``told`` what was read of it, numbers as they were said; ``issues`` are pairs of
    column letter and code.
    """

    sheet: str
    row: int
    part: int
    labels: tuple[str, ...]
    cells: tuple[str, ...]
    name: str
    told: Mapping[str, str] = field(default_factory=dict)
    born_on: date | None = None
    arrived_on: date | None = None
    left_on: date | None = None
    issues: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """A list as read. ``passed_over`` are sheets without a heading for names."""

    lines: tuple[Line, ...]
    passed_over: tuple[str, ...] = ()


def read_list(content: bytes, file_name: str, *, today: date) -> Lines:
    """Read a file. Raises `Refused` if it cannot be opened or no sheet has a heading for names."""
    lines: list[Line] = []
    passed_over: list[str] = []
    sheets = read_sheets(content, file_name)
    for sheet in sheets:
        start = _header_at(sheet)
        if start is None:
            passed_over.append(sheet.name)
        else:
            lines += _read_sheet(sheet, *start, today)
    if len(passed_over) == len(sheets):
        raise Refused(
            "list_header",
            gettext_noop(
                "No heading for names was found. One row must have the headings, such as 姓名, 证件号码."
            ),
        )
    return Lines(tuple(lines), tuple(passed_over))


def _header_at(sheet: Sheet) -> tuple[int, Mapping[Told, tuple[int, ...]]] | None:
    for index, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = header_of(cells)
        if columns:
            return index, columns
    return None


def _read_sheet(
    sheet: Sheet, at: int, columns: Mapping[Told, tuple[int, ...]], today: date
) -> Iterator[Line]:
    labels = tuple(map(text_of, sheet.rows[at]))
    for number, raw in enumerate(sheet.rows[at + 1 :], start=at + 2):
        if all(is_nothing(cell) for cell in raw):
            continue
        again = header_of(raw)
        if again and is_heading_row(raw, labels):
            labels, columns = tuple(map(text_of, raw)), again
            continue
        if any(isinstance(cell, str) and _TOTALS.match(squeeze(cell)) for cell in raw[:2]):
            continue
        yield from _read_row(sheet.name, number, labels, raw, columns, today)


def is_heading_row(cells: Sequence[object], labels: Sequence[str]) -> bool:
    """Whether a row amid the others is the header again."""
    words = [text_of(cell) for cell in cells if not is_nothing(cell)]
    return sum(word in labels for word in words) * 2 >= len(words)


def _read_row(
    sheet: str,
    number: int,
    labels: tuple[str, ...],
    raw: Sequence[object],
    columns: Mapping[Told, tuple[int, ...]],
    today: date,
) -> Iterator[Line]:
    def cell(told: Told) -> object:
        return next(
            (raw[at] for at in columns.get(told, ()) if at < len(raw) and not is_nothing(raw[at])), ""
        )

    def letter(told: Told) -> str:
        return letter_of(columns[told][0]) if told in columns else ""

    cells = tuple(map(written, raw))
    names = read_names(cell(Told.NAME)) or [("", "")]
    if not names[0][0] and is_nothing(cell(Told.ID_NUMBER)) and is_nothing(cell(Told.PHONE)):
        return  # a note, a total, a signature
    shares = {told: split_cell(cell(told), len(names)) for told in _OF_A_PERSON}
    if len(names) > 1 and len(_ID.findall(text_of(cell(Told.ID_NUMBER)))) == 1:
        shares[Told.ID_NUMBER] = [
            cell(Told.ID_NUMBER),
            *[""] * (len(names) - 1),
        ]  # the first one's, with her phone
    texts = {
        told: " ".join(filter(None, (read_remarks(raw[at]) for at in columns.get(told, ()) if at < len(raw))))
        for told in _TEXTS
    }
    days, faults = {}, []
    for told in (Told.ARRIVED, Told.LEFT):
        try:
            days[told] = read_day(cell(told), today=today)
        except ValueError:
            faults.append((letter(told), f"{told.value}_day"))
    for part, (name, relation) in enumerate(names):
        issues = list(faults)
        own = {told: shares[told][part] for told in _OF_A_PERSON}
        id_number, phone = _numbers(own[Told.ID_NUMBER], own[Told.PHONE])
        if not name:
            issues.append((letter(Told.NAME), "name_empty"))
        issues += [(letter(Told.ID_NUMBER), code) for code in _faults_of_id(id_number, today)]
        issues += [(letter(Told.PHONE), problem.code) for problem in read_phones(phone)[1]]
        sex = read_sex(own[Told.SEX])
        said = {
            "id_number": id_number,
            "phone": phone,
            "sex": sex.value[0] if sex else "",
            "relation": relation,
            **{told.value: text if told in _AS_WRITTEN else fold(text) for told, text in texts.items()},
        }
        yield Line(
            sheet, number, part, labels, cells, name[:60], {key: value for key, value in said.items() if value},
            _born(own[Told.BORN], today), days.get(Told.ARRIVED), days.get(Told.LEFT), tuple(issues),
        )  # fmt: skip


def _numbers(id_cell: object, phone_cell: object) -> tuple[str, str]:
    """ID number and phone, also where one cell holds both or each holds the other."""
    texts = ["" if is_nothing(cell) else _whole(cell) or text_of(cell) for cell in (id_cell, phone_cell)]
    both = " ".join(texts)
    numbers = _ID.findall(both)
    rest = _ID.sub(" ", both)
    phones = _PHONE.findall(rest)
    id_number = numbers[0] if numbers else "" if phones and not texts[1] else texts[0]
    if id_number and not numbers and _PHONE.fullmatch(id_number):
        id_number = ""
    phone = phones[0] if phones else texts[1] if not (numbers and numbers[0] == texts[1]) else ""
    return squeeze(id_number)[:40], fold(phone)[:40]


def _whole(cell: object) -> str:
    """An ID number that a spreadsheet took for a number: the 15 digits that it kept, stars for those it cut; empty for
    anything else."""
    if isinstance(cell, float) and 10**17 <= cell < 10**18:
        return f"{cell:.0f}"[:_KEPT].ljust(18, "*")
    return ""


def _faults_of_id(id_number: str, today: date) -> list[str]:
    if not id_number:
        return []
    if re.fullmatch(rf"\d{{{_KEPT}}}\*\*\*", id_number):
        return ["id_rounded"]
    try:
        read_id(id_number, today=today)
    except Refused as refusal:
        return [refusal.code]
    return []


def _born(cell: object, today: date) -> date | None:
    try:
        return read_date(cell, today=today)
    except ValueError:
        return None
