"""The gate desk: who is it, how warm, masked, out or in; and the answer."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates import actions
from shouwang.gates.enums import Direction, PassKind, Reason
from shouwang.gates.forms import KIND_WORDS, LONGEST_TOKEN, CheckForm
from shouwang.gates.models import Check
from shouwang.gates.queries import checks, people_at_gate
from shouwang.gates.queries.gates import Gate
from shouwang.gates.queries.gates import gate as find_gate
from shouwang.gates.rules.codes import read_code
from shouwang.gates.rules.token.sign import PREFIX
from shouwang.gates.views.lines import shown
from shouwang.gates.views.words import PASS_BADGES, advice, answer, refusal
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries import duty_phones

LATEST = 12


def gate(request: HttpRequest, entrance: int) -> HttpResponse:
    """``?q=``: who is it, also as a hand scanner types a pass. ``?resident=`` with it: this one. ``?unknown=1``: nobody
    on the roster. POST: the check."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = find_gate(scope, entrance)
    scope.require(Permission.RECORD_CHECK, here.community)
    if request.method == "POST":
        return _record(request, scope, here)
    typed = request.GET.get("q", "").strip()
    if not typed.startswith(PREFIX):
        typed = typed[:60]
    context: dict[str, Any] = {"typed": typed, "form": CheckForm(initial={"check_id": mint(), "q": typed})}
    if "unknown" in request.GET:
        context["state"] = "check"
    elif typed and (resident := request.GET.get("resident", "")).isdigit():
        person = people_at_gate.by_resident(scope, here, int(resident), typed, at=clock.now())
        context |= _person(context["form"], person)
    elif typed:
        context |= _search(scope, here, typed, context["form"])
    return gate_page(request, scope, here, context)


def latest(request: HttpRequest, entrance: int) -> HttpResponse:
    """Today's last checks of the gate, for the list that keeps itself fresh."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = find_gate(scope, entrance)
    return render(request, "gates/latest.html", {"gate": here, **_today(scope, here)})


def _search(scope: Scope, here: Gate, typed: str, form: CheckForm) -> dict[str, Any]:
    if typed.startswith(PREFIX):
        form.initial["q"] = ""
        shown = people_at_gate.pass_by_token(scope, here, typed[:LONGEST_TOKEN], at=clock.now())
        if shown.code:
            return _by_code(scope, here, shown.code, form)
        form.initial["token"] = typed[:LONGEST_TOKEN]
        return _shown(shown)
    if code := read_code(typed):
        return _by_code(scope, here, code, form)
    found = people_at_gate.find(scope, here, typed, at=clock.now())
    if len(found) == 1:
        return _person(form, found[0])
    return {"state": "choose", "people": [(person, PASS_BADGES[person.pass_state]) for person in found]}


def _by_code(scope: Scope, here: Gate, code: str, form: CheckForm) -> dict[str, Any]:
    if person := people_at_gate.by_code(scope, here, code, at=clock.now()):
        return _person(form, person)
    form.initial["code"] = code
    shown = people_at_gate.pass_by_code(scope, here, code, at=clock.now())
    return _shown(shown) if shown else {"state": "check", "typed": code, "no_such_pass": True}


def _shown(shown: people_at_gate.PassAtGate) -> dict[str, Any]:
    """A pass that no resident of this community stands behind."""
    if shown.unread:
        return {"state": "check", "shown": shown, "unread": advice(Reason(shown.unread))}
    return {
        "state": "check",
        "shown": shown,
        "kind": KIND_WORDS[shown.kind] if shown.kind else "",
        "vehicle": shown.kind is PassKind.VEHICLE,
        "badge": PASS_BADGES[shown.state],
    }


def _person(form: CheckForm, person: people_at_gate.AtGate) -> dict[str, Any]:
    form.initial.update(code=person.pass_code, resident=person.resident_id)
    return {"state": "check", "person": person, "badge": PASS_BADGES[person.pass_state]}


def _record(request: HttpRequest, scope: Scope, here: Gate) -> HttpResponse:
    form = CheckForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                check = _check(scope, here, form)
        except Refused as error:
            form.add_error("temperature" if error.code.startswith("temperature") else None, refusal(error))
        else:
            return gate_page(request, scope, here, {"state": "answer", **answered(scope, check)})
    context = {
        "state": "check",
        "form": form,
        "typed": request.POST.get("q", ""),
        **_again(scope, here, form),
    }
    return gate_page(request, scope, here, context, status=422)


def _check(scope: Scope, here: Gate, form: CheckForm) -> Check:
    given = form.cleaned_data
    who = {
        "check_id": given["check_id"],
        "entrance_id": here.id,
        "pass_code": given["code"],
        "token": given["token"],
        "resident_id": given["resident"],
        "temperature": given["temperature"],
        "masked": form.mask,
        "plate": given["plate"],
    }
    if given["emergency"]:
        return actions.record_emergency(
            scope, **who, direction=Direction(given["direction"] or Direction.OUT), what=given["remarks"]
        )
    return actions.record_check(
        scope, **who, direction=Direction(given["direction"]), remarks=given["remarks"]
    )


def _again(scope: Scope, here: Gate, form: CheckForm) -> dict[str, Any]:
    """The person, or the pass, of a form that has to be shown once more."""
    token, code, resident, typed = (form.data.get(name, "") for name in ("token", "code", "resident", "q"))
    if token:
        return _shown(people_at_gate.pass_by_token(scope, here, token, at=clock.now()))
    if code:
        return _by_code(scope, here, code, form)
    if resident.isdigit():
        try:
            return _person(
                form, people_at_gate.by_resident(scope, here, int(resident), typed, at=clock.now())
            )
        except NotFound:
            return {}
    return {}


def answered(scope: Scope, check: Check) -> dict[str, Any]:
    """What the page shows of a check that has just been recorded."""
    return {
        "line": shown(checks.check_line(scope, check)),
        "answer": answer(checks.judgement_of(scope, check)),
        "emergency_id": mint(),
    }


def _today(scope: Scope, here: Gate) -> dict[str, Any]:
    day = clock.today()
    page = checks.check_page(scope, community=here.community, day=day, entrance_id=here.id, limit=LATEST)
    figures = checks.figures_of_gates(scope, community=here.community, day=day)
    return {
        "lines": [shown(line) for line in page.lines],
        "figures": figures.get(here.id, checks.Figures()),
        "may_correct": scope.may(Permission.RECORD_CHECK, here.community),
    }


def gate_page(
    request: HttpRequest, scope: Scope, here: Gate, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The gate's page, or its working part for htmx."""
    by_part = bool(request.headers.get("HX-Request"))
    context = {
        "state": "ask",
        "gate": here,
        **context,
        **_today(scope, here),
        "phones": duty_phones(scope, here.community),
        "by_part": by_part,
    }
    template = "gates/work_part.html" if by_part else "gates/gate.html"
    return render(request, template, context, status=status)
