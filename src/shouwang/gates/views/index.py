"""Where to begin: the gates of one's community, or the figures of the communities below."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.queries import checks
from shouwang.gates.queries.gates import gates
from shouwang.gates.queries.passes import passes_in_force
from shouwang.kernel import areas
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.places.enums import EntranceStatus
from shouwang.places.queries import ancestors, children, duty_phones, roots
from shouwang.places.queries import area as find_area

NONE = checks.Figures()


def index(request: HttpRequest) -> HttpResponse:
    """A keeper of one gate goes straight to it; others to their area."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    mine = [
        root.code for root in roots(scope) if scope.may_within(Permission.READ_CHECKS, *areas.span(root.code))
    ]
    if not mine:
        raise Forbidden(Permission.READ_CHECKS)
    if len(mine) > 1:
        return render(request, "gates/places.html", {"places": roots(scope), "mine": mine})
    if scope.may(Permission.RECORD_CHECK, mine[0]) and not scope.may(Permission.ISSUE_PASS, mine[0]):
        kept = [gate for gate in gates(scope, mine[0]) if gate.is_open]
        if len(kept) == 1:
            return redirect("gates:gate", kept[0].id)
    return redirect("gates:area", mine[0])


def area(request: HttpRequest, code: int) -> HttpResponse:
    """A community's gates; above it, the places below with their figures of today."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = find_area(scope, code)
    scope.require(Permission.READ_CHECKS, *areas.span(code))
    context: dict[str, Any] = {"area": place, "ancestors": ancestors(code), "day": clock.today()}
    if areas.level_of(code) is areas.Level.COMMUNITY:
        return render(request, "gates/community.html", context | _community(scope, code))
    return render(request, "gates/area.html", context | _area(scope, code))


def _community(scope: Scope, code: int) -> dict[str, Any]:
    figures = checks.figures_of_gates(scope, community=code, day=clock.today())
    ways = gates(scope, code)
    may_issue = scope.may(Permission.ISSUE_PASS, code)
    return {
        "gates": [(way, figures.get(way.id, NONE)) for way in ways if way.is_open],
        "exits": [way for way in ways if way.facts.status is EntranceStatus.EMERGENCY],
        "sealed": sum(way.facts.status is EntranceStatus.SEALED for way in ways),
        "totals": _total(figures.values()),
        "may_record": scope.may(Permission.RECORD_CHECK, code),
        "may_issue": may_issue,
        "sees_people": scope.may(Permission.READ_PEOPLE, code),
        "may_manage": scope.may(Permission.MANAGE_DEVICES, code),
        "phones": duty_phones(scope, code),
        "passes": passes_in_force(scope, community=code, at=clock.now()) if may_issue else None,
    }


def _area(scope: Scope, code: int) -> dict[str, Any]:
    first, last = areas.span(code)
    by_community = checks.figures_of_communities(scope, first=first, last=last, day=clock.today())
    rows = []
    for below in children(scope, code):
        low, high = areas.span(below.code)
        found = [figures for community, figures in by_community.items() if low <= community <= high]
        rows.append((below, _total(found)))
    return {"rows": rows, "totals": _total(by_community.values()), "communities": len(by_community)}


def _total(found: Iterable[checks.Figures]) -> checks.Figures:
    found = list(found)
    return checks.Figures(
        *(sum(getattr(one, name) for one in found) for name in ("checks", "passed", "refused", "fevers"))
    )
