"""Who reaches whom: the caseloads of a community on its buildings, as they are and as they are proposed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import community_of
from shouwang.people.queries.population import populations
from shouwang.places import queries as places
from shouwang.workforce.enums import DivisionState
from shouwang.workforce.forms import ProposeForm
from shouwang.workforce.models import Division
from shouwang.workforce.queries import CaseloadHere, assigned, caseload_of, caseloads, division_counts
from shouwang.workforce.queries.burden import Home, homes, suggested
from shouwang.workforce.queries.divisions import open_division
from shouwang.workforce.rules.reasons import why
from shouwang.workforce.views import grid
from shouwang.workforce.views.rows import list_of
from shouwang.workforce.views.words import WHYS

SHOWN = 60
"""Moves listed with their address; of more the board shows where."""


def index(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.READ_ROUND)
    mine = places.roots(scope)
    if not mine:
        raise NotFound("area")
    return redirect("workforce:caseloads", mine[0].code)


def area(request: HttpRequest, code: int) -> HttpResponse:
    """A community's caseloads; ``?compound=`` which squares. Above a community: how far each place below is."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    first, last = areas.span(code)
    scope.require(Permission.READ_ROUND, first, last)
    if place.level != Level.COMMUNITY:
        return _above(request, scope, place)
    scope.require(Permission.READ_PEOPLE, code)
    living, here, now = homes(scope, code), caseloads(scope, code), assigned(scope, code)
    marks = [grid.Mark(n, one.name, _name(one)) for n, one in enumerate(here)]
    places_of = {one.id: n for n, one in enumerate(here)}
    place_of = {home: places_of[load] for home, (load, _) in now.items() if load in places_of}
    context = _context(request, scope, place, living, marks, place_of, here, now) | {
        "division": open_division(scope, code),
        "form": ProposeForm(initial={"caseloads": len(here) or suggested(living)}),
        "move_url": reverse("workforce:move", args=[code]),
    }
    return render(request, "workforce/caseloads.html", context)


def proposal(request: HttpRequest, code: int) -> HttpResponse:
    """The proposal that waits for a decision, beside what holds now."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    scope.require(Permission.READ_ROUND, code)
    scope.require(Permission.READ_PEOPLE, code)
    made = open_division(scope, code)
    if made is None or made.state != DivisionState.PROPOSED:
        return redirect("workforce:caseloads", code)
    living, here, now = homes(scope, code), caseloads(scope, code), assigned(scope, code)
    by_id = {one.id: one for one in here}
    marks = [
        grid.Mark(
            n, load["name"], _name(by_id[load["caseload"]]) if load["caseload"] in by_id else _new(load)
        )
        for n, load in enumerate(made.loads)
    ]
    place_of = dict(zip(made.households, made.callers, strict=True))
    then = {home: made.loads[number]["caseload"] for home, number in place_of.items()}
    context = _context(
        request, scope, place, living, marks, place_of, [by_id.get(load["caseload"]) for load in made.loads], now,
        proposed=then,
    ) | _compared(made, living, here, now, then, place_of, marks) | {
        "division": made,
        "move_url": reverse("workforce:adjust", args=[made.pk]),
    }  # fmt: skip
    return render(request, "workforce/proposal.html", context)


def working(request: HttpRequest, code: int) -> HttpResponse:
    """A fragment: how long the planner still searches."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.READ_ROUND, code)
    made = open_division(scope, code)
    response = render(
        request,
        "workforce/working.html",
        {"division": made, "area": places.area(scope, code)} | _progress(made),
    )
    if made is None or made.state != DivisionState.WORKING:
        response["HX-Redirect"] = reverse("workforce:proposal", args=[code])
    return response


def owner(request: HttpRequest, household_id: int) -> HttpResponse:
    """A fragment of a household's page: who reaches it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community = community_of(scope, household_id)
    if not scope.may(Permission.READ_ROUND, community):
        return HttpResponse("")
    divided = bool(caseloads(scope, community))
    context = {
        "owner": caseload_of(scope, household_id), "divided": divided, "community": community,
        "may_see": scope.may(Permission.READ_PEOPLE, community),
    }  # fmt: skip
    return render(request, "workforce/owner.html", context)


def _above(request: HttpRequest, scope: Scope, place: Any) -> HttpResponse:
    first, last = areas.span(place.code)
    people = populations(scope, first, last)
    counted = division_counts(scope, first, last)
    lines = []
    for child in places.children(scope, place.code):
        low, high = areas.span(child.code)
        inside = [code for code in people if low <= code <= high]
        households = sum(people[code].households for code in inside)
        loads, carried = (sum(counted.get(code, (0, 0))[n] for code in inside) for n in (0, 1))
        if households:
            lines.append(
                {"area": child, "households": households, "caseloads": loads, "carried": carried,
                 "left": max(0, households - carried)}
            )  # fmt: skip
    return render(
        request,
        "workforce/area.html",
        {"area": place, "lines": lines, "ancestors": places.ancestors(place.code)},
    )


def _name(one: CaseloadHere) -> str:
    who = one.caller_name or _("nobody")
    return _("caseload %(name)s, %(who)s") % {"name": one.name, "who": who}


def _new(load: Mapping[str, Any]) -> str:
    return _("new caseload %(name)s") % {"name": load["name"]}


def _progress(made: Division | None) -> dict[str, Any]:
    if made is None:
        return {}
    gone = (clock.now() - made.made_at).total_seconds()
    return {
        "gone": round(min(gone, made.seconds)),
        "of": round(made.seconds),
        "late": gone > made.seconds + 60,
    }


def _context(
    request: HttpRequest,
    scope: Scope,
    place: Any,
    living: Sequence[Home],
    marks: Sequence[grid.Mark],
    place_of: Mapping[int, int],
    here: Sequence[CaseloadHere | None],
    now: Mapping[int, tuple[int, bool]],
    *,
    proposed: Mapping[int, int | None] | None = None,
) -> dict[str, Any]:
    found = {mark.place: mark for mark in marks} | {
        grid.NOBODY: grid.Mark(grid.NOBODY, "?", _("nobody's household"))
    }
    shown = grid.tabs(living, place_of)
    wanted = request.GET.get("compound", "")
    key = wanted if any(tab.key == wanted for tab in shown) else (shown[0].key if shown else "")
    inside = [home for home in living if grid.compound_key(home) == key]
    moved = {}
    if proposed is not None:
        where = {one.id: n for n, one in enumerate(here) if one is not None}
        moved = {
            home: where.get(load, grid.NOBODY)
            for home, (load, _) in now.items()
            if home in proposed and proposed[home] != load
        }
    carried = {n for n, one in enumerate(here) if one is not None and one.carried}
    assigned_now = [home for home in living if place_of.get(home.household, grid.NOBODY) in carried]
    return {
        "area": place,
        "ancestors": places.ancestors(place.code),
        "rows": list_of(living, marks, place_of, here, now, {home.household for home in inside}),
        "tabs": shown,
        "compound": key,
        "board": grid.board(
            inside, place_of, found, fixed=[home for home, (_, fixed) in now.items() if fixed], moved=moved
        ),
        "households": len(living),
        "unassigned": len(living) - len(assigned_now),
        "without_caller": sum(1 for one in here if one is not None and not one.carried),
        "may": scope.may(Permission.MANAGE_CASELOADS, place.code),
        "working": _progress(open_division(scope, place.code)),
    }


def _compared(
    made: Division,
    living: Sequence[Home],
    here: Sequence[CaseloadHere],
    now: Mapping[int, tuple[int, bool]],
    then: Mapping[int, int | None],
    place_of: Mapping[int, int],
    marks: Sequence[grid.Mark],
) -> dict[str, Any]:
    kept = {load["caseload"] for load in made.loads} & {one.id for one in here if one.carried}
    loads: Counter[int] = Counter()
    for home in living:
        loads[place_of.get(home.household, grid.NOBODY)] += home.load  # type: ignore[assignment]
    reasons = why(
        {home: load for home, (load, _) in now.items()},
        then,
        carried=kept,
        building={home.household: home.house for home in living},
        load={home.household: home.load for home in living},
        capacity=max(loads.values(), default=0),
    )  # fmt: skip
    names = {one.id: one.name for one in here}
    moves = [
        {
            "home": home,
            "before": names.get(now[home.household][0], "") if home.household in now else "",
            "after": marks[place_of[home.household]].label,
            "why": WHYS[reasons[home.household]],
        }
        for home in living
        if home.household in reasons
    ]
    counts = Counter(reasons.values())
    return {
        "moves": moves[:SHOWN],
        "moves_all": len(moves),
        "shown": SHOWN,
        "changed": sum(home in now for home in reasons),
        "whys": [(WHYS[key], number) for key, number in counts.most_common()],
        "heaviest": max(loads.values(), default=0),
        "mean": sum(loads.values()) / max(1, len(marks)),
        "took": round(made.took, 1),
    }
