"""Passes: issue them for a household, end or replace one, print cards."""

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates import actions
from shouwang.gates.forms import ReasonForm, SearchForm
from shouwang.gates.queries import checks
from shouwang.gates.queries import passes as queries
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.lines import shown
from shouwang.gates.views.words import PASS_BADGES
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import find_lodgers
from shouwang.places.queries import area as find_area
from shouwang.places.queries import compounds

A_PAGE = 8


def passes(request: HttpRequest, code: int) -> HttpResponse:
    """Find the household that is to get passes."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.ISSUE_PASS, code)
    form = SearchForm(request.GET or None)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    return render(
        request,
        "gates/passes.html",
        {
            "area": area,
            "form": form,
            "typed": typed,
            "people": find_lodgers(scope, code, typed, limit=30),
            "in_force": queries.passes_in_force(scope, community=code, at=clock.now()),
            "compounds": compounds(scope, code),
        },
    )


def household(request: HttpRequest, household: int) -> HttpResponse:
    """The passes of a household; POST issues what is missing."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    people = queries.passes_of_household(scope, household=household, at=clock.now())
    home = people[0].person
    if request.method == "POST":
        wanted = [int(one) for one in request.POST.getlist("resident") if one.isdigit()]
        mine = [one.person.id for one in people if one.person.id in wanted]
        issued = actions.issue_passes(scope, community=home.community, resident_ids=mine) if mine else []
        messages.success(
            request,
            ngettext("%(number)s pass is in force.", "%(number)s passes are in force.", len(issued))
            % {"number": len(issued)},
        )
        return redirect("gates:household", household)
    context: dict[str, Any] = {
        "area": find_area(scope, home.community),
        "home": home,
        "people": [
            (one, PASS_BADGES[one.state], spaced(one.held.code) if one.held else "") for one in people
        ],
        "missing": [one for one in people if one.state not in queries.IN_HAND],
        "printable": any(one.state in queries.IN_HAND for one in people),
        "outs": [
            shown(line) for line in checks.outs_of(scope, community=home.community, household=household)
        ],
        "turn": checks.turn_of(scope, community=home.community, household=household, at=clock.now()),
        "today": clock.today(),
        "form": ReasonForm(),
    }
    return render(request, "gates/household.html", context)


@require_POST
def change(request: HttpRequest, pass_id: int, act: str) -> HttpResponse:
    """``act``: revoke or replace."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    act_on = {"revoke": actions.revoke_pass, "replace": actions.replace_pass}.get(act)
    if act_on is None:
        raise Http404
    changed = act_on(scope, pass_id=pass_id, reason=request.POST.get("reason", ""))
    messages.success(
        request,
        _("The pass is no longer in force.")
        if act == "revoke"
        else _("The new pass is %(code)s.") % {"code": spaced(changed.code)},
    )
    if changed.household_id is None:
        return redirect("gates:passes", changed.community)
    return redirect("gates:household", changed.household_id)


def print_cards(request: HttpRequest, code: int) -> HttpResponse:
    """Cards, eight to a sheet, of one household or of one compound. The code is what the square holds."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    wanted = {
        name: int(value)
        for name in ("household", "compound")
        if (value := request.GET.get(name, "")).isdigit()
    }
    if not wanted:
        return redirect("gates:passes", code)
    found = queries.cards(scope, community=code, at=clock.now(), **wanted)
    made = [(card, spaced(card.code), _square(card.code)) for card in found]
    return render(
        request,
        "gates/print.html",
        {
            "area": area,
            "sheets": [made[start : start + A_PAGE] for start in range(0, len(made), A_PAGE)],
            "cards": len(made),
            "household": wanted.get("household"),
        },
    )


def _square(code: str) -> SafeString:
    """The code as a QR drawing; any scanner that types what it reads fills the desk's field."""
    drawing = segno.make(code, micro=False, error="m").svg_inline(border=1, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 drawn here from letters of our own alphabet
