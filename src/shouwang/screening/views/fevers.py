"""The fevers that somebody must take, from a community up to headquarters, with a clock on each."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.rules.ages import age_on
from shouwang.places import queries as places
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions.fever_calls import end_fever_call, take_fever_call
from shouwang.screening.enums import FeverEnd
from shouwang.screening.queries.fever_calls import FeverLine, Times, fever_calls, times
from shouwang.screening.views.words import CHANNEL_ICONS, CHANNELS, SEX, symptom_words

EVERY = 20
ENDS = {
    FeverEnd.HOSPITAL: pgettext_lazy("how a fever ended", "taken to hospital"),
    FeverEnd.HOME: pgettext_lazy("how a fever ended", "stays at home, under watch"),
    FeverEnd.MISTAKE: pgettext_lazy("how a fever ended", "measured again: no fever"),
    FeverEnd.UNREACHABLE: pgettext_lazy("how a fever ended", "could not be found"),
    FeverEnd.TURNED_BACK: pgettext_lazy("how a fever ended", "not let in, her own place was told"),
}

HERS, VISITORS = FeverEnd.TURNED_BACK, FeverEnd.HOME
"""How the fever of a resident does not end, and how that of a visitor does not."""


def fevers(request: HttpRequest, code: int) -> HttpResponse:
    """``?day=`` of another day."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    context = _part(request, scope, code) | {"ancestors": places.ancestors(code), "every": EVERY}
    return render(request, "screening/fevers.html", context)


def part(request: HttpRequest, code: int) -> HttpResponse:
    """The list alone, for the page that looks again by itself."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return render(request, "screening/fever_list.html", _part(request, scope, code))


@require_POST
def take(request: HttpRequest, code: int, call_id: int) -> HttpResponse:
    """Somebody sees to it. ``code`` is the area whose list one looks at."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    take_fever_call(scope, call_id=call_id)
    return _back(request, scope, code)


@require_POST
def end(request: HttpRequest, code: int, call_id: int) -> HttpResponse:
    """How it ended."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    told = request.POST
    if told.get("end") not in set(FeverEnd):
        raise Refused("fever_end", gettext_noop("Choose how it ended."))
    end_fever_call(
        scope,
        call_id=call_id,
        end=told["end"],
        where_to=told.get("where_to", ""),
        remarks=told.get("remarks", ""),
    )
    return _back(request, scope, code)


def _back(request: HttpRequest, scope: Scope, code: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return part(request, code)
    return redirect("screening:fevers", code)


def _part(request: HttpRequest, scope: Scope, code: int) -> dict[str, Any]:
    place = places.area(scope, code)
    first, last = areas.span(code)
    scope.require(Permission.READ_FEVERS, first, last)
    today, now = clock.today(), clock.now()
    day = _day(request.GET.get("day", ""), today)
    profile = profile_for(scope, code)
    lines = [
        _line(scope, one, now, profile.fever_take_minutes)
        for one in fever_calls(scope, first, last, day, still_open=day == today)
    ]
    return {
        "area": place,
        "day": day,
        "today": today,
        "profile": profile,
        "limit": profile.fever_take_minutes,
        "lines": lines,
        "waiting": sum(line["one"].waits for line in lines),
        "late": sum(line["late"] for line in lines),
        "times": _times(scope, code, day, code).get(code, Times()),
        "below": _below(scope, code, day) if first != last else [],
        "one_place": first == last,
        "duty": places.duty_phones(scope, code) if first == last else [],
        "list_url": f"{reverse('screening:fevers_list', args=[code])}?day={day.isoformat()}",
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1) if day < today else None,
    }


def _line(scope: Scope, one: FeverLine, now: dt.datetime, limit: int) -> dict[str, Any]:
    call, member = one.call, one.member
    sees = scope.may(Permission.READ_PEOPLE, call.community)
    passed = max(int((now - call.found_at).total_seconds()), 0)
    return {
        "one": one,
        "call": call,
        "member": member,
        "sees": sees,
        "sex": SEX.get(member.sex, "") if member else "",
        "age": age_on(member.born_on, call.day) if member else None,
        "symptoms": symptom_words(call.symptoms.split(",") if call.symptoms else ()),
        "source": CHANNELS[call.source],
        "icon": CHANNEL_ICONS[call.source],
        "href": reverse("people:household", args=[call.household]) if sees and call.household else "",
        "ends": [
            (key, word) for key, word in ENDS.items() if key is not (HERS if call.resident else VISITORS)
        ],
        "passed": passed,
        "minutes": passed // 60,
        "late": one.waits and passed > limit * 60,
        "minutes_taken": _minutes(call.found_at, call.taken_at),
        "minutes_ended": _minutes(call.found_at, call.ended_at),
        "end": ENDS[FeverEnd(call.end)] if call.end else "",
        "may_take": one.open and scope.may(Permission.TAKE_FEVER, call.community),
        "may_reveal": scope.may(Permission.REVEAL_SEALED, call.community),
        "office": places.duty_phones(scope, call.community)[:1] if one.open else [],
    }


def _times(scope: Scope, code: int, day: dt.date, place: int) -> dict[int, Times]:
    """How the day's fevers of the area ``code`` went, by places as large as ``place``."""
    return times(scope, *areas.span(code), day, span=_size(place))


def _below(scope: Scope, code: int, day: dt.date) -> list[tuple[Any, Times]]:
    """The places of the next level that had a fever that day; where most wait first, then the slowest."""
    below = places.children(scope, code)
    found = _times(scope, code, day, below[0].code) if below else {}
    rows = [(one, found[one.code]) for one in below if one.code in found]
    return sorted(rows, key=lambda row: (row[1].taken - row[1].found, -(row[1].to_taken or 0)))


def _size(code: int) -> int:
    first, last = areas.span(code)
    return last - first + 1


def _minutes(start: dt.datetime, end: dt.datetime | None) -> int | None:
    return max(int((end - start).total_seconds() // 60), 0) if end else None


def _day(written: str, today: dt.date) -> dt.date:
    try:
        return min(dt.date.fromisoformat(written), today)
    except ValueError:
        return today
