"""The daily report as a workbook: figures that can be counted on, codes that stay whole."""

import io
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from shouwang.kernel.areas import Level
from shouwang.reporting.queries import DayOfArea
from shouwang.reporting.report import UNITS, sections
from shouwang.reporting.rules import BY_KEY, Figures, Unit

COLUMNS = (
    "residents", "present", "rounds_opened", "residents_due", "residents_reached", "not_reached", "reached_percent",
    "households_due", "households_reached", "attempts", "fevers", "checks", "turned_back", "gate_fevers",
    "entrances_open", "entrances_emergency", "entrances_sealed",
)  # fmt: skip
"""The indicators of the sheets that list places."""

_HEAD = PatternFill("solid", fgColor="E6EBE9")
_ALARM = Font(bold=True, color="B3261E")
_LINE = Border(bottom=Side("thin", color="C9CFCD"))
_FORMATS = {Unit.PERCENT: "0%"}
_TEXT = "@"


def build(day: DayOfArea, *, watermark: str) -> bytes:
    """The workbook of a day. Sheets: the report, its places, its communities, what each figure means."""
    book = Workbook()
    front = book.active
    assert front is not None  # noqa: S101 # a new workbook has a sheet
    _front(front, day, watermark)
    if day.level < Level.TOWN:
        _places(
            book.create_sheet(_("By town")), [(g.code, g.name, g.figures) for g in day.groups], day.figures
        )
    if day.level < Level.COMMUNITY:
        listed = [(c.code, c.name, c.figures) for c in day.communities]
        _places(book.create_sheet(_("By community")), listed, day.figures)
    _definitions(book.create_sheet(_("What each figure means")), day.figures)
    for sheet in book.worksheets:
        sheet.oddFooter.left.text = watermark.replace("&", "&&")
        sheet.oddFooter.right.text = "&P / &N"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _front(sheet: Worksheet, day: DayOfArea, watermark: str) -> None:
    sheet.title = _("Daily report")
    _text(sheet, 1, 1, _("Daily report of %(place)s") % {"place": day.name}).font = Font(bold=True, size=16)
    local = timezone.localtime(day.as_of)
    facts = [
        (_("Area code"), str(day.code)),
        (_("Day"), day.day),
        (
            _("State"),
            _("as at %(time)s, the day goes on") % {"time": f"{local:%H:%M}"} if day.live else _("whole day"),
        ),
        (_("Handed out"), watermark),
    ]
    for row, (name, value) in enumerate(facts, start=2):
        sheet.cell(row, 1, name).font = Font(color="5A6663")
        cell = _text(sheet, row, 2, value) if isinstance(value, str) else sheet.cell(row, 2, value)
        cell.number_format = _TEXT if isinstance(value, str) else "yyyy-mm-dd"
        cell.alignment = Alignment(horizontal="left")
    row = len(facts) + 3
    _head(sheet, row, [_("Figure"), _("Value"), _("Counted in")])
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    sheet.print_title_rows = f"{row}:{row}"
    for part, lines in sections(day.figures):
        row += 1
        sheet.cell(row, 1, part).font = Font(bold=True)
        for line in lines:
            row += 1
            sheet.cell(row, 1, line.name).alignment = Alignment(indent=1)
            _value(sheet, row, 2, line.value, line.indicator.unit, alarming=line.alarming)
            sheet.cell(row, 3, line.unit)
    for column, width in (("A", 34), ("B", 16), ("C", 14)):
        sheet.column_dimensions[column].width = width


def _places(sheet: Worksheet, rows: Sequence[tuple[int, str, Figures]], total: Figures) -> None:
    indicators = [BY_KEY[key] for key in COLUMNS]
    names = [
        f"{_(i.name)} ({UNITS[i.unit]})" if i.unit is not Unit.PERCENT else _(i.name) for i in indicators
    ]
    _head(sheet, 1, [_("Area code"), _("Place name"), *names])
    sheet.row_dimensions[1].height = 48
    for row, (code, name, figures) in enumerate(rows, start=2):
        _text(sheet, row, 1, str(code)).number_format = _TEXT
        _text(sheet, row, 2, name)
        for column, indicator in enumerate(indicators, start=3):
            alarming = indicator.key in {"fevers", "gate_fevers"} or (
                indicator.key == "rounds_opened" and figures.not_opened > 0
            )
            _value(sheet, row, column, indicator.value(figures), indicator.unit, alarming=alarming)
    last = len(rows) + 2
    sheet.cell(last, 2, _("Together")).font = Font(bold=True)
    for column, indicator in enumerate(indicators, start=3):
        _value(sheet, last, column, indicator.value(total), indicator.unit).font = Font(bold=True)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{sheet.cell(last - 1, len(COLUMNS) + 2).coordinate}"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    sheet.column_dimensions["A"].width = 15
    sheet.column_dimensions["B"].width = 20
    for column in range(3, len(COLUMNS) + 3):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 12


def _definitions(sheet: Worksheet, figures: Figures) -> None:
    _head(sheet, 1, [_("Figure"), _("How it is counted"), _("Counted from")])
    row = 1
    for _part, lines in sections(figures):
        for line in lines:
            row += 1
            for column, text in enumerate((line.name, line.formula, line.source), start=1):
                sheet.cell(row, column, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    for letter, width in (("A", 28), ("B", 70), ("C", 36)):
        sheet.column_dimensions[letter].width = width


def _head(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column, name)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text that stays text: a name that begins with ``=`` is no formula."""
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    return cell


def _value(
    sheet: Worksheet, row: int, column: int, value: int | None, unit: Unit, *, alarming: bool = False
) -> Cell:
    """A figure; *not known* is a dash, never 0. Per cent is a fraction in a per cent format."""
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(horizontal="right")
    if value is None:
        cell.value = "–"
        return cell
    cell.value = value / 100 if unit is Unit.PERCENT else value
    cell.number_format = _FORMATS.get(unit, "#,##0")
    if alarming and value:
        cell.font = _ALARM
    return cell
