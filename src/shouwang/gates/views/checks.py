"""The checks of a day."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.enums import Direction, Verdict
from shouwang.gates.forms import ChecksFilter
from shouwang.gates.queries import checks as queries
from shouwang.gates.queries.gates import gates
from shouwang.gates.views.lines import shown
from shouwang.kernel.scope import Scope
from shouwang.places.queries import area as find_area

PAGE = 50


def checks(request: HttpRequest, code: int) -> HttpResponse:
    """Filters, figures, a chart of the hours, and the list, the latest first."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.READ_CHECKS, code)
    ways = gates(scope, code)
    form = ChecksFilter(request.GET or None, gates=[(way.id, str(way)) for way in ways], today=clock.today())
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = wanted.get("day") or clock.today()
    entrance = wanted.get("gate")
    page = queries.check_page(
        scope,
        community=code,
        day=day,
        entrance_id=entrance,
        verdict=Verdict(wanted["verdict"]) if wanted.get("verdict") else None,
        direction=Direction(wanted["direction"]) if wanted.get("direction") else None,
        fever=bool(wanted.get("fever")),
        emergency=bool(wanted.get("emergency")),
        after=_place(request.GET.get("after", "")),
        limit=PAGE,
    )
    hours = queries.hours_of_day(scope, community=code, day=day, entrance_id=entrance)
    by_gate = queries.figures_of_gates(scope, community=code, day=day)
    counted = [figures for gate, figures in by_gate.items() if entrance in (None, gate)]
    return render(
        request,
        "gates/checks.html",
        {
            "area": area,
            "day": day,
            "form": form,
            "lines": [shown(line) for line in page.lines],
            "sees_people": scope.may(Permission.READ_PEOPLE, code)
            or scope.may(Permission.RECORD_CHECK, code),
            "may_correct": day == clock.today() and scope.may(Permission.RECORD_CHECK, code),
            "following": _following(request, page.following),
            "first": _first(request),
            "totals": {
                name: sum(getattr(figures, name) for figures in counted)
                for name in ("checks", "passed", "refused", "fevers")
            },
            "chart": _chart(hours) if any(hour.out or hour.into or hour.refused for hour in hours) else None,
        },
    )


def _chart(hours: list[queries.Hour]) -> dict[str, Any]:
    """From the first hour in which anything happened to the last."""
    busy = [hour.hour for hour in hours if hour.out or hour.into or hour.refused]
    hours = hours[busy[0] : busy[-1] + 1]
    return {
        "kind": "stack",
        "labels": [f"{hour.hour}:00" for hour in hours],
        "series": [
            {"name": _("out"), "values": [hour.out for hour in hours], "tone": "info"},
            {"name": _("in"), "values": [hour.into for hour in hours], "tone": "good"},
            {"name": _("turned back"), "values": [hour.refused for hour in hours], "tone": "danger"},
        ],
        "unit": "",
    }


def _place(written: str) -> queries.Place | None:
    moment, _, check_id = written.partition("|")
    try:
        return dt.datetime.fromisoformat(moment), UUID(check_id)
    except ValueError:
        return None


def _following(request: HttpRequest, place: queries.Place | None) -> str:
    if place is None:
        return ""
    address = request.GET.copy()
    address["after"] = f"{place[0].isoformat()}|{place[1]}"
    return f"?{address.urlencode()}"


def _first(request: HttpRequest) -> str:
    """The address of the first page, if this is a later one."""
    if "after" not in request.GET:
        return ""
    address = request.GET.copy()
    del address["after"]
    return f"?{address.urlencode()}"
