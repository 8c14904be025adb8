"""Worth a call back: what stands out in a day's entries, who is rung again, and how far the answers agree."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.places import queries as places
from shouwang.screening.actions import call_backs as actions
from shouwang.screening.enums import CallBackState, Worth
from shouwang.screening.models import CallBack
from shouwang.screening.queries import honesty
from shouwang.screening.queries.rounds import latest_round
from shouwang.screening.rules.honesty import SAMPLE_SHARE
from shouwang.screening.views.ledger import chosen_day
from shouwang.screening.views.words import CHANNELS, WORTH

DAYS = 14
"""So many days the list and the agreement reach back."""
PAGE = 30
SHOWN = 12
"""So many doors of one run are named."""


def page(request: HttpRequest, code: int) -> HttpResponse:
    """For the office: ``?day=`` whose entries are looked at. A caller sees the households she may ring."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if areas.level_of(code) is not areas.Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.RECORD_ATTEMPT, code)
    day = chosen_day(request)
    leads = scope.may(Permission.OPEN_ROUND, code)
    since = day - dt.timedelta(days=DAYS - 1)
    lines = honesty.call_backs(scope, code, since, day)
    waiting = [line for line in lines if line.call_back.state == CallBackState.OPEN]
    shown = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    round_ = latest_round(scope, code)
    context: dict[str, Any] = {
        "area": place,
        "ancestors": places.ancestors(code),
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1) if day < clock.today() else None,
        "here_url": reverse("screening:call_backs", args=[code]),
        "leads": leads,
        "page_obj": shown,
        "open": [_line(line) for line in shown.object_list],
        "settled": [_line(line) for line in _latest(lines)],
        "round": round_ if round_ and round_.closed_at is None else None,
        "share": round(100 * SAMPLE_SHARE),
    }
    if leads:
        agreed = honesty.agreement(scope, code, since, day)
        context |= {
            "found": _found(scope, code, day),
            "drawn": any(line.call_back.day == day and line.call_back.why == Worth.SAMPLE for line in lines),
            "agreed": agreed,
            "by_channel": [(CHANNELS.get(key, key), one) for key, one in sorted(agreed.by_channel.items())],
            "by_maker": sorted(agreed.by_maker.items(), key=lambda pair: (-pair[1].differs, pair[0])),
        }
    return render(request, "screening/call_backs.html", context)


@require_POST
def add(request: HttpRequest, code: int) -> HttpResponse:
    """Put the households of the posted attempts on the list."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    try:
        attempts = [UUID(one) for one in request.POST.getlist("attempt")]
    except ValueError:
        raise Refused("attempt_id", gettext_noop("This is no record: go back and choose again.")) from None
    why = request.POST.get("why", "")
    added = actions.add_call_backs(
        scope,
        community=code,
        day=chosen_day(request),
        attempts=attempts,
        why=why if why in set(Worth) else Worth.CHOSEN,
    )
    messages.success(request, _added(added))
    return _back(request, code)


@require_POST
def draw(request: HttpRequest, code: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    added = actions.draw_call_backs(scope, community=code, day=chosen_day(request))
    messages.success(request, _added(added))
    return _back(request, code)


@require_POST
def settle(request: HttpRequest, code: int, call_back_id: int) -> HttpResponse:
    """``how``: the household says nobody rang (``deny``), or it is taken off the list (``drop``)."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    act = actions.deny_call_back if request.POST.get("how") == "deny" else actions.drop_call_back
    act(scope, call_back_id=call_back_id)
    return _back(request, code)


def _added(number: int) -> str:
    if not number:
        return _("Nothing new: these households stand on the list already, or nobody was reached that day.")
    return ngettext(
        "%(number)s household is to be rung again.", "%(number)s households are to be rung again.", number
    ) % {"number": number}


def _back(request: HttpRequest, code: int) -> HttpResponse:
    return redirect(f"{reverse('screening:call_backs', args=[code])}?day={chosen_day(request).isoformat()}")


def _latest(lines: list[honesty.CallBackLine]) -> list[honesty.CallBackLine]:
    """The last that were rung again, those with another answer first."""
    settled = [line for line in lines if line.call_back.state != CallBackState.OPEN]
    settled.sort(key=lambda line: line.call_back.settled_at or line.call_back.drawn_at, reverse=True)
    return sorted(settled[:PAGE], key=lambda line: line.call_back.state != CallBackState.DIFFERS)


def _line(line: honesty.CallBackLine) -> dict[str, Any]:
    one: CallBack = line.call_back
    return {"line": line, "one": one, "why": WORTH[one.why][1], "icon": WORTH[one.why][0]}


def _found(scope: Scope, code: int, day: dt.date) -> list[dict[str, Any]]:
    """What stands out, with the doors concerned, and which of them are on the list already."""
    runs, still = honesty.worth(scope, code, day), honesty.still(scope, code, day)
    homes = {entry.household for run in runs for entry in run.entries} | {one.household for one in still}
    doors = {door.household_id: door.address for door in roster.doors(scope, household_ids=homes)}
    names = honesty.makers(run.maker for run in runs)
    listed = {line.call_back.household for line in honesty.call_backs(scope, code, day, day)}
    found = [
        {
            "worth": run.worth,
            "icon": WORTH[run.worth][0],
            "title": WORTH[run.worth][1],
            "who": names[run.maker],
            "since": run.since,
            "until": run.until,
            "number": len(run.entries),
            "degrees": run.entries[0].degrees if run.worth == Worth.ALIKE else (),
            "homes": _homes([(e.household, e.attempt) for e in run.entries], doors, listed),
        }
        for run in runs
    ]
    if still:
        found.append(
            {
                "worth": Worth.STILL,
                "icon": WORTH[Worth.STILL][0],
                "title": WORTH[Worth.STILL][1],
                "number": len(still),
                "homes": _homes([(one.household, one.attempt) for one in still], doors, listed),
            }
        )
    return found


def _homes(pairs: list[tuple[int, UUID]], doors: dict[int, str], listed: set[int]) -> list[dict[str, Any]]:
    by_home = dict(pairs)
    return [
        {"door": doors.get(home, ""), "attempt": attempt, "listed": home in listed, "more": n >= SHOWN}
        for n, (home, attempt) in enumerate(by_home.items())
    ]
