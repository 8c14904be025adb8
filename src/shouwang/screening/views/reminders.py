"""Whom to remind now: people for the office, figures for those above it."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.actions import record_export
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.places import queries as places
from shouwang.screening.queries.reminders import ToRemind, silent, to_remind
from shouwang.workforce.queries import owners


def reminders(request: HttpRequest, code: int) -> HttpResponse:
    """Who was not heard of in this half of the day. ``?as=csv`` for the ones who ring or write."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        return _below(request, scope, place)
    found = to_remind(scope, code)
    callers = owners(scope, code)
    lines = [_line(one, callers) for one in found]
    if request.GET.get("as") == "csv":
        return _csv(scope, code, lines)
    context = {
        "area": place,
        "lines": lines,
        "watched": sum(one.resident is not None for one in found),
        "reporters": sum(one.resident is None for one in found),
        "now": clock.now(),
        "may_export": scope.may(Permission.EXPORT_REPORT, code),
    }
    return render(request, "screening/reminders.html", context)


def _below(request: HttpRequest, scope: Scope, place: Any) -> HttpResponse:
    found = silent(scope, *areas.span(place.code))
    names = places.names(found)
    rows = [(code, names.get(code, ""), figures) for code, figures in found.items()]
    rows.sort(key=lambda row: (-row[2].watched, -row[2].reporters, row[0]))
    context = {
        "area": place,
        "rows": rows,
        "watched": sum(figures.watched for _, _, figures in rows),
        "reporters": sum(figures.reporters for _, _, figures in rows),
        "now": clock.now(),
    }
    return render(request, "screening/reminders_below.html", context)


def _line(one: ToRemind, callers: Any) -> dict[str, Any]:
    owner = callers.get(one.household)
    own = one.resident.phone_mask if one.resident else ""
    return {
        "one": one,
        "address": _address(one.door),
        "phone": own or (one.phones[0] if one.phones else ""),
        "caller": (owner.caller_name or owner.name) if owner else "",
    }


def _address(door: roster.Door | None) -> str:
    if door is None:
        return ""
    return door.address if door.address.startswith(door.compound) else f"{door.compound} {door.address}"


def _csv(scope: Scope, code: int, lines: list[dict[str, Any]]) -> HttpResponse:
    """Names and doors, phones masked; the file says who took it and when."""
    mark = record_export(scope, kind="reminders", area=code, rows=len(lines))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reminders-{code}-{clock.now():%Y%m%d-%H%M}.csv"'
    answer.write("\ufeff")
    sheet = csv.writer(answer)
    sheet.writerow([_("Name"), _("Lives at"), _("Phone"), _("Why"), _("Caller")])
    for line in lines:
        one = line["one"]
        why = _("watched") if one.resident else _("usually reports")
        sheet.writerow(
            map(
                _harmless,
                (
                    one.resident.name if one.resident else "",
                    line["address"],
                    line["phone"],
                    why,
                    line["caller"],
                ),
            )
        )
    sheet.writerow([mark])
    return answer


def _harmless(text: str) -> str:
    """What a spreadsheet would take for a formula is text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
