"""The office's pages: the links of a community, their cards, and who reports herself."""

import datetime as dt
from typing import Any

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.templatetags.figures import figure
from shouwang.door import actions
from shouwang.door.queries import links as queries
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import community_of
from shouwang.people.queries.households import doors as household_doors
from shouwang.people.queries.population import population
from shouwang.places.queries import area as find_area
from shouwang.places.queries import compounds
from shouwang.places.queries.duty_phones import duty_phones

CARDS_A_SHEET, SHEETS = 8, 50
A_PAGE = 100
DAYS = 7
"""So many days of self-reports are shown."""


def links(request: HttpRequest, code: int) -> HttpResponse:
    """Which households have a link, which use it, and how many reported themselves on the last days."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.ISSUE_PASS, code)
    found = queries.links(scope, code)
    state, compound = request.GET.get("state", ""), _number(request.GET.get("compound"))
    homes = household_doors(scope, code, compound=compound)
    today = clock.today()
    chosen = {
        "none": homes.exclude(pk__in=list(found)),
        "used": homes.filter(pk__in=[home for home, link in found.items() if link.used_at]),
        "unused": homes.filter(pk__in=[home for home, link in found.items() if not link.used_at]),
        "again": homes.filter(pk__in=[home for home, link in found.items() if link.again_at]),
        "today": homes.filter(pk__in=[home for home, link in found.items() if link.reported_on == today]),
    }.get(state, homes)
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    used = sum(1 for link in found.values() if link.used_at)
    return render(
        request,
        "door/links.html",
        {
            "area": area,
            "page": page,
            "lines": [(home, found.get(home.pk)) for home in page],
            "state": state,
            "compound": compound,
            "compounds": compounds(scope, code),
            "made": len(found),
            "missing": household_doors(scope, code).exclude(pk__in=list(found)).exists(),
            "used": used,
            "again": sum(1 for link in found.values() if link.again_at),
            "households": population(scope, code).households,
            "days": _days(scope, code, today),
            "today": today,
        },
    )


@require_POST
def make(request: HttpRequest, code: int) -> HttpResponse:
    """Links for all households that have none."""
    made = actions.make_links(request.scope, community=code)  # type: ignore[attr-defined]
    _tell(request, ngettext("%(number)s link was made.", "%(number)s links were made.", made), made)
    return redirect("door:links", code)


@require_POST
def renew_all(request: HttpRequest, code: int) -> HttpResponse:
    """Another link for every household of the community: all cards are dead from now on."""
    renewed = actions.renew_links(request.scope, community=code)  # type: ignore[attr-defined]
    _tell(
        request, ngettext("%(number)s link was renewed.", "%(number)s links were renewed.", renewed), renewed
    )
    return redirect("door:links", code)


@require_POST
def renew(request: HttpRequest, household: int) -> HttpResponse:
    """Another link for one household, and its new card to print."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community = community_of(scope, household)
    actions.renew_links(scope, community=community, households=[household])
    response = redirect("door:cards", community)
    response["Location"] += f"?household={household}"
    return response


@require_POST
def handed_out(request: HttpRequest, household: int) -> HttpResponse:
    """The card of a household that others were put together with has been handed out again."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community = community_of(scope, household)
    actions.note_handed_out(scope, community=community, household=household)
    return redirect(f"{reverse('door:links', args=[community])}?state=again")


def cards(request: HttpRequest, code: int) -> HttpResponse:
    """The residents' cards, eight to a sheet: of a compound, of one household, or of all; ``page`` counts parts."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.ISSUE_PASS, code)
    wanted = {name: value for name in ("household", "compound") if (value := _number(request.GET.get(name)))}
    homes = household_doors(scope, code, compound=wanted.get("compound"))
    if "household" in wanted:
        homes = homes.filter(pk=wanted["household"])
    homes = homes.filter(pk__in=list(queries.links(scope, code)))
    part = Paginator(homes, SHEETS * CARDS_A_SHEET).get_page(request.GET.get("page"))
    printed = queries.cards(scope, code, [home.pk for home in part])
    made = [(home, printed[home.pk], _qr(request, printed[home.pk])) for home in part if home.pk in printed]
    return render(
        request,
        "door/cards.html",
        {
            "area": area,
            "wanted": wanted,
            "sheets": [made[at : at + CARDS_A_SHEET] for at in range(0, len(made), CARDS_A_SHEET)],
            "number": part.paginator.count,
            "part": part,
            "first_sheet": (part.start_index() - 1) // CARDS_A_SHEET + 1,
            "all_sheets": -(-part.paginator.count // CARDS_A_SHEET),
            "phone": next(iter(duty_phones(scope, code)), None),
            "enter": request.build_absolute_uri("/d/").split("//", 1)[1],
        },
    )


def _qr(request: HttpRequest, card: queries.Card) -> SafeString:
    drawing = segno.make(request.build_absolute_uri(f"/d/{card.token}"), micro=False, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 drawn here: a path of numbers


def _days(scope: Scope, code: int, today: dt.date) -> list[dict[str, Any]]:
    since = today - dt.timedelta(days=DAYS - 1)
    kept = {day.day: day for day in queries.days(scope, code, since)}
    return [
        {"day": day, "households": kept[day].households if day in kept else 0}
        for day in (since + dt.timedelta(days=at) for at in range(DAYS))
    ]


def _tell(request: HttpRequest, text: str, number: int) -> None:
    messages.success(
        request, text % {"number": figure(number)} if number else gettext("Nothing had to be done.")
    )


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 16 else None
