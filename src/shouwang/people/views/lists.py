"""Lists from above: uploaded, looked at, loaded, and closed line by line."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions import lists as actions
from shouwang.people.enums import LineState
from shouwang.people.forms import ListUpload
from shouwang.people.models import ListLine, ReturneeList
from shouwang.people.queries import lists as queries
from shouwang.people.queries.lines import on_roster, place_lines
from shouwang.people.queries.lists import OpenLine
from shouwang.people.queries.missed import missed
from shouwang.people.rules.lines import Line
from shouwang.people.rules.returnees import WEIGHTS
from shouwang.people.tasks import enter_list
from shouwang.people.views.list_words import LINE_HOW, LINE_STATE, LINE_TABS, issues_of
from shouwang.people.views.words import LIKENESS, refusal_of
from shouwang.places import queries as places

_PER_PAGE = 25
_SHOWN = 50


def lists(request: HttpRequest, code: int) -> HttpResponse:
    """The lists of an area, and the form for a new one; with a file, that list."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    rows = queries.returnee_lists(scope, code)
    form = ListUpload(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = actions.preview_list(
                scope, area=code, file_name=file.name, content=file.read(), agency=form.cleaned_data["agency"]
            )
            return redirect("people:list", found.pk)
        except Refused as refusal:
            form.add_error("file", refusal_of(refusal))
    span = areas.span(code)
    context = {
        "area": place,
        "form": form,
        "lists": rows,
        "open": sum(queries.open_lines(scope, *span).values()),
        "community": place.level == Level.COMMUNITY,
        "missed": missed(scope, code) if place.level == Level.COMMUNITY else None,
        "may_load": scope.may(Permission.REGISTER_RETURNEE, *span),
        "names": places.names({one.community for one, _counts in rows}),
    }
    return render(request, "people/lists.html", context, status=422 if form.errors else 200)


@never_cache
def returnee_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """What loading would do; or the lines of a loaded list."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.returnee_list(scope, list_id)
    place = places.area(scope, found.community)
    if found.content is not None:
        return render(
            request, "people/list_preview.html", {"list": found, "area": place, **_preview(scope, found)}
        )
    counts = queries.counts_of(scope, found)
    context = _lines(request, queries.lines_of(scope, list_id=list_id), _state(request))
    figures = {
        "": counts.lines,
        "looking": counts.looking,
        "found": counts.found,
        "not_here": counts.not_here,
    }
    context["tabs"] = [(name, word, figures[name]) for name, word in LINE_TABS]
    if counts.unplaced:
        context["tabs"].append(("unplaced", _("of no community yet"), counts.unplaced))
    return render(
        request,
        "people/list.html",
        {"list": found, "area": place, "counts": counts, "waiting": _waiting(found), **context},
    )


@never_cache
def lines(request: HttpRequest, code: int) -> HttpResponse:
    """The lines of all lists that a community has to close; the open ones first."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    rows = queries.lines_of(scope, community=code)
    context = _lines(request, rows, _state(request, LineState.LOOKING))
    context["tabs"] = [
        (name, word, queries.in_state(rows, name).order_by().count()) for name, word in LINE_TABS
    ]
    return render(request, "people/lines.html", {"area": place, **context})


@require_POST
def load(request: HttpRequest, list_id: int) -> HttpResponse:
    """Load a list. A long one is entered by the worker while its lines can be looked at already."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = actions.load_list(scope, list_id=list_id)
    if found.rows > actions.AT_ONCE and _waiting(found):
        enter_list.defer(list_id=found.pk)
    messages.success(request, _("Loaded. Each line is found, not here, or looked for until it is."))
    return redirect("people:list", list_id)


@require_POST
def discard(request: HttpRequest, list_id: int) -> HttpResponse:
    """Delete a list that was only looked at."""
    area = actions.discard_list(request.scope, list_id=list_id)  # type: ignore[attr-defined]
    messages.success(request, _("Deleted."))
    return redirect("people:lists", area)


@require_POST
def settle(request: HttpRequest, line_id: int) -> HttpResponse:
    """Close a line, or open it again."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    resident = request.POST.get("resident", "")
    state = request.POST.get("state", "")
    if state not in LINE_STATE:
        raise NotFound("state")
    try:
        actions.settle_line(
            scope,
            line_id=line_id,
            state=state,
            proof=request.POST.get("proof", ""),
            resident_id=int(resident) if resident.isdigit() else None,
        )
    except Refused as refusal:
        messages.error(request, refusal_of(refusal))
    else:
        messages.success(request, _("Opened again.") if state == LineState.LOOKING else _("Settled."))
    return _back(request)


@require_POST
def hand_on(request: HttpRequest, line_id: int) -> HttpResponse:
    """A line belongs to another community, named or by its code."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    line = ListLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound("line", line_id)
    place = _meant(request.POST.get("to", "").strip(), line.community)
    if place is None:
        messages.error(request, _("Write the whole name of one community or village, or its 12-digit code."))
        return _back(request)
    try:
        actions.hand_on_line(scope, line_id=line_id, community=place.code)
    except Refused as refusal:
        messages.error(request, refusal_of(refusal))
    else:
        messages.success(request, _("Handed on to %(name)s.") % {"name": place.name})
    return _back(request)


def _meant(text: str, near: int) -> Any:
    if text.isdigit():
        code = int(text)
        name = places.area_name(code)
        return places.find_community(name, near=code) if name and len(text) == 12 else None
    here = near if areas.level_of(near) is Level.COMMUNITY else near + 1 if near % 1000 else near + 1001
    return places.find_community(text, near=here) if text else None


def _preview(scope: Scope, found: ReturneeList) -> dict[str, Any]:
    """The figures and the first lines of a list that waits."""
    read = actions.read_waiting(found)
    communities = place_lines(scope, found.community, read.lines)
    known = on_roster(found.community, read.lines, communities)
    names = places.names(filter(None, communities))
    rows = [
        (line, names.get(community or 0, ""), at in known, issues_of([list(issue) for issue in line.issues]))
        for at, (line, community) in enumerate(zip(read.lines, communities, strict=True))
    ]
    return {
        "rows": sorted(rows, key=lambda row: (not row[3], bool(row[1])))[:_SHOWN],
        "shown": _SHOWN,
        "count": len(rows),
        "placed": sum(map(bool, communities)),
        "unplaced": len(rows) - sum(map(bool, communities)),
        "known": len(known),
        "with_issues": sum(bool(row[3]) for row in rows),
        "nameless": _nameless(read.lines),
        "passed_over": read.passed_over,
    }


def _nameless(read: Sequence[Line]) -> int:
    return sum(not line.name for line in read)


def _state(request: HttpRequest, default: str = "") -> str:
    asked = request.GET.get("state", default)
    return asked if asked in {"", "unplaced", *LINE_STATE} else default


def _waiting(found: ReturneeList) -> int:
    """Lines of a long list that the worker has still to enter."""
    if found.rows <= actions.AT_ONCE:
        return 0
    rows = ListLine.objects.filter(listed_in=found, sighting=None, state=LineState.LOOKING)
    if areas.level_of(found.community) is not Level.COMMUNITY:
        rows = rows.exclude(community=found.community)
    return rows.exclude(issues__icontains="name_empty").count()


def _lines(request: HttpRequest, rows: QuerySet[ListLine], state: str) -> dict[str, Any]:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    page = Paginator(queries.in_state(rows, state), _PER_PAGE).get_page(request.GET.get("page"))
    shown = queries.opened(scope, list(page))
    names = places.names({one.line.community for one in shown})
    return {
        "page_obj": page,
        "state": state,
        "lines": [_shown(scope, one, names) for one in shown],
        "back": request.get_full_path(),
    }


def _shown(scope: Scope, one: OpenLine, names: dict[int, str]) -> dict[str, Any]:
    line, told = one.line, one.told
    badge, word = LINE_STATE[line.state]
    resident = line.sighting.resident if line.sighting else None
    return {
        "line": line,
        "told": told,
        "what": told.told,
        "badge": badge,
        "word": word,
        "how": LINE_HOW[line.how],
        "open": line.state == LineState.LOOKING,
        "community": names.get(line.community, ""),
        "placed": areas.level_of(line.community) is Level.COMMUNITY,
        "resident": resident,
        "returnee": line.sighting.returnee_id if line.sighting else None,
        "issues": issues_of(line.issues),
        "may_settle": scope.may(Permission.REGISTER_RETURNEE, line.community),
        "may_link": scope.may(Permission.EDIT_PEOPLE, line.community),
        "alike": [
            (
                resident,
                [LIKENESS.get(code, code) for code in likeness.reasons if WEIGHTS.get(code, -1) > 0],
                [LIKENESS.get(code, code) for code in likeness.reasons if WEIGHTS.get(code, -1) <= 0],
            )
            for resident, likeness in one.alike
        ],
    }


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if safe else reverse("people:search"))
