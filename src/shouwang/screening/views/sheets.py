"""The round on paper: a sheet to print, and the page on which it is typed back with the keyboard alone."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.kernel.door_code import Door, write_door_code
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import actions
from shouwang.screening.forms.sheets import SheetForm
from shouwang.screening.models import Sheet
from shouwang.screening.queries.rounds import latest_round
from shouwang.screening.queries.sheets import Line, lines, sheet, sheets_of
from shouwang.screening.rules import sheets as rules
from shouwang.screening.views.words import OUTCOMES, SYMPTOMS, refusal
from shouwang.workforce.queries import caseload as find_caseload
from shouwang.workforce.queries import households_of

MOST_NUMBERS = 2
"""Phone numbers of a household that have room on its line."""
LESS = 3
"""So many lines fewer on a page with full numbers: they are higher, and above them stands the watermark."""


def caseload(request: HttpRequest, caseload_id: int) -> HttpResponse:
    """GET: print a sheet of a caseload, and the ones printed before. POST: ``day``; a new sheet."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = find_caseload(scope, caseload_id)
    scope.require(Permission.RECORD_ATTEMPT, here.community)
    today = clock.today()
    if request.method == "POST":
        try:
            day = dt.date.fromisoformat(request.POST.get("day", ""))
        except ValueError:
            day = today
        made = actions.print_sheet(scope, caseload_id=caseload_id, day=day)
        return redirect("screening:print_sheet", rules.write_number(made.pk))
    context = {
        "caseload": here,
        "area": places.area(scope, here.community),
        "ancestors": places.ancestors(here.community),
        "households": len(households_of(scope, caseload_id)),
        "may_reveal": scope.may(Permission.REVEAL_SEALED, here.community),
        "today": today,
        "tomorrow": today + dt.timedelta(days=1),
        "sheets": [(rules.write_number(one.pk), one) for one in sheets_of(scope, caseload_id)],
    }
    return render(request, "screening/sheet.html", context)


def find(request: HttpRequest) -> HttpResponse:
    """``?number=``: typed, or scanned from any page of a sheet."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.RECORD_ATTEMPT)
    written = request.GET.get("number", "")
    wrong = ""
    if written:
        try:
            found = sheet(scope, rules.read_number(written))
            return redirect("screening:type_sheet", rules.write_number(found.pk))
        except Refused as error:
            wrong = refusal(error)
        except NotFound:
            wrong = _("There is no sheet with this number here.")
    return render(
        request,
        "screening/sheet_find.html",
        {"written": written, "wrong": wrong},
        status=422 if wrong else 200,
    )


def print_(request: HttpRequest, number: str) -> HttpResponse:
    """The paper: A4, about 20 households a page. POST: with the phone numbers in full, for whoever may reveal them."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = _sheet(scope, number)
    scope.require(Permission.READ_PEOPLE, here.community)
    profile = profile_for(scope, here.community)
    numbers, mark = (
        actions.numbers_for_paper(scope, sheet_id=here.pk) if request.method == "POST" else (None, "")
    )
    pages = _pages(lines(scope, here), rules.LINES - (LESS if numbers is not None else 0))
    context = {
        "sheet": here,
        "number": number,
        "caseload": find_caseload(scope, here.caseload),
        "area": places.area(scope, here.community),
        "symptoms": _symptoms(profile.symptoms),
        "pages": [
            (place, qr(rules.write_page(here.pk, place)), [_paper(line, numbers) for line in page])
            for place, page in enumerate(pages, 1)
        ],
        "all": len(pages),
        "mark": mark,
        "may_reveal": scope.may(Permission.REVEAL_SEALED, here.community),
    }
    response = render(request, "screening/sheet_print.html", context)
    if numbers is not None:
        response["Cache-Control"] = "no-store"
    return response


def type_(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet with the lines of the paper. POST: what is good is kept, what is not is marked where it stands."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = _sheet(scope, number)
    scope.require(Permission.READ_PEOPLE, here.community)
    profile = profile_for(scope, here.community)
    written = lines(scope, here)
    form = SheetForm(request.POST or None, sheet=here, lines=written, profile=profile)
    status = 200
    if request.method == "POST":
        good = form.attempts()
        done = actions.record_sheet(scope, sheet_id=here.pk, attempts=good) if good else None
        if done:
            for household, error in done.refused.items():
                form.refuse(household, refusal(error))
            if done.kept:
                messages.success(
                    request,
                    ngettext("%(count)s household kept.", "%(count)s households kept.", done.kept)
                    % {"count": done.kept},
                )
        if not form.wrong:
            return redirect("screening:type_sheet", number)
        status = 422
        written = lines(scope, here)
        form.lines = written
    latest = latest_round(scope, here.community)
    context = {
        "sheet": here,
        "number": number,
        "caseload": find_caseload(scope, here.caseload),
        "area": places.area(scope, here.community),
        "ancestors": places.ancestors(here.community),
        "form": form,
        "rows": list(form.rows()),
        "symptoms": _symptoms(profile.symptoms),
        "typed": sum(line.attempt is not None for line in written),
        "outcomes": OUTCOMES,
        "doors": [write_door_code(Door(here.community, line.door.household_id), digest) for line in written],
        "board_url": reverse("screening:round", args=[latest.pk]) if latest else "",
        "round": latest,
    }
    return render(request, "screening/sheet_type.html", context, status=status)


def qr(text: str) -> SafeString:
    """A QR drawing, level M, with a margin of two modules: paper gives the rest."""
    drawing = segno.make(text, micro=False, error="m").svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 drawn here: a path of numbers


def _sheet(scope: Scope, number: str) -> Sheet:
    try:
        here = sheet(scope, rules.read_number(number))
    except Refused:
        raise NotFound("sheet", number) from None
    scope.require(Permission.RECORD_ATTEMPT, here.community)
    return here


def _symptoms(keys: tuple[str, ...] | list[str]) -> list[tuple[int, Any]]:
    return [(place, SYMPTOMS.get(key, key)) for place, key in enumerate(keys, 1)]


def _pages(written: list[Line], most: int) -> list[list[Line]]:
    """As many households a page as their lines allow."""
    pages: list[list[Line]] = [[]]
    room = most
    for line in written:
        needed = max(1, -(-len(line.people) // rules.ACROSS))
        if needed > room:
            pages.append([])
            room = most
        pages[-1].append(line)
        room -= needed
    return pages


def _paper(line: Line, numbers: Mapping[int, list[str]] | None) -> dict[str, Any]:
    people = list(line.people)
    groups = [people[at : at + rules.ACROSS] for at in range(0, max(1, len(people)), rules.ACROSS)]
    return {
        "line": line,
        "square": qr(write_door_code(Door(line.door.community, line.door.household_id), digest)),
        "groups": [group + [None] * (rules.ACROSS - len(group)) for group in groups],
        "phones": [next((one.phone_mask for one in people if one.phone_mask), "")]
        if numbers is None
        else [_grouped(number) for number in numbers.get(line.door.household_id, [])[:MOST_NUMBERS]],
    }


def _grouped(number: str) -> str:
    """As it is read out: 138 0000 1234."""
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 else number
