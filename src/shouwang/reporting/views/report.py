"""The daily report of a community, a town or a city: on screen, on paper, and as a workbook."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.reporting import actions, forms, queries
from shouwang.reporting.queries import DayOfArea
from shouwang.reporting.report import sections
from shouwang.reporting.views.today import ancestors, missing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report(request: HttpRequest, code: int, day: str = "") -> HttpResponse:
    """Any day's report; without a day, or with one chosen in the form, that of today or of the chosen day."""
    chosen = forms.Day(request.GET or None)
    if request.GET.get("day") and chosen.is_valid():
        day = chosen.cleaned_data["day"].isoformat()
    found = _day(request, code, day)
    scope: Scope = request.scope  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "day": found,
        "figures": found.figures,
        "sections": sections(found.figures),
        "missing": missing(found),
        "ancestors": ancestors(request, code),
        "before": found.day - dt.timedelta(days=1),
        "after": None if found.live else found.day + dt.timedelta(days=1),
        "is_community": found.level == Level.COMMUNITY,
        "is_town": found.level == Level.TOWN,
        "may_export": scope.may(Permission.EXPORT_REPORT, *areas.span(code)),
    }
    return render(request, "reporting/report.html", context)


def workbook(request: HttpRequest, code: int, day: str) -> HttpResponse:
    """The same report as .xlsx; each one handed out is recorded and says to whom."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = _day(request, code, day)
    content = actions.export_report(scope, found)
    response = HttpResponse(content, content_type=XLSX)
    name = _("daily-report-%(code)s-%(day)s.xlsx") % {
        "code": areas.short_code(code),
        "day": found.day.isoformat(),
    }
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _day(request: HttpRequest, code: int, day: str) -> DayOfArea:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    scope.require(Permission.READ_REPORT, *areas.span(code))
    try:
        at = dt.date.fromisoformat(day) if day else clock.today()
    except ValueError:
        raise NotFound("day", day) from None
    return queries.day_of(scope, code, at)
