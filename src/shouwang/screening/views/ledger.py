"""The completeness ledger: a day of a community, the people behind its figures, and the areas above."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.screening import actions
from shouwang.screening.enums import DayState
from shouwang.screening.queries import ledger as ledgers
from shouwang.screening.queries.everybody import PersonDay
from shouwang.screening.rules import DayFigures
from shouwang.screening.views.ledger_area import area_day
from shouwang.screening.views.words import DAY_STATES, OUTCOMES

PAGE = 60
NOT_REACHED = (DayState.UNASSIGNED, DayState.NOT_TRIED, DayState.UNREACHABLE, DayState.REFUSED)


def ledger(request: HttpRequest, code: int) -> HttpResponse:
    """``?day=`` of another day than today. Above a community: one row for each community."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    scope.require(Permission.READ_ROUND, *areas.span(code))
    day = chosen_day(request)
    context = {"area": place, "ancestors": places.ancestors(code), **_around(code, day)}
    if areas.level_of(code) is not areas.Level.COMMUNITY:
        return render(request, "screening/ledger_area.html", context | area_day(request, scope, code, day))
    found = ledgers.day(scope, code, day)
    shown = found.stood or found.now
    context |= {
        "ledger": found,
        "shown": shown,
        "rows": [_row(code, found, state) for state in DayState],
        "parts": share_parts(shown),
        "strip": _strip(scope, code, day),
        "may_sign": scope.may(Permission.OPEN_ROUND, code) and found.signed_off_at is None and shown.due,
        "may_ring": scope.may(Permission.RECORD_ATTEMPT, code),
        "changed_url": _people_url(code, day, "", "changed"),
        "unassigned_url": _people_url(code, day, DayState.UNASSIGNED, "now"),
        "caseloads_url": caseloads_url(code) if scope.may(Permission.EDIT_PEOPLE, code) else "",
    }
    return render(request, "screening/ledger.html", context)


def people(request: HttpRequest, code: int) -> HttpResponse:
    """Everybody behind a figure: ``?day=``, ``?state=`` (without: not reached), ``?as=`` stood, now or changed."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if areas.level_of(code) is not areas.Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.READ_ROUND, code)
    day, how = chosen_day(request), request.GET.get("as", "now")
    state = DayState(request.GET["state"]) if request.GET.get("state") in set(DayState) else None
    before: dict[int, PersonDay | None] = {}
    if how == "changed":
        pairs = ledgers.changed(scope, code, day)
        before = {now.resident_id: was for was, now in pairs}
        found = [now for _was, now in pairs]
    else:
        states = [state] if state else NOT_REACHED
        found = ledgers.people(scope, code, day, states=states, as_stood=how == "stood")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    sees = scope.may(Permission.READ_PEOPLE, code)
    lines = [
        {
            "line": line,
            "state": DAY_STATES[line.person.state],
            "was": DAY_STATES[was.state] if (was := before.get(line.person.resident_id)) else "",
            "was_state": was.state if was else "",
            "last": OUTCOMES.get(line.tried.last_outcome or "", ""),
            "href": reverse("people:household", args=[line.person.household_id]) if sees else "",
        }
        for line in ledgers.lines(scope, code, day, list(page.object_list))
    ]
    context = {
        "area": place,
        "ancestors": places.ancestors(code),
        "how": how,
        "state": state,
        "word": DAY_STATES[state] if state else "",
        "page_obj": page,
        "lines": lines,
        **_around(code, day),
    }
    return render(request, "screening/ledger_people.html", context)


@require_POST
def sign_off(request: HttpRequest, code: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    day, seen = chosen_day(request), request.POST.get("not_reached", "")
    actions.sign_off_day(
        scope,
        community=code,
        day=day,
        not_reached=int(seen) if seen.isdecimal() else -1,
        note=request.POST.get("note", ""),
    )
    messages.success(request, _("The day is signed off as it stands."))
    return redirect(f"{reverse('screening:ledger', args=[code])}?day={day.isoformat()}")


def chosen_day(request: HttpRequest) -> dt.date:
    """``day`` of the address or form; today for nonsense and days to come."""
    try:
        return min(
            dt.date.fromisoformat(request.POST.get("day") or request.GET.get("day", "")), clock.today()
        )
    except ValueError:
        return clock.today()


def share_parts(figures: DayFigures) -> list[dict[str, Any]]:
    """The bar of a day: each state's share of its people, laid side by side."""
    parts, offset = [], 0.0
    for state in DayState:
        width = 100 * figures.of(state) / figures.due if figures.due else 0.0
        if width:
            parts.append({"tone": TONES[state], "x": f"{offset:.3f}%", "width": f"{width:.3f}%"})
        offset += width
    return parts


TONES = {
    DayState.REACHED: "good",
    DayState.REFUSED: "violet",
    DayState.UNREACHABLE: "warn",
    DayState.MOVED: "gone",
    DayState.AWAY: "gone",
    DayState.NOT_TRIED: "quiet",
    DayState.UNASSIGNED: "danger",
}


def _strip(scope: Scope, code: int, day: dt.date) -> list[dict[str, Any]]:
    """The last days up to today; of a day further back, the days up to it."""
    today = clock.today()
    marks = ledgers.strip(scope, code, until=today if today - day < dt.timedelta(days=14) else day)
    return [
        {
            "mark": mark,
            "here": mark.day == day,
            "width": f"{100 * mark.figures.share:.1f}%" if mark.figures else "0%",
        }
        for mark in marks
    ]


def caseloads_url(code: int) -> str:
    """Where caseloads are divided; empty where there is no such page."""
    try:
        return reverse("workforce:caseloads", args=[code])
    except NoReverseMatch:
        return ""


def _row(code: int, found: ledgers.LedgerDay, state: DayState) -> dict[str, Any]:
    change = found.change
    return {
        "state": state,
        "word": DAY_STATES[state],
        "stood": found.stood.of(state) if found.stood else None,
        "now": found.now.of(state),
        "change": change.of(state) if change else 0,
        "stood_url": _people_url(code, found.day, state, "stood"),
        "now_url": _people_url(code, found.day, state, "now"),
    }


def _people_url(code: int, day: dt.date, state: str, how: str) -> str:
    return f"{reverse('screening:ledger_people', args=[code])}?day={day.isoformat()}&state={state}&as={how}"


def _around(code: int, day: dt.date) -> dict[str, Any]:
    today = clock.today()
    return {
        "day": day,
        "today": today,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1) if day < today else None,
        "here_url": reverse("screening:ledger", args=[code]),
    }
