"""One field to find whatever was said: on calls, visits and reports, in requests and in grievances."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold
from shouwang.people.queries.households import addresses_of
from shouwang.places import queries as places
from shouwang.screening.queries.search import LIMIT, Said, said
from shouwang.screening.views.words import CHANNEL_ICONS, CHANNELS

DAYS = (3, 14, 60)
LONGEST = 60
FRAGMENTS = ("supplies:found", "grievances:found")
"""What the domains beside this one found, each by its own fragment: they are strangers."""


def search(request: HttpRequest, code: int) -> HttpResponse:
    """``?q=`` any piece of what was said, in the last ``?days=``."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    text = fold(request.GET.get("q", ""))[:LONGEST]
    days = next((days for days in DAYS if str(days) == request.GET.get("days")), DAYS[1])
    rows = said(scope, code, text, since=clock.now() - dt.timedelta(days=days))
    addresses = addresses_of(scope, {row.household_id for row in rows})
    asked = urlencode({"q": text, "days": str(days)})
    return render(
        request,
        "screening/search.html",
        {
            "area": place,
            "ancestors": places.ancestors(code),
            "q": text,
            "days": days,
            "choices": DAYS,
            "limit": LIMIT,
            "lines": [_line(scope, row, addresses, text, code) for row in rows],
            "fragments": [f"{url}?{asked}" for name in FRAGMENTS if (url := _optional(name, code))]
            if text
            else [],
        },
    )


def _line(scope: Scope, row: Said, addresses: dict[int, str], text: str, community: int) -> dict[str, Any]:
    return {
        "said": row,
        "address": addresses.get(row.household_id, ""),
        "channel": CHANNELS[row.channel],
        "icon": CHANNEL_ICONS[row.channel],
        "texts": [
            (key, *_around(words, text))
            for key, words in (("needs", row.needs), ("trouble", row.trouble), ("remarks", row.remarks))
            if words
        ],
        "href": reverse("screening:record", args=[row.round_id, row.household_id])
        if scope.may(Permission.RECORD_ATTEMPT, community)
        else reverse("people:household", args=[row.household_id]),
    }


def _around(words: str, text: str) -> tuple[str, str, str]:
    """What stands before the text that was looked for, it, and what stands behind."""
    at = words.lower().find(text.lower())
    return (words, "", "") if at < 0 else (words[:at], words[at : at + len(text)], words[at + len(text) :])


def _optional(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
