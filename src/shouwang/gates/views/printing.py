"""What is printed: pass cards, door cards, posters of a gate."""

from collections.abc import Sequence
from typing import Any

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.gates.actions import sign_passes
from shouwang.gates.queries import cards as queries
from shouwang.gates.queries.gates import gate as find_gate
from shouwang.gates.views.pass_lines import pass_line
from shouwang.kernel.door_code import Door, write_door_code
from shouwang.kernel.scope import Scope
from shouwang.places.queries import area as find_area
from shouwang.places.queries import names, profile_for
from shouwang.places.queries.duty_phones import duty_phones

SHEETS = 50
"""So many sheets at once: drawn in two or three seconds, and no more than a printer's tray holds."""
MASK = 3
"""One of the eight, not the best each time: signatures look random under any, and trying all takes four times as
long."""
CARDS_A_SHEET, DOORS_A_SHEET = 8, 4


def cards(request: HttpRequest, code: int) -> HttpResponse:
    """Pass cards, eight to a sheet: of a household, of a compound, or one alone; ``page`` counts parts of ``SHEETS``.

    ``next=1``: the cards that begin later, after a renewal.
    """
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    wanted = _wanted(request, "household", "compound", "pass", "next")
    if not wanted.keys() - {"next"}:
        return redirect("gates:passes", code)
    at = clock.now()
    found = queries.passes_to_print(
        scope,
        area=code,
        at=at,
        household=wanted.get("household"),
        compound=wanted.get("compound"),
        one=wanted.get("pass"),
        following=bool(wanted.get("next")),
    )
    part = Paginator(found, SHEETS * CARDS_A_SHEET).get_page(request.GET.get("page"))
    signed = zip(part, sign_passes(list(part)), strict=True)
    good_in = names({one.area or code for one in part})
    made = [(pass_line(one, at), qr(text), good_in.get(one.area or code, "")) for one, text in signed]
    context = _sheets(made, CARDS_A_SHEET, part) | {
        "area": area,
        "wanted": wanted,
        "phone": next(iter(duty_phones(scope, code)), None),
    }
    return render(request, "gates/print_cards.html", context)


def doors(request: HttpRequest, code: int) -> HttpResponse:
    """Door cards, four to a sheet, of a compound or of one household."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    wanted = _wanted(request, "household", "compound")
    if not wanted:
        return redirect("gates:compounds", code)
    found = queries.door_cards(scope, community=code, **wanted)
    part = Paginator(found, SHEETS * DOORS_A_SHEET).get_page(request.GET.get("page"))
    made = [(card, qr(write_door_code(Door(card.community, card.household), digest))) for card in part]
    context = _sheets(made, DOORS_A_SHEET, part) | {
        "area": area,
        "wanted": wanted,
        "phone": next(iter(duty_phones(scope, code)), None),
    }
    return render(request, "gates/print_doors.html", context)


def poster(request: HttpRequest, entrance: int) -> HttpResponse:
    """What hangs at a way in: may one pass here, by which rules, and whom to call. ``size``: a4 or a3."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    gate = find_gate(scope, entrance)
    scope.require(Permission.READ_CHECKS, gate.community)
    profile = profile_for(scope, gate.community)
    return render(
        request,
        "gates/print_poster.html",
        {
            "gate": gate,
            "status": gate.facts.status.value,
            "others": queries.open_gates_beside(scope, gate),
            "profile": profile,
            "nobody_out": not (profile.outing_every_days and profile.outings_per_household),
            "hours": (profile.outing_from_hour, profile.outing_until_hour) != (0, 24),
            "phones": duty_phones(scope, gate.community)[:2],
            "size": "a3" if request.GET.get("size") == "a3" else "a4",
        },
    )


def qr(text: str) -> SafeString:
    """``text`` as a QR drawing of one path, level M, with the standard's blank margin of four modules."""
    drawing = segno.make(text, micro=False, error="m", mask=MASK).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 drawn here: a path of numbers


def _wanted(request: HttpRequest, *names: str) -> dict[str, int]:
    return {name: int(value) for name in names if (value := request.GET.get(name, "")).isdecimal()}


def _sheets(made: Sequence[Any], a_sheet: int, part: Any) -> dict[str, Any]:
    return {
        "sheets": [made[start : start + a_sheet] for start in range(0, len(made), a_sheet)],
        "number": part.paginator.count,
        "part": part,
        "first_sheet": (part.start_index() - 1) // a_sheet + 1,
        "all_sheets": -(-part.paginator.count // a_sheet),
    }
