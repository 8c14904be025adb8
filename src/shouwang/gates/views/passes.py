"""Passes: the list, one of them, the household's, and what ends or replaces one."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.sealed import digest
from shouwang.access.templatetags import figures
from shouwang.gates import actions
from shouwang.gates.actions.passes import LOST
from shouwang.gates.enums import PassKind
from shouwang.gates.forms import KIND_WORDS, EmergencyForm, PassesFilter, ReasonForm, VehicleForm
from shouwang.gates.queries import checks
from shouwang.gates.queries import passes as queries
from shouwang.gates.queries.passes import PassFilter
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.lines import shown
from shouwang.gates.views.pass_lines import holder_of, pass_line
from shouwang.kernel.areas import Level, level_of
from shouwang.kernel.door_code import PREFIX, read_door_code
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import squeeze
from shouwang.places.queries import area as find_area
from shouwang.places.queries import area_name

PAGE = 50


def passes(request: HttpRequest, code: int) -> HttpResponse:
    """All passes of an office, page by page; what is in force and what ends soon. A scanned door code leads home."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    at = clock.now()
    form = PassesFilter(request.GET or {"state": PassFilter.VALID})
    wanted = form.cleaned_data if form.is_valid() else {}
    typed = wanted.get("q", "")
    if squeeze(typed).upper().startswith(PREFIX):
        return redirect("gates:household", read_door_code(typed, digest).household)
    found = queries.pass_list(
        scope,
        area=code,
        at=at,
        typed=typed,
        kind=PassKind(wanted["kind"]) if wanted.get("kind") else None,
        state=PassFilter(wanted.get("state") or PassFilter.ALL),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    by_kind = queries.figures_by_kind(scope, area=code, at=at)
    ending = queries.endings(scope, area=code, at=at)
    return render(
        request,
        "gates/passes.html",
        {
            "area": area,
            "at_home": level_of(code) == Level.COMMUNITY,
            "form": form,
            "page": page,
            "lines": [pass_line(one, at) for one in page],
            "typed": typed,
            "in_force": sum(by_kind.values()),
            "by_kind": [(kind.value, KIND_WORDS[kind], number) for kind, number in by_kind.items()],
            "chosen": wanted.get("kind", ""),
            "ending_sum": sum(ending.values()),
            "ending_note": _next_ending(ending),
            "lapsed": queries.lapsed(scope, area=code, at=at),
        },
    )


def _next_ending(ending: dict[dt.date, int]) -> str:
    """The first day on which many end: ``2月29日 1,340``."""
    if not ending:
        return ""
    first = next(iter(ending))
    return f"{figures.day(first)} · {figures.figure(ending[first])}"


def one(request: HttpRequest, pass_id: int) -> HttpResponse:
    """One pass: whose, since when, and the buttons that end or replace it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.find_pass(scope, pass_id)
    at = clock.now()
    context = {
        "area": find_area(scope, found.community),
        "line": pass_line(found, at),
        "holder": holder_of(found),
        "found": found,
        "good_in": area_name(found.area or found.community),
        "heir": queries.heir_of(scope, found),
        "may_renew": queries.may_renew(scope, found, at),
        "form": ReasonForm(),
    }
    return render(request, "gates/pass.html", context)


def household(request: HttpRequest, household: int) -> HttpResponse:
    """The passes of a household; POST issues: ``kind`` resident (the ticked), emergency or vehicle; or renews them."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    at = clock.now()
    people = queries.passes_of_household(scope, household=household, at=at)
    home = people[0].person
    asked = request.POST if request.method == "POST" else {}
    kind = asked.get("kind", "")
    names = [(one.person.id, one.person.name) for one in people]
    emergency = EmergencyForm(asked if kind == PassKind.EMERGENCY else None, people=names)
    vehicle = VehicleForm(asked if kind == PassKind.VEHICLE else None)
    issued = None
    if emergency.is_valid():
        given = emergency.cleaned_data
        issued = actions.issue_passes(
            scope, community=home.community, resident_ids=[given["resident"]], kind=PassKind.EMERGENCY,
            valid_days=given["valid_days"],
        )  # fmt: skip
    elif vehicle.is_valid():
        issued = [actions.issue_vehicle_pass(scope, household_id=household, **vehicle.cleaned_data)]
    elif kind == PassKind.RESIDENT:
        ticked = {int(one) for one in request.POST.getlist("resident") if one.isdigit()}
        wanted = [one.person.id for one in people if one.person.id in ticked]
        issued = actions.issue_passes(scope, community=home.community, resident_ids=wanted) if wanted else []
    elif request.method == "POST" and asked.get("act") == "renew":
        number = actions.renew_passes(scope, community=home.community, household_id=household)
        return renewed(request, home.community, number, household=household)
    if issued is not None:
        messages.success(
            request,
            ngettext("%(number)s pass is in force.", "%(number)s passes are in force.", len(issued))
            % {"number": len(issued)},
        )
        return redirect("gates:household", household)
    others = queries.other_passes_of_household(scope, community=home.community, household=household, at=at)
    rows = [(one.person.name, pass_line(one.held, at) if one.held else None) for one in people]
    rows += [(holder_of(other), pass_line(other, at)) for other in others]
    context: dict[str, Any] = {
        "area": find_area(scope, home.community),
        "home": home,
        "rows": rows,
        "missing": [one for one in people if one.state not in queries.IN_HAND],
        "printable": any(line and line.in_hand for _, line in rows),
        "ending": queries.ending_passes(scope, area=home.community, at=at)
        .filter(household=household)
        .count(),
        "following": any(line and line.held.valid_from > at for _, line in rows),
        "emergency": emergency,
        "vehicle": vehicle,
        "outs": [
            shown(line) for line in checks.outs_of(scope, community=home.community, household=household)
        ],
        "turn": checks.turn_of(scope, community=home.community, household=household, at=at),
        "today": clock.today(),
    }
    return render(
        request, "gates/household.html", context, status=422 if emergency.errors or vehicle.errors else 200
    )


def renewed(request: HttpRequest, code: int, number: int, **wanted: int) -> HttpResponse:
    """Say how many were renewed and show the cards that begin later."""
    if number:
        messages.success(
            request,
            ngettext("%(number)s pass is renewed.", "%(number)s passes are renewed.", number)
            % {"number": number},
        )
    return redirect(f"{reverse('gates:print', args=[code])}?{urlencode(wanted)}&next=1")


@require_POST
def change(request: HttpRequest, pass_id: int, act: str) -> HttpResponse:
    """``act``: ``revoke`` with a reason; ``lost`` and ``renew`` show the new card, ready to print."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if act == "renew":
        following = actions.renew_pass(scope, pass_id=pass_id)
        return renewed(request, following.community, 1, **{"pass": following.pk})
    if act == "lost":
        new = actions.replace_pass(scope, pass_id=pass_id, reason=LOST)
        messages.success(
            request,
            _("The lost card is revoked. The new pass is %(code)s.") % {"code": spaced(new.code)},
        )
        return redirect(f"{reverse('gates:print', args=[new.community])}?pass={new.pk}")
    if act != "revoke":
        raise Http404
    ended = actions.revoke_pass(scope, pass_id=pass_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("The pass is no longer in force."))
    return redirect("gates:pass", ended.pk)
