"""Emergencies at the gates: what every page shows until somebody has taken it, and the list of a place."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.gates.actions import take_emergency
from shouwang.gates.queries import emergencies as queries
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places.queries import ancestors, children
from shouwang.places.queries import area as find_area

SHOWN = 3
PER_PAGE = 50


def waiting(request: HttpRequest) -> HttpResponse:
    """The part at the head of every page: what has happened and nobody has taken."""
    return _waiting(request, request.scope)  # type: ignore[attr-defined]


@require_POST
def take(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Somebody of the office sees to it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    call = take_emergency(scope, check_id=check_id, note=request.POST.get("note", ""))
    if request.headers.get("HX-Request"):
        return _waiting(request, scope)
    return redirect("gates:emergencies", call.community)


def emergencies(request: HttpRequest, code: int) -> HttpResponse:
    """A community's emergencies, the latest first; above it, how many wait in which place below."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = find_area(scope, code)
    scope.require(Permission.READ_CHECKS, *areas.span(code))
    context: dict[str, Any] = {"area": place, "ancestors": ancestors(code)}
    if areas.level_of(code) is areas.Level.COMMUNITY:
        page = Paginator(queries.calls_of(scope, code), PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "lines": queries.lines_of(scope, list(page)),
            "may_take": scope.may(Permission.TAKE_EMERGENCY, code),
        }
        return render(request, "gates/emergencies.html", context)
    counts = queries.untaken(scope, *areas.span(code))
    rows = []
    for below in children(scope, code):
        first, last = areas.span(below.code)
        number = sum(count for community, count in counts.items() if first <= community <= last)
        rows.append((below, number))
    context["rows"] = sorted(rows, key=lambda row: -row[1])
    return render(request, "gates/emergencies_below.html", context)


def _waiting(request: HttpRequest, scope: Scope) -> HttpResponse:
    lines, number = queries.waiting(scope, limit=SHOWN)
    shown = [(line, scope.may(Permission.TAKE_EMERGENCY, line.call.community)) for line in lines]
    return render(request, "gates/emergencies_waiting.html", {"lines": shown, "more": number - len(lines)})
