"""An uploaded file as sheets of cells: .xlsx, .xls, .ods, and .csv in the encodings Chinese offices save."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shouwang.kernel.errors import Refused, gettext_noop

Cell = object
LARGEST_FILE = 30 * 2**20
MOST_ROWS = 200_000
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows[0]`` is row 1 of the file. An empty cell is ``""``."""

    name: str
    rows: Sequence[Sequence[Cell]]


def read_sheets(content: bytes, file_name: str) -> list[Sheet]:
    """All sheets that hold anything, hidden ones left out. Raises `Refused` for what is no table."""
    if not content:
        raise Refused("file_empty", gettext_noop("The file is empty: choose another one."))
    if len(content) > LARGEST_FILE:
        raise Refused("file_large", gettext_noop("The file is larger than 30 MB: split it."))
    name = file_name.lower()
    if name.endswith((".csv", ".txt", ".tsv")):
        sheets = [Sheet("", _read_csv(content))]
    elif name.endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        sheets = _read_workbook(content)
    else:
        raise Refused(
            "file_kind", gettext_noop("This kind of file cannot be read: save it as .xlsx or .csv.")
        )
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise Refused(
            "file_rows", gettext_noop("The file has more than %(most)s rows: split it."), most=MOST_ROWS
        )
    return [sheet for sheet in sheets if sheet.rows]


def _read_workbook(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
        return [Sheet(name, _rows(book, name)) for name in shown]
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(
            "file_broken",
            gettext_noop("The file cannot be opened. Is it protected by a password? Save it anew as .xlsx."),
        ) from error


def _rows(book: CalamineWorkbook, name: str) -> Sequence[Sequence[Cell]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS:
        return [()] * sheet.total_height  # refused by the caller, without filling memory
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A cell merged downwards speaks for each of its rows. Merged across is a title: it stays as it is.
        if bottom > top and left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return [row[:_MOST_COLUMNS] for row in rows]


def _read_csv(content: bytes) -> list[list[Cell]]:
    text = _decode(content)
    first_lines = text[:4_000]
    delimiter = max(",\t;", key=first_lines.count)
    return [list(row[:_MOST_COLUMNS]) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]


def _decode(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        "file_encoding",
        gettext_noop("The characters of this file cannot be read: save it as .xlsx, or as CSV in UTF-8."),
    )
