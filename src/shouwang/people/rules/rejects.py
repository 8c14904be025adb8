"""The rows that were not loaded, as a file to correct and hand in again."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from shouwang.people.rules.cells import text_of
from shouwang.people.rules.columns import letter_of
from shouwang.people.rules.rows import Header, Issue, RosterRow

_REASON_FILL = PatternFill("solid", fgColor="FFF3D6")
_LAST_EXACT = 10**15
_WIDTHS = {"reason": 60, "row": 10, "cell": 16}


def write_rejects(
    rows: Sequence[RosterRow],
    *,
    reason_of: Callable[[Issue], str],
    row_label: str,
    reason_label: str,
    watermark: str = "",
) -> bytes:
    """An .xlsx of the rows' original cells with the reasons in a column of their own, last, behind the row's number.

    All cells are text, so ID numbers stay whole and a formula stays a word. The headings are those of the file: once
    corrected, it can be uploaded as it is. `watermark` becomes the sheet's footer.
    """
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.oddFooter.center.text = watermark.replace("&", "&&")
    width = max((len(row.header.labels) for row in rows), default=0)
    for place in range(width):
        sheet.column_dimensions[letter_of(place)].width = _WIDTHS["cell"]
    sheet.column_dimensions[letter_of(width)].width = _WIDTHS["row"]
    sheet.column_dimensions[letter_of(width + 1)].width = _WIDTHS["reason"]
    header: Header | None = None
    for row, reasons in _merged(rows, reason_of):
        if row.header != header:
            header = row.header
            sheet.append(
                [
                    _text(sheet, label, bold=True)
                    for label in (*_padded(header.labels, width), row_label, reason_label)
                ]
            )
        cells = [_text(sheet, written(cell)) for cell in _padded(row.cells, width)]
        reason = _text(sheet, reasons)
        reason.fill, reason.alignment = _REASON_FILL, Alignment(wrap_text=True, vertical="top")
        sheet.append([*cells, _text(sheet, str(row.number)), reason])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _merged(rows: Sequence[RosterRow], reason_of: Callable[[Issue], str]) -> list[tuple[RosterRow, str]]:
    """One line a row of the file, also where it names several people."""
    lines: dict[tuple[str, int], tuple[RosterRow, list[str]]] = {}
    for row in rows:
        _, reasons = lines.setdefault((row.sheet, row.number), (row, []))
        reasons += [text for issue in row.issues if (text := _placed(issue, reason_of)) not in reasons]
    return [(row, "\n".join(reasons)) for row, reasons in lines.values()]


def _placed(issue: Issue, reason_of: Callable[[Issue], str]) -> str:
    where = f"{issue.label} ({issue.letter})" if issue.letter else issue.label
    return f"{where}: {reason_of(issue)}" if where else reason_of(issue)


def _padded(cells: Sequence[object], width: int) -> list[object]:
    return [*cells[:width], *[""] * (width - len(cells))]


def written(cell: object) -> str:
    """An original cell as text. What the spreadsheet has rounded does not come back looking whole."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < _LAST_EXACT else f"{cell:.5E}"
    if isinstance(cell, date | datetime):
        return text_of(cell)
    return "" if cell is None else str(cell)


def _text(sheet: WriteOnlyWorksheet, value: object, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=str(value))
    cell.data_type = "s"  # a leading “=” is text, not a formula
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
