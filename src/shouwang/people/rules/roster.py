"""Read a community's roster as offices really send it. Good rows beside bad ones are kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze
from shouwang.people.rules.cells import is_nothing, read_names, split_cell
from shouwang.people.rules.columns import Column, column_of, columns_of, is_heading
from shouwang.people.rules.filling import Filler
from shouwang.people.rules.person import Context, read_person
from shouwang.people.rules.rows import Header, Issue, Roster, RosterRow, Severity
from shouwang.people.rules.sheets import Sheet, read_sheets

_HEADER_WITHIN = 30  # rows from the top in which a header is looked for
_TOTALS = re.compile(
    r"^(合计|总计|小计|共计|总人数|总户数|填表人|填报人|审核人|负责人|制表|注[:：]|说明[:：]|备注[:：]|填报单位|联系人[:：]|total)",
    re.I,
)
_LONGEST_NAME = 60


def read_roster(
    content: bytes,
    file_name: str,
    *,
    today: date,
    community: Sequence[str] = (),
    above: Sequence[str] = (),
    area_code: str = "",
) -> Roster:
    """Read a file. `community`: the names and the 12-digit code under which rows may name their community; the first
    is its proper name. `above`: names of the areas over it, with which addresses may begin. `area_code` completes
    landlines such as ``5223456``.

    Raises `Refused` if the file cannot be read or no sheet has a header with names.
    """
    context = Context(today, tuple(community), tuple(above), area_code)
    rows: list[RosterRow] = []
    read: list[str] = []
    passed_over: list[str] = []
    for sheet in read_sheets(content, file_name):
        start = _header_at(sheet)
        if start is None:
            passed_over.append(sheet.name)
            continue
        read.append(sheet.name)
        rows += _read_sheet(sheet, *start, context)
    if not read:
        raise Refused(
            "roster_header",
            gettext_noop(
                "No heading for names was found. One row must have the headings, such as 姓名, 身份证号, 住址."
            ),
        )
    return Roster(tuple(_mark_duplicates(rows)), tuple(read), tuple(passed_over))


def _header_at(sheet: Sheet) -> tuple[int, Header] | None:
    """The index of the first row of data and the header above it; a header may take two rows."""
    for index, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = columns_of(cells)
        if columns is None:
            continue
        labels = [squeeze(cell) if isinstance(cell, str) else "" for cell in cells]
        following = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else ()
        below = [cell for cell in following if isinstance(cell, str) and cell.strip()]
        if below and sum(map(is_heading, below)) * 2 > len(below) and columns_of(following) is None:
            for place, cell in enumerate(following[: len(labels)]):
                column = column_of(cell) if isinstance(cell, str) else None
                if column:
                    # 居住地 above 楼栋, 单元, 房号: what stands below says what the column is.
                    columns = {known: at for known, at in columns.items() if at != place}
                    columns.setdefault(column, place)
                    labels[place] = squeeze(cell)
            index += 1
        return index + 1, Header(tuple(labels), columns)
    return None


def _read_sheet(sheet: Sheet, first: int, header: Header, context: Context) -> Iterator[RosterRow]:
    filler = Filler(header)
    for number, raw in enumerate(sheet.rows[first:], start=first + 1):
        if not any(cell is not None and cell != "" for cell in raw):
            filler.forget()
            continue
        place = header.columns[Column.NAME]
        name_cell = raw[place] if place < len(raw) else ""
        if is_heading(name_cell) and (columns := columns_of(raw)):
            header = Header(tuple(squeeze(cell) if isinstance(cell, str) else "" for cell in raw), columns)
            filler = Filler(header)
            continue
        if _is_total(raw):
            continue
        cells = tuple(filler.fill(list(raw), has_person=not is_nothing(name_cell)))
        yield from _read_row(number, sheet.name, header, cells, filler.inherited, context)


def _is_total(cells: Sequence[object]) -> bool:
    words = [cell for cell in cells if cell is not None and cell != ""][:2]
    return any(isinstance(cell, str) and _TOTALS.match(squeeze(cell)) for cell in words)


def _read_row(
    number: int, sheet: str, header: Header, cells: tuple[object, ...], inherited: bool, context: Context
) -> Iterator[RosterRow]:
    place = header.columns[Column.NAME]
    names = read_names(cells[place] if place < len(cells) else "")
    if not names:
        blank = RosterRow(number, sheet, header, cells, "")
        if any(
            not is_nothing(cells[at])
            for column, at in header.columns.items()
            if column in _OF_A_PERSON and at < len(cells)
        ):
            yield replace(
                blank,
                issues=(_issue(header, Column.NAME, "name_empty", gettext_noop("The name is missing.")),),
            )
        return
    shares = {
        column: split_cell(cells[at] if at < len(cells) else "", len(names))
        for column, at in header.columns.items()
        if column in _OF_A_PERSON
    }
    for index, (name, relation) in enumerate(names):
        row = RosterRow(number, sheet, header, cells, name[:_LONGEST_NAME], relation=relation)
        if len(name) > _LONGEST_NAME:
            hint = gettext_noop("The name has %(length)s characters; %(most)s are kept. Write it shorter.")
            issue = _issue(header, Column.NAME, "name_long", hint, length=len(name), most=_LONGEST_NAME)
            yield replace(row, issues=(issue,))
            continue
        yield read_person(
            row,
            {column: parts[index] for column, parts in shares.items()},
            inherited,
            context,
            several=len(names),
        )


_OF_A_PERSON = frozenset({Column.ID_NUMBER, Column.PHONE, Column.SEX, Column.BORN, Column.RELATION})


def _issue(header: Header, column: Column, code: str, message: str, **params: object) -> Issue:
    return Issue(code, message, params, Severity.REJECT, header.label_of(column), header.letter_of(column))


def _mark_duplicates(rows: Sequence[RosterRow]) -> Iterator[RosterRow]:
    """The same person twice: the later row is passed over; one number under two names is refused."""
    by_id: dict[str, RosterRow] = {}
    by_name: dict[tuple[object, ...], list[RosterRow]] = {}
    for row in rows:
        if row.rejected:
            yield row
            continue
        twin = by_id.get(row.identity.key) if row.identity else None
        if twin and twin.name != row.name:
            issue = _issue(
                row.header,
                Column.ID_NUMBER,
                "id_twice",
                gettext_noop(
                    "Row %(row)s has the same ID number under another name. Correct one of the two."
                ),
                row=twin.number,
            )
            yield replace(row, issues=(*row.issues, issue))
            continue
        alike = by_name.setdefault((row.name, *row.household_key), [])
        twin = twin or next((other for other in alike if _one_person(other, row)), None)
        if twin:
            yield replace(row, duplicate_of=twin.number)
            continue
        if row.identity:
            by_id[row.identity.key] = row
        alike.append(row)
        yield row


def _one_person(one: RosterRow, other: RosterRow) -> bool:
    """Whether two rows of one name and door can only be the same person: nothing they both tell differs."""
    if one.identity and other.identity:
        return one.identity.key == other.identity.key
    return one.born_on == other.born_on or one.born_on is None or other.born_on is None
