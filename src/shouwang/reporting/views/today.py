"""Today, one page a level: what is reached, what is not, who has a fever, what has not begun."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.queries.checks import Figures as GateFigures
from shouwang.gates.queries.checks import figures_of_gates
from shouwang.gates.queries.emergencies import untaken
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ReturneeSource
from shouwang.people.queries.returnees import returnees_seen
from shouwang.places import queries as places
from shouwang.places.enums import EntranceStatus
from shouwang.reporting import queries
from shouwang.reporting.queries import CommunityDay, DayOfArea, FeverLine, Group
from shouwang.reporting.rules import Figures
from shouwang.reporting.views.links import fever_way, home_area, ways_from
from shouwang.screening.queries.rounds import unassigned

SORTS = {
    "place": lambda row: row.code,
    "opened": lambda row: row.figures.rounds_opened - row.figures.rounds_expected,
    "share": lambda row: -1 if row.figures.reached_percent is None else row.figures.reached_percent,
    "not_reached": lambda row: row.figures.not_reached,
    "fevers": lambda row: row.figures.fevers,
    "checks": lambda row: row.figures.checks,
}
EVERY = 20
"""Seconds between two looks for fevers."""


@dataclass(frozen=True, slots=True)
class FeverRow:
    """A fever with the words and the way the page needs."""

    line: FeverLine
    since: str
    href: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate, open or with checks today, and its figures."""

    name: str
    compound: str
    status: str
    figures: GateFigures
    href: str


def home(request: HttpRequest) -> HttpResponse:
    """The first page: Today of the widest area, or what the role comes for."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if (area := home_area(scope, Permission.READ_TODAY)) is not None:
        return redirect("reporting:today", area)
    for permission, name in (
        (Permission.RECORD_CHECK, "gates:index"),
        (Permission.READ_ROUND, "screening:index"),
        (Permission.MANAGE_USERS, "access:users"),
    ):
        if scope.may(permission):
            return redirect(name)
    return redirect("places:index")


def today(request: HttpRequest, code: int) -> HttpResponse:
    """The page of an area."""
    day = _day(request, code)
    context = _live(request, day) | {
        "refresh_every": EVERY,
        "charts": charts(request, day),
        "yesterday": day.day - dt.timedelta(days=1),
        "ancestors": ancestors(request, code),
    }
    if day.level == Level.COMMUNITY:
        return render(request, "reporting/today_community.html", context | _community(request, day))
    sort = request.GET.get("sort", "place")
    key = SORTS.get(sort.lstrip("-"), SORTS["place"])
    rows: list[Group] = sorted(day.groups, key=key, reverse=sort.startswith("-"))
    rows.sort(
        key=lambda row: row.figures.empty == row.figures.communities
    )  # where nobody is entered comes last
    context |= {"rows": rows, "mapped": day.level == Level.COUNTY, "is_town": day.level == Level.TOWN}
    return render(request, "reporting/today_area.html", context)


def live(request: HttpRequest, code: int) -> HttpResponse:
    """The part of the page that looks again by itself: figures, alarms, fevers."""
    return render(request, "reporting/live.html", _live(request, _day(request, code)))


def _day(request: HttpRequest, code: int) -> DayOfArea:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    places.area(scope, code)
    scope.require(Permission.READ_TODAY, *areas.span(code))
    return queries.day_of(scope, code, clock.today())


def _live(request: HttpRequest, day: DayOfArea) -> dict[str, Any]:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    first, last = areas.span(day.code)
    sees_fevers = scope.may(Permission.READ_FEVERS, first, last)
    lines = queries.fever_lines(scope, day.code, day.day) if sees_fevers else []
    return {
        "day": day,
        "figures": day.figures,
        "sees_fevers": sees_fevers,
        "fevers": [FeverRow(line, ago(line.minutes), fever_way(scope, line)) for line in lines],
        "fever_count": len(lines) if sees_fevers else day.figures.fevers,
        "not_opened": missing(day),
        "may_open": scope.may(Permission.OPEN_ROUND, first, last),
        "nobodys": unassigned(scope, first, last, day.day)
        if scope.may(Permission.READ_ROUND, first, last)
        else (0, 0),
        "emergencies": sum(untaken(scope, first, last).values())
        if scope.may(Permission.READ_CHECKS, first, last)
        else 0,
        "returnees": returnees_seen(scope, day.code, day.day, ReturneeSource.GATE)
        if day.level == Level.COMMUNITY and scope.may(Permission.READ_PEOPLE, day.code)
        else 0,
        **ways_from(scope, day),
    }


def missing(day: DayOfArea) -> list[tuple[str, list[CommunityDay]]]:
    """Communities that owe a round, by the place below that they lie in."""
    if day.level >= Level.TOWN:
        return [("", day.not_opened)] if day.not_opened else []
    found = ((group.name, [c for c in group.communities if c.missing]) for group in day.groups)
    return [(name, communities) for name, communities in found if communities]


def _community(request: HttpRequest, day: DayOfArea) -> dict[str, Any]:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    done = figures_of_gates(scope, community=day.code, day=day.day)
    gates = [
        GateRow(
            way.name,
            way.compound.name if way.compound else "",
            way.status,
            done.get(way.pk, GateFigures()),
            reverse("gates:gate", args=[way.pk]) if scope.may(Permission.RECORD_CHECK, day.code) else "",
        )
        for way in places.entrances(scope, day.code)
        if way.status == EntranceStatus.OPEN or way.pk in done
    ]
    community = day.communities[0] if day.communities else CommunityDay(day.code, day.name, Figures())
    sees_rounds = scope.may(Permission.READ_ROUND, day.code)
    rounds = [
        (one, reverse("screening:round", args=[one.id]) if sees_rounds else "") for one in community.rounds
    ]
    return {"community": community, "gates": gates, "rounds": rounds}


def ancestors(request: HttpRequest, code: int) -> list[tuple[Any, bool]]:
    """The areas above, and whether the reader may see their day."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return [
        (above, scope.may(Permission.READ_TODAY, *areas.span(above.code))) for above in places.ancestors(code)
    ]


def charts(request: HttpRequest, day: DayOfArea) -> dict[str, Any]:
    """What the last days looked like: people reached and not, and fevers."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    days = queries.trend(scope, day.code, day.day)
    labels = [date_format(at, pgettext("short date on a chart", "j M")) for at, figures in days]
    known = [figures for at, figures in days]
    return {
        "reached": {
            "kind": "stack",
            "labels": labels,
            "series": [
                {
                    "name": _("reached"),
                    "values": [f and f.residents_reached for f in known],
                    "tone": "good",
                },
                {"name": _("not reached"), "values": [f and f.not_reached for f in known], "tone": "quiet"},
            ],
            "unit": _("people"),
        },
        "fevers": {
            "kind": "bar",
            "labels": labels,
            "series": [{"name": _("fevers"), "values": [f and f.fevers for f in known], "tone": "danger"}],
            "unit": _("people"),
            "written": True,
        },
        "any": sum(f is not None for f in known) > 1,
    }


def ago(minutes: int) -> str:
    """How long something has been known."""
    if minutes < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    return _("%(hours)s h %(minutes)s min ago") % {"hours": minutes // 60, "minutes": minutes % 60}
