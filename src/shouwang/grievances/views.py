"""The mediator's list: quarrels, complaints and tips, by the day each is to be answered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.grievances import queries
from shouwang.grievances.actions import complain, may_settle, reopen_matter, settle_matter, take_matter
from shouwang.grievances.enums import WAITING, MatterKind, MatterSource, MatterState
from shouwang.grievances.forms import KIND_WORDS, MatterForm
from shouwang.grievances.models import Matter
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.queries.households import addresses_of, community_of
from shouwang.places import queries as places

PER_PAGE = 50
LONGEST_SEARCH = 60
KIND_ICONS = {
    MatterKind.TROUBLE: "scale",
    MatterKind.COMPLAINT: "message",
    MatterKind.TIP: "bulb",
    MatterKind.HELP_REFUSED: "hand-stop",
}
SOURCES: dict[str, Any] = {
    MatterSource.CALL: pgettext_lazy("how a grievance was told", "on a call"),
    MatterSource.VISIT: pgettext_lazy("how a grievance was told", "at the door"),
    MatterSource.DOOR: pgettext_lazy("how a grievance was told", "on the household's page"),
    MatterSource.PHONE: pgettext_lazy("how a grievance was told", "rang the office"),
}
SHOWN: dict[str, tuple[MatterState, ...]] = {"waiting": WAITING, "settled": (MatterState.SETTLED,)}


def matters(request: HttpRequest, code: int) -> HttpResponse:
    """``?state=`` waiting or settled, ``?kind=``, ``?office=1`` only what is said against offices."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    first, last = areas.span(code)
    asked, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    shown = asked if asked in SHOWN else "waiting"
    chosen = MatterKind(kind) if kind in set(MatterKind) else None
    office = request.GET.get("office") == "1"
    rows = queries.matters(scope, first, last, states=SHOWN[shown], kind=chosen, about_office=office)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.waiting_in(scope, first, last, today=clock.today())
    return render(
        request,
        "grievances/matters.html",
        {
            "area": place,
            "ancestors": places.ancestors(code),
            "page_obj": page,
            "lines": _lines(scope, list(page)),
            "one_place": first == last,
            "shown": shown,
            "waiting_here": shown == "waiting" and not office and chosen is None,
            "settled_here": shown == "settled",
            "office_here": office,
            "kinds": [(one, KIND_WORDS[one], one is chosen) for one in MatterKind],
            "waiting": sum(number for number, _overdue in waiting.values()),
            "overdue": sum(overdue for _number, overdue in waiting.values()),
            "may_enter": place.level == Level.COMMUNITY and scope.may(Permission.HANDLE_MATTER, code),
        },
    )


def enter(request: HttpRequest, code: int) -> HttpResponse:
    """Write down what somebody told the office; ``?household=`` whose it is, without it nobody is named."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.HANDLE_MATTER, code)
    written = request.GET.get("household", "")
    household = int(written) if written.isdecimal() and len(written) < 19 else None
    if household is not None and community_of(scope, household) != code:
        raise NotFound("household", household)
    form = MatterForm(request.POST or None, initial={"matter": mint()})
    if form.is_valid():
        given = form.cleaned_data
        complain(
            scope,
            community=code,
            household_id=household,
            kind=given["kind"],
            text=given["text"],
            source=MatterSource.PHONE,
            source_id=given["matter"],
            about_office=given["about_office"],
        )
        messages.success(request, gettext("Saved."))
        return redirect("people:household", household) if household else redirect("grievances:matters", code)
    context = {
        "area": place,
        "form": form,
        "address": addresses_of(scope, [household]).get(household) if household else "",
    }
    return render(request, "grievances/enter.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Somebody looks into it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _after(request, take_matter(scope, matter_id=matter_id).pk)


@require_POST
def settle(request: HttpRequest, matter_id: int) -> HttpResponse:
    """What came of it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _after(
        request, settle_matter(scope, matter_id=matter_id, answer=request.POST.get("answer", "")).pk
    )


@require_POST
def reopen(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Not settled after all."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _after(request, reopen_matter(scope, matter_id=matter_id).pk)


def found(request: HttpRequest, code: int) -> HttpResponse:
    """The part of the search page: matters in which ``?q=`` stands, of the last ``?days=``."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    text, days = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("days", "")
    since = clock.now() - dt.timedelta(days=min(int(days), 60) if days.isdecimal() else 14)
    rows = queries.found_in(scope, *areas.span(code), text, since=since) if text else []
    return render(request, "grievances/found.html", {"lines": _lines(scope, rows)})


def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """The part of a household's page: what it told. Nothing for whoever reads that page and handles no grievances."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community = community_of(scope, household_id)
    if not scope.may(Permission.HANDLE_MATTER, community):
        return HttpResponse()
    lines = _lines(scope, queries.matters_of(scope, household_id))
    context = {"lines": lines, "community": community, "household_id": household_id}
    return render(request, "grievances/household.html", context)


def _lines(scope: Scope, rows: Sequence[Matter]) -> list[dict[str, Any]]:
    addresses = addresses_of(scope, {row.household for row in rows if row.household})
    names = places.names({row.community for row in rows})
    today = clock.today()
    return [
        {
            "matter": row,
            "waits": row.state in WAITING,
            "overdue": row.state in WAITING and row.answer_by < today,
            "kind": KIND_WORDS[MatterKind(row.kind)],
            "icon": KIND_ICONS[MatterKind(row.kind)],
            "source": SOURCES[row.source],
            "address": addresses.get(row.household or 0, ""),
            "community": names.get(row.community, ""),
            "may_settle": may_settle(scope, row),
        }
        for row in rows
    ]


def _after(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The line anew, or the community's list."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    row = queries.matter(scope, matter_id)
    if request.headers.get("HX-Request"):
        wide = request.POST.get("wide") == "1"
        return render(
            request, "grievances/line.html", {"line": _lines(scope, [row])[0], "one_place": not wide}
        )
    return redirect("grievances:matters", row.community)
