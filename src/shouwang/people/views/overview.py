"""How many live where: the page of an area's people, and the fragment that other pages show."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import Scope
from shouwang.people.queries.imports import roster_imports
from shouwang.people.queries.missed import missed
from shouwang.people.queries.population import Figures, by_compound, population, populations
from shouwang.people.queries.proposals import open_count
from shouwang.people.views.words import STATE
from shouwang.places import queries as places


@dataclass(frozen=True, slots=True)
class Line:
    """A place below and how many live there."""

    area: Any
    figures: Figures


def index(request: HttpRequest, code: int) -> HttpResponse:
    """The people of a community by compound, or of a town or city by place."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    first, last = areas.span(code)
    scope.require(Permission.READ_PEOPLE, first, last)
    if place.level == Level.COMMUNITY:
        may_import = scope.may(Permission.IMPORT_ROSTER, code)
        imports = roster_imports(scope, code, limit=5) if may_import else []
        return render(
            request,
            "people/community.html",
            {
                "area": place,
                "figures": population(scope, code),
                "compounds": by_compound(scope, code),
                "may_import": may_import,
                "missed": missed(scope, code),
                "may_confirm": scope.may(Permission.EDIT_PEOPLE, code),
                "to_confirm": open_count(scope, code),
                "imports": [(one, *STATE[one.state]) for one in imports],
            },
        )
    counted = populations(scope, first, last)
    lines = [Line(child, _sum(counted, *areas.span(child.code))) for child in places.children(scope, code)]
    return render(
        request, "people/area.html", {"area": place, "figures": _sum(counted, first, last), "lines": lines}
    )


def _sum(counted: dict[int, Figures], first: int, last: int) -> Figures:
    inside = [figures for code, figures in counted.items() if first <= code <= last]
    return Figures(
        sum(one.households for one in inside),
        sum(one.residents for one in inside),
        sum(one.present for one in inside),
    )


def summary(request: HttpRequest, code: int) -> HttpResponse:
    """A fragment: how many live here. Figures only, so whoever may see the area may see them."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    first, last = areas.span(code)
    community = place.level == Level.COMMUNITY
    return render(
        request,
        "people/summary.html",
        {
            "area": place,
            "figures": _sum(populations(scope, first, last), first, last),
            "compounds": by_compound(scope, code) if community else [],
            "people_url": reverse("people:index", args=[code])
            if scope.may(Permission.READ_PEOPLE, first, last)
            else "",
            "may_import": community and scope.may(Permission.IMPORT_ROSTER, code),
        },
    )
