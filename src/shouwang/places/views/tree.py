"""The tree, and what is there at each of its nodes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import Scope
from shouwang.places import queries
from shouwang.places.enums import CompoundKind
from shouwang.places.models import Area, Compound, Entrance
from shouwang.places.queries import Standing


@dataclass(frozen=True, slots=True)
class Child:
    """A line of an area's page: a place below it, and what stands there."""

    area: Area
    standing: Standing
    communities: int = 0


@dataclass(frozen=True, slots=True)
class Ways:
    """A compound with the ways into it; ``compound`` is null for those of the whole place."""

    compound: Compound | None
    entrances: list[Entrance]


def index(request: HttpRequest) -> HttpResponse:
    """The tree, opened where the reader's jurisdiction begins, and a search over it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()
    found = queries.search_areas(scope, text) if text else None
    roots = [] if text else queries.roots(scope)
    if found is not None:
        above = queries.names(parent for area in found if (parent := area.parent_id))
        for area in found:
            area.above = above.get(area.parent_id or 0, "")  # type: ignore[attr-defined]
    branches = [(root, queries.children(scope, root.code)) for root in roots]
    return render(
        request,
        "places/index.html",
        {
            "q": text,
            "found": found,
            "branches": branches,
            "may_import": scope.may(Permission.IMPORT_DIVISIONS),
        },
    )


def branch(request: HttpRequest, code: int) -> HttpResponse:
    """A fragment of the tree: what lies right below."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    queries.area(scope, code)
    return render(request, "places/branch.html", {"code": code, "areas": queries.children(scope, code)})


def area(request: HttpRequest, code: int) -> HttpResponse:
    """A city's, town's or community's page."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = queries.area(scope, code)
    first, last = areas.span(code)
    context: dict[str, Any] = {
        "area": place,
        "ancestors": linked_ancestors(scope, code),
        "may_edit": scope.may(Permission.EDIT_PLACES, first, last),
        "summary_url": reverse("people:summary", args=[code]),
        "settings": queries.settings_of(scope, code),
        "profile": queries.profile_for(scope, code),
        "phones": queries.duty_phones(scope, code),
    }
    if place.level == Level.COMMUNITY:
        return render(request, "places/community.html", context | _community(scope, code))
    return render(request, "places/area.html", context | _upper(scope, place))


def linked_ancestors(scope: Scope, code: int) -> list[tuple[Area, bool]]:
    """The areas above, the uppermost first, each with whether the reader may go there."""
    ranges = scope.ranges()
    found = []
    for above in queries.ancestors(code):
        first, last = areas.span(above.code)
        found.append((above, any(low <= first and last <= high for low, high in ranges)))
    return found


def _community(scope: Scope, code: int) -> dict[str, Any]:
    ways: dict[int | None, list[Entrance]] = {}
    for entrance in queries.entrances(scope, code):
        ways.setdefault(entrance.compound_id, []).append(entrance)
    compounds = queries.compounds(scope, code)
    rows = [Ways(compound, ways.get(compound.pk, [])) for compound in compounds]
    return {
        "standing": queries.standing(scope, code, code).get(code, Standing()),
        "rows": rows,
        "own_ways": ways.get(None, []),
        "groups": bool(compounds) and all(c.kind == CompoundKind.GROUP for c in compounds),
    }


def _upper(scope: Scope, place: Area) -> dict[str, Any]:
    first, last = areas.span(place.code)
    below = queries.children(scope, place.code)
    standing = queries.standing(scope, first, last)
    communities = queries.communities(scope, first, last)
    children = []
    for child in below:
        low, high = areas.span(child.code)
        children.append(
            Child(
                child,
                sum((s for code, s in standing.items() if low <= code <= high), Standing()),
                sum(low <= c.code <= high and c.active for c in communities),
            )
        )
    return {
        "children": children,
        "standing": sum(standing.values(), Standing()),
        "communities": sum(c.active for c in communities),
        "towns": sum(c.area.level == Level.TOWN and c.area.active for c in children),
        "may_add": place.level in (Level.COUNTY, Level.TOWN),
        "is_town": place.level == Level.TOWN,
    }
