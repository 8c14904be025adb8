"""One field to find anybody by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import EVERYWHERE, Scope
from shouwang.people.queries.search import LIMIT, FoundResident, How
from shouwang.people.queries.search import search as find
from shouwang.people.rules.ages import age_on
from shouwang.people.views.words import PRESENCE, PRESENCE_BADGES, SEX
from shouwang.places import queries as places


def search(request: HttpRequest) -> HttpResponse:
    """``?q=`` anything one has of a person or a door; ``?area=`` a code narrows it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.READ_PEOPLE)
    text = request.GET.get("q", "").strip()
    code = _code(request.GET.get("area", ""))
    place = places.area(scope, code) if code else None
    first, last = areas.span(code) if code else EVERYWHERE
    found = find(scope, text, first=first, last=last)
    there = {one.community for one in found.residents} | {one.community for one in found.households}
    names = places.names(there)
    return render(
        request,
        "people/search.html",
        {
            "q": text,
            "area": place,
            "found": found,
            "residents": [_line(one, names) for one in found.residents],
            "households": [(one, names.get(one.community, "")) for one in found.households],
            "nothing": found.how is not How.NOTHING and not found.residents and not found.households,
            "limit": LIMIT,
        },
    )


def _code(written: str) -> int | None:
    try:
        return areas.parse(written) if written else None
    except Refused:
        return None


def _line(one: FoundResident, names: dict[int, str]) -> dict[str, Any]:
    return {
        "one": one,
        "community": names.get(one.community, ""),
        "sex": SEX[one.sex],
        "age": age_on(one.born_on, clock.today()),
        "presence": PRESENCE[one.presence],
        "badge": PRESENCE_BADGES[one.presence],
    }
