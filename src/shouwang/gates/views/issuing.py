"""New passes: whose household, or a form for who comes from outside; and those of whole compounds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates import actions
from shouwang.gates.enums import PassKind
from shouwang.gates.forms import ResponderForm, SearchForm, SupplyForm, VisitorForm
from shouwang.gates.queries import passes as queries
from shouwang.gates.queries.gates import gates
from shouwang.gates.queries.visits import visits_of_day
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.passes import renewed
from shouwang.kernel.areas import Level, level_of, span
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import find_lodgers
from shouwang.places.queries import ancestors
from shouwang.places.queries import area as find_area

FOUND_MOST = 30
VISITS_MOST = 100


def new(request: HttpRequest, code: int) -> HttpResponse:
    """``kind``: for a household, which is searched for first, or visitor, responder, supply."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.ISSUE_PASS, *span(code))
    at_home = level_of(code) == Level.COMMUNITY
    kind = request.GET.get("kind") or ("household" if at_home else PassKind.RESPONDER)
    context: dict[str, Any] = {"area": area, "kind": kind, "at_home": at_home}
    status = 200
    if kind == "household" and at_home:
        search = SearchForm(request.GET or None)
        typed = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
        context |= {
            "search": search,
            "typed": typed,
            "people": find_lodgers(scope, code, typed, limit=FOUND_MOST),
        }
    else:
        form = _form(scope, request, code, kind)
        if form.is_valid():
            return redirect("gates:pass", _issue(request, scope, code, kind, form.cleaned_data))
        status = 422 if form.errors else 200
        context |= {"form": form}
    return render(request, "gates/new_pass.html", context, status=status)


def _form(
    scope: Scope, request: HttpRequest, code: int, kind: str
) -> VisitorForm | ResponderForm | SupplyForm:
    given = request.POST if request.method == "POST" else None
    if kind == PassKind.VISITOR:
        wanted = request.GET.get("visit", "")
        today = visits_of_day(scope, community=code, day=clock.today())
        visits = sorted(today, key=lambda one: str(one.id) != wanted)[:VISITS_MOST]
        return VisitorForm(
            given, visits=[(one.id, f"{one.name} → {one.whom}") for one in visits], chosen=wanted
        )
    chosen = ResponderForm if kind == PassKind.RESPONDER else SupplyForm
    return chosen(given, areas=_reach(scope, code))


def _reach(scope: Scope, code: int) -> list[tuple[int, str]]:
    """The area and those above it for which this issuer may sign."""
    above = [one for one in ancestors(code) if scope.may(Permission.ISSUE_PASS, *span(one.code))]
    return [(one.code, one.name) for one in (find_area(scope, code), *reversed(above))]


def _issue(request: HttpRequest, scope: Scope, code: int, kind: str, given: dict[str, Any]) -> int:
    """Issue, say so, and give the number of the pass."""
    if kind == PassKind.VISITOR:
        issued = actions.issue_visitor_pass(
            scope, community=code, visit_id=given["visit"], valid_days=given["valid_days"]
        )
    elif kind == PassKind.RESPONDER:
        issued = actions.issue_responder_pass(scope, **given)
    else:
        issued = actions.issue_supply_pass(scope, **given)
    messages.success(request, _("The pass is %(code)s.") % {"code": spaced(issued.code)})
    return issued.pk


def compounds(request: HttpRequest, code: int) -> HttpResponse:
    """How far each compound is; POST issues what a compound lacks, or renews what ends soon."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    at = clock.now()
    found = queries.compound_passes(scope, community=code, at=at)
    if request.method == "POST":
        wanted = next((one for one in found if str(one.compound) == request.POST.get("compound")), None)
        if wanted and request.POST.get("act") == "renew":
            number = actions.renew_passes(scope, community=code, compound_id=wanted.compound)
            return renewed(request, code, number, compound=wanted.compound)
        if wanted:
            issued = actions.issue_compound_passes(scope, community=code, compound_id=wanted.compound)
            messages.success(
                request,
                ngettext("%(number)s pass is in force.", "%(number)s passes are in force.", len(issued))
                % {"number": len(issued)},
            )
        return redirect(reverse("gates:compounds", args=[code]))
    return render(
        request, "gates/compounds.html", {"area": area, "compounds": found, "ways": gates(scope, code)}
    )
