"""Where to begin, the board of a round, and the list of who is not reached."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import actions
from shouwang.screening.enums import Slot
from shouwang.screening.models import Round
from shouwang.screening.queries.board import HouseholdProgress, board, left
from shouwang.screening.queries.board import not_reached as waiting
from shouwang.screening.queries.rounds import history, round_by_id, rounds_of_day
from shouwang.screening.views import grid
from shouwang.screening.views.below import below, total
from shouwang.screening.views.words import NEXT_STEPS, OUTCOMES, SLOTS
from shouwang.workforce.queries import CaseloadHere, caseloads, households_of

BESIDE = 30
"""So many households stand on the list beside the board."""
WHOLE = 800
"""Up to so many households the whole community is shown at once."""
NOBODYS = "0"
"""Instead of a caseload: the households that are in none."""
PAGE = 60
EVERY = 20
"""Seconds after which the board looks again."""


def index(request: HttpRequest) -> HttpResponse:
    """The one place where she may see rounds; a choice if there are several."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    mine = [
        root
        for root in places.roots(scope)
        if scope.may_within(Permission.READ_ROUND, *areas.span(root.code))
    ]
    if not mine:
        raise Forbidden(Permission.READ_ROUND)
    if len(mine) == 1:
        return redirect("screening:rounds", mine[0].code)
    return render(request, "screening/choose.html", {"places": mine})


def area(request: HttpRequest, code: int) -> HttpResponse:
    """A community's round of today, or how to open it; above a community the places below with their figures."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    scope.require(Permission.READ_ROUND, *areas.span(code))
    today = clock.today()
    if areas.level_of(code) is not areas.Level.COMMUNITY:
        rows = below(scope, code, today)
        context = {"area": place, "ancestors": places.ancestors(code), "day": today, "rows": rows}
        sees_fevers = scope.may(Permission.READ_FEVERS, *areas.span(code))
        return render(
            request, "screening/area.html", context | {"total": total(rows), "sees_fevers": sees_fevers}
        )
    of_today = rounds_of_day(scope, code, code, today)
    if of_today:
        return _board(request, scope, next((r for r in of_today if r.closed_at is None), of_today[-1]))
    return render(
        request,
        "screening/none.html",
        {
            "area": place,
            "ancestors": places.ancestors(code),
            "day": today,
            "may_open": scope.may(Permission.OPEN_ROUND, code),
            "slots": _slots(scope, code, []),
            "history": history(scope, code),
            "people_url": reverse("people:index", args=[code])
            if scope.may(Permission.READ_PEOPLE, code)
            else "",
        },
    )


def round_(request: HttpRequest, round_id: int) -> HttpResponse:
    """The board: ``?compound=`` for one compound, ``?compound=all`` for the whole community."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _board(request, scope, round_by_id(scope, round_id))


def live(request: HttpRequest, round_id: int) -> HttpResponse:
    """The part of the board that looks again by itself."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return render(request, "screening/live.html", _live(request, scope, round_by_id(scope, round_id)))


def not_reached(request: HttpRequest, round_id: int) -> HttpResponse:
    """Everybody not reached, page by page, with what to try next."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = round_by_id(scope, round_id)
    scope.require(Permission.READ_ROUND, here.community)
    households = left(scope, here)
    key = request.GET.get("compound", "")
    chosen = grid.in_compound(households, key) if key.isdecimal() else households
    page = Paginator(sorted(chosen, key=lambda home: home.tries), PAGE).get_page(request.GET.get("page"))
    context = _frame(scope, here) | {
        "page_obj": page,
        "lines": _lines(scope, here, list(page.object_list)),
        "compounds": grid.compounds(households),
        "key": key,
    }
    return render(request, "screening/not_reached.html", context)


@require_POST
def open_(request: HttpRequest, code: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    slot = request.POST.get("slot", "")
    opened = actions.open_round(scope, community=code, slot=slot if slot in set(Slot) else Slot.DAY)
    return redirect("screening:round", opened.pk)


@require_POST
def close(request: HttpRequest, round_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    actions.close_round(scope, round_id=round_id)
    messages.info(request, _("The round is closed. Who was not reached stays not reached."))
    return redirect("screening:round", round_id)


@require_POST
def reopen(request: HttpRequest, round_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    actions.reopen_round(scope, round_id=round_id)
    return redirect("screening:round", round_id)


def _board(request: HttpRequest, scope: Scope, here: Round) -> HttpResponse:
    scope.require(Permission.READ_ROUND, here.community)
    context = _frame(scope, here) | _live(request, scope, here)
    context["history"] = history(scope, here.community)
    context["slots"] = _slots(
        scope, here.community, rounds_of_day(scope, here.community, here.community, clock.today())
    )
    return render(request, "screening/round.html", context)


def _frame(scope: Scope, here: Round) -> dict[str, Any]:
    """What stands around every page of a round."""
    return {
        "round": here,
        "area": places.area(scope, here.community),
        "ancestors": places.ancestors(here.community),
        "slot": SLOTS[here.slot] if here.slot != Slot.DAY else "",
        "today": here.day == clock.today(),
        "may_open": scope.may(Permission.OPEN_ROUND, here.community),
        "may_record": scope.may(Permission.RECORD_ATTEMPT, here.community),
        "sees_fevers": scope.may(Permission.READ_FEVERS, here.community),
    }


def _live(request: HttpRequest, scope: Scope, here: Round) -> dict[str, Any]:
    households = board(scope, here)
    compounds = grid.compounds(households)
    key = key_asked = request.GET.get("compound", "")
    if key != "all" and key not in {compound.key for compound in compounds}:
        first = next((c.key for c in compounds if c.left), compounds[0].key if compounds else "all")
        key = "all" if len(households) <= WHOLE else first
    loads = caseloads(scope, here.community)
    load = request.GET.get("caseload", "" if key_asked else _own(scope, loads))
    if load == NOBODYS:
        key, shown = "all", [home for home in households if home.unowned]
    elif load in {str(one.id) for one in loads}:
        mine = set(households_of(scope, int(load)))
        key, shown = "all", [home for home in households if home.household_id in mine]
    else:
        load, shown = "", households if key == "all" else grid.in_compound(households, key)
    left = sum(not home.complete for home in shown)
    return {
        "round": here,
        "compounds": compounds,
        "key": key,
        "loads": loads,
        "load": load,
        "nobodys": NOBODYS,
        "sections": grid.sections(shown, way_to(scope, here)),
        "counts": grid.counts(shown),
        "left": left,
        "more": max(left - BESIDE, 0),
        "lines": _lines(scope, here, _first_left(shown)),
        "every": EVERY,
        "live_url": f"{reverse('screening:live', args=[here.pk])}?compound={key}&caseload={load}",
        "households_left": here.households_due - here.households_reached,
        "people_left": here.residents_due - here.residents_reached,
    }


def _own(scope: Scope, loads: list[CaseloadHere]) -> str:
    """Who carries a caseload begins with it."""
    return next((str(one.id) for one in loads if one.caller_id == scope.actor_id is not None), "")


def _first_left(households: list[HouseholdProgress]) -> list[HouseholdProgress]:
    return sorted((home for home in households if not home.complete), key=lambda home: home.tries)[:BESIDE]


def _lines(scope: Scope, here: Round, households: list[HouseholdProgress]) -> list[dict[str, Any]]:
    """Households with somebody still to be reached, in words."""
    way = way_to(scope, here)
    lines = []
    for one in waiting(scope, here, households):
        drawing, step = NEXT_STEPS[one.next_step]
        lines.append(
            {
                "home": one.household,
                "head": one.members[0].name if one.members else "",
                "last": OUTCOMES.get(one.household.last_outcome or "", ""),
                "icon": drawing,
                "step": step,
                "href": way(one.household.household_id),
            }
        )
    return lines


def way_to(scope: Scope, here: Round) -> grid.Way:
    """Where a household leads her: to the record, to the people behind the door, or nowhere."""
    if scope.may(Permission.RECORD_ATTEMPT, here.community):
        pattern = reverse("screening:record", args=[here.pk, 0])[:-1]
    elif scope.may(Permission.READ_PEOPLE, here.community):
        pattern = reverse("people:household", args=[0])[:-1]
    else:
        return lambda household: ""
    return lambda household: f"{pattern}{household}"


def _slots(scope: Scope, community: int, there: list[Round]) -> list[tuple[str, Any]]:
    """The rounds that may still be opened today."""
    twice = profile_for(scope, community).rounds_per_day > 1
    wanted = [Slot.MORNING, Slot.AFTERNOON] if twice else [Slot.DAY]
    opened = {one.slot for one in there}
    return [(slot, SLOTS[slot]) for slot in wanted if slot not in opened]
