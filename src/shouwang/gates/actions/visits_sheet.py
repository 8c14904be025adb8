"""The visitors of a day as a workbook: numbers masked, watermarked, recorded."""

import datetime as dt
import io

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from shouwang.access.actions import record_export
from shouwang.gates.queries.visits import visit_lines, visits_of_day
from shouwang.kernel.scope import Scope


def export_visits(scope: Scope, *, community: int, day: dt.date) -> bytes:
    """The day's visitors as .xlsx. ID numbers and phones stay masked. Raises ``Forbidden``."""
    lines = visit_lines(scope, community, list(visits_of_day(scope, community=community, day=day)))
    watermark = record_export(
        scope, kind="visits", area=community, rows=len(lines), detail={"day": day.isoformat()}
    )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Visitors"))
    sheet.freeze_panes = "A3"
    sheet.oddFooter.left.text = watermark.replace("&", "&&")
    heads = (
        _("Time"), _("Gate"), _("Name"), _("ID number"), _("Phone"), _("Whom"), _("Address"), _("Why"), _("Comes from"),
        _("Plate"), _("Temperature"),
    )  # fmt: skip

    def text(value: object, *, bold: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value=str(value or ""))
        cell.data_type, cell.number_format = "s", "@"  # a leading “=” is text, not a formula
        cell.font = Font(bold=bold)
        return cell

    for letter, width in zip("ABCDEFGHIJK", (17, 18, 10, 12, 15, 14, 20, 24, 16, 11, 11), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([text(watermark)])
    sheet.append([text(head, bold=True) for head in heads])
    for line in lines:
        visit, check = line.visit, line.check
        sheet.append(
            [
                text(value)
                for value in (
                    timezone.localtime(visit.made_at).strftime("%Y-%m-%d %H:%M"),
                    line.gate,
                    visit.name,
                    visit.id_tail and f"****{visit.id_tail}",
                    visit.phone_mask,
                    visit.whom,
                    line.address,
                    visit.why,
                    visit.origin,
                    visit.plate,
                    check.temperature if check else "",
                )
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
