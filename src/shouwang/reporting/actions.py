"""Handing the report out."""

from shouwang.access.actions import record_export
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.reporting.queries import DayOfArea
from shouwang.reporting.workbook import build


def export_report(scope: Scope, day: DayOfArea) -> bytes:
    """The report of a day as .xlsx, watermarked with who took it and when. Raises `Forbidden`."""
    watermark = record_export(
        scope,
        kind="daily_report",
        area=day.code,
        rows=len(day.communities),
        permission=Permission.EXPORT_REPORT,
        detail={"day": day.day.isoformat()},
    )
    return build(day, watermark=watermark)
