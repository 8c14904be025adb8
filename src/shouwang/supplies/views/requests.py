"""What the households of a community need: what waits, one household's, and what was said."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.queries.households import addresses_of, community_of
from shouwang.places import queries as places
from shouwang.supplies import queries
from shouwang.supplies.actions import (
    ask,
    decline_request,
    finish_request,
    reopen_request,
    split_off,
    take_request,
)
from shouwang.supplies.enums import WAITING, RequestState
from shouwang.supplies.forms import AskForm
from shouwang.supplies.queries import Line
from shouwang.supplies.views.words import SOURCES, STATES

PER_PAGE = 50
SHOWN: dict[str, tuple[RequestState, ...]] = {
    "waiting": WAITING,
    "open": (RequestState.OPEN,),
    "taken": (RequestState.TAKEN,),
    "settled": (RequestState.DONE, RequestState.DECLINED),
}
LONGEST_SEARCH = 60


def requests(request: HttpRequest, code: int) -> HttpResponse:
    """``?state=`` waiting, open, taken or settled; ``?urgent=1``. Above a community: how many wait where."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    scope.require(Permission.READ_REQUESTS, *areas.span(code))
    context: dict[str, Any] = {"area": place, "ancestors": places.ancestors(code)}
    if place.level != Level.COMMUNITY:
        return render(request, "supplies/below.html", context | {"rows": _below(scope, code)})
    asked = request.GET.get("state", "")
    shown = asked if asked in SHOWN else "waiting"
    states = SHOWN[shown]
    urgent = request.GET.get("urgent") == "1"
    rows = queries.requests(scope, code, states=states, urgent=urgent)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(scope, code)
    return render(
        request,
        "supplies/requests.html",
        context
        | {
            "page_obj": page,
            "lines": lines_for(scope, queries.lines_of(list(page))),
            "shown": shown,
            "urgent": urgent,
            **{f"{name}_here": name == shown and not urgent for name in SHOWN},
            "counts": {name: sum(counts.get(state, 0) for state in kept) for name, kept in SHOWN.items()},
            "pressing": counts["urgent"],
        },
    )


def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """The part of a household's page: what it has asked for, and a line to write down one more."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _household(request, scope, household_id, AskForm(initial={"telling": mint()}))


@require_POST
def ask_for(request: HttpRequest, household_id: int) -> HttpResponse:
    """Write down what a household told the office."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    form = AskForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        ask(
            scope,
            community=community_of(scope, household_id),
            household_id=household_id,
            text=given["text"],
            urgent=given["urgent"],
            source=given["source"],
            source_id=given["telling"],
        )
        form = AskForm(initial={"telling": mint()})
    return _household(request, scope, household_id, form)


@require_POST
def take(request: HttpRequest, request_id: int) -> HttpResponse:
    """Somebody sees to it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _after(request, take_request(scope, request_id=request_id).pk)


@require_POST
def settle(request: HttpRequest, request_id: int) -> HttpResponse:
    """What came of it: ``end`` is done or declined."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    act = decline_request if request.POST.get("end") == "declined" else finish_request
    return _after(request, act(scope, request_id=request_id, answer=request.POST.get("answer", "")).pk)


@require_POST
def reopen(request: HttpRequest, request_id: int) -> HttpResponse:
    """Not settled after all."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _after(request, reopen_request(scope, request_id=request_id).pk)


@require_POST
def split(request: HttpRequest, telling_id: int) -> HttpResponse:
    """A telling is a need of its own."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    own = split_off(scope, telling_id=telling_id)
    messages.success(request, gettext("It stands on the list as a need of its own."))
    return redirect("supplies:requests", own.community)


def found(request: HttpRequest, code: int) -> HttpResponse:
    """The part of the search page: requests in which ``?q=`` stands, of the last ``?days=``."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    text, days = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("days", "")
    since = clock.now() - dt.timedelta(days=min(int(days), 60) if days.isdecimal() else 14)
    lines = queries.found_in(scope, code, text, since=since) if text else []
    return render(request, "supplies/found.html", {"lines": lines_for(scope, lines), "q": text})


def lines_for(scope: Scope, lines: list[Line]) -> list[dict[str, Any]]:
    """``lines`` as the templates show them."""
    addresses = addresses_of(scope, {line.request.household for line in lines})
    now = clock.now()
    return [
        {
            "one": line,
            "request": line.request,
            "address": addresses.get(line.request.household, ""),
            "badge": STATES[line.request.state][0],
            "state": STATES[line.request.state][1],
            "told": [(telling, *SOURCES[telling.source]) for telling in line.tellings],
            "hours": int((now - line.request.asked_at).total_seconds() // 3600),
            "may_handle": scope.may(Permission.HANDLE_REQUEST, line.request.community),
            "links": scope.may(Permission.READ_PEOPLE, line.request.community),
        }
        for line in lines
    ]


def _below(scope: Scope, code: int) -> list[tuple[Any, int, int]]:
    waiting = queries.open_in_areas(scope, *areas.span(code))
    rows = []
    for below in places.children(scope, code):
        inside = [figures for community, figures in waiting.items() if areas.contains(below.code, community)]
        if inside:
            rows.append((below, sum(n for n, _u in inside), sum(u for _n, u in inside)))
    return sorted(rows, key=lambda row: (-row[2], -row[1]))


def _household(request: HttpRequest, scope: Scope, household_id: int, form: AskForm) -> HttpResponse:
    community = community_of(scope, household_id)
    scope.require(Permission.READ_REQUESTS, community)
    context = {
        "household_id": household_id,
        "lines": lines_for(scope, queries.requests_of(scope, household_id)),
        "form": form,
        "may_ask": scope.may(Permission.RECORD_ATTEMPT, community),
    }
    return render(request, "supplies/household.html", context, status=422 if form.errors else 200)


def _after(request: HttpRequest, request_id: int) -> HttpResponse:
    """The line anew, or the page one came from."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    line = queries.request_line(scope, request_id)
    if request.headers.get("HX-Request"):
        return render(request, "supplies/line.html", {"line": lines_for(scope, [line])[0]})
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("supplies:requests", line.request.community)
