"""Caseloads made, named and given to callers; divisions asked for and decided on."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.access.queries import accounts_for
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.workforce import actions
from shouwang.workforce.enums import DivisionState
from shouwang.workforce.forms import CallerForm, ProposeForm
from shouwang.workforce.models import Division
from shouwang.workforce.queries import caseload as find_caseload
from shouwang.workforce.queries import households_of
from shouwang.workforce.queries.burden import homes
from shouwang.workforce.queries.divisions import division as find_division
from shouwang.workforce.views.words import WEIGHTS, refusal


def caseload(request: HttpRequest, caseload_id: int) -> HttpResponse:
    """GET: a caseload with its households. POST: its name and who carries it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = find_caseload(scope, caseload_id)
    scope.require(Permission.READ_ROUND, here.community)
    scope.require(Permission.READ_PEOPLE, here.community)
    may = scope.may(Permission.MANAGE_CASELOADS, here.community)
    accounts = accounts_for(Permission.RECORD_ATTEMPT, here.community) if may else []
    status = 200
    if request.method == "POST":
        form = CallerForm(request.POST, accounts=accounts)
        if form.is_valid():
            try:
                with transaction.atomic():
                    given = form.cleaned_data
                    actions.rename(scope, caseload_id=caseload_id, name=given["name"])
                    actions.set_caller(
                        scope,
                        caseload_id=caseload_id,
                        caller_id=given["caller_id"],
                        caller_name=given["caller_name"],
                    )
            except Refused as error:
                form.add_error(None, refusal(error))
            else:
                messages.success(request, _("Saved."))
                return redirect("workforce:caseload", caseload_id)
        status = 422
    else:
        initial = {
            "name": here.name,
            "caller_id": here.caller_id or "",
            "caller_name": "" if here.caller_id else here.caller_name,
        }
        form = CallerForm(initial=initial, accounts=accounts)
    inside = set(households_of(scope, caseload_id))
    living = [home for home in homes(scope, here.community) if home.household in inside]
    last_reached = import_string(settings.SHOUWANG_HOMES_LAST_REACHED)(scope, here.community, inside)
    context: dict[str, Any] = {
        "caseload": here,
        "area": places.area(scope, here.community),
        "ancestors": places.ancestors(here.community),
        "form": form,
        "may": may,
        "lines": [
            (home, [WEIGHTS[reason] for reason in home.reasons], last_reached.get(home.household))
            for home in living
        ],
        "people": sum(home.people for home in living),
        "load": round(sum(home.load for home in living), 1),
    }
    return render(request, "workforce/caseload.html", context, status=status)


@require_POST
def make(request: HttpRequest, code: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    made = actions.make_caseload(scope, community=code)
    messages.success(request, _("Caseload %(name)s is there. Say who carries it.") % {"name": made.name})
    return redirect("workforce:caseload", made.pk)


@require_POST
def close(request: HttpRequest, caseload_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    gone = actions.close_caseload(scope, caseload_id=caseload_id)
    return redirect("workforce:caseloads", gone.community)


@require_POST
def propose(request: HttpRequest, code: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how many caseloads there should be, from 1 to 2,000."))
        return redirect("workforce:caseloads", code)
    given = form.cleaned_data
    made = actions.propose_division(
        scope, community=code, caseloads=given["caseloads"], seconds=given["seconds"]
    )
    return _on(request, made)


@require_POST
def take_over(request: HttpRequest, caseload_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return _on(request, actions.take_over(scope, caseload_id=caseload_id))


@require_POST
def accept(request: HttpRequest, division_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    made = actions.accept_division(scope, division_id=division_id)
    messages.success(request, _("The division holds from now on. Say who carries the new caseloads."))
    return redirect("workforce:caseloads", made.community)


@require_POST
def discard(request: HttpRequest, division_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    made = actions.discard_division(scope, division_id=division_id)
    return redirect("workforce:caseloads", made.community)


def _on(request: HttpRequest, made: Division) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    made = find_division(scope, made.pk)
    name = "workforce:proposal" if made.state == DivisionState.PROPOSED else "workforce:caseloads"
    return redirect(name, made.community)
