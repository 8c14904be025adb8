"""Who has a fever today, from a community up to headquarters."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.people.rules.ages import age_on
from shouwang.places import queries as places
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.queries.fevers import Fever
from shouwang.screening.queries.fevers import fevers as find_fevers
from shouwang.screening.views.words import CHANNEL_ICONS, CHANNELS, SEX, symptom_words

EVERY = 20


def fevers(request: HttpRequest, code: int) -> HttpResponse:
    """``?day=`` of another day."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    context = _part(request, scope, code) | {"ancestors": places.ancestors(code), "every": EVERY}
    return render(request, "screening/fevers.html", context)


def part(request: HttpRequest, code: int) -> HttpResponse:
    """The list alone, for the page that looks again by itself."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return render(request, "screening/fever_list.html", _part(request, scope, code))


def _part(request: HttpRequest, scope: Scope, code: int) -> dict[str, Any]:
    place = places.area(scope, code)
    first, last = areas.span(code)
    scope.require(Permission.READ_FEVERS, first, last)
    day = _day(request.GET.get("day", ""))
    found = find_fevers(scope, first, last, day)
    return {
        "area": place,
        "day": day,
        "today": clock.today(),
        "profile": profile_for(scope, code),
        "lines": [_line(scope, fever, day) for fever in found],
        "one_place": first == last,
        "list_url": f"{reverse('screening:fevers_list', args=[code])}?day={day.isoformat()}",
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1) if day < clock.today() else None,
    }


def _line(scope: Scope, fever: Fever, day: dt.date) -> dict[str, Any]:
    member = fever.member
    if fever.round_id and scope.may(Permission.RECORD_ATTEMPT, fever.community):
        href = reverse("screening:record", args=[fever.round_id, fever.household_id])
    elif scope.may(Permission.READ_PEOPLE, fever.community):
        href = reverse("people:household", args=[fever.household_id])
    else:
        href = ""
    return {
        "fever": fever,
        "sees": scope.may(Permission.READ_PEOPLE, fever.community),
        "sex": SEX.get(member.sex, "") if member else "",
        "age": age_on(member.born_on, day) if member else None,
        "symptoms": symptom_words(fever.symptoms),
        "source": CHANNELS[fever.source],
        "icon": CHANNEL_ICONS[fever.source],
        "href": href,
    }


def _day(written: str) -> dt.date:
    try:
        return min(dt.date.fromisoformat(written), clock.today())
    except ValueError:
        return clock.today()
