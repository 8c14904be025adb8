"""Visitors: registered at the gate, listed for the office; vehicles with who sat in them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates import actions
from shouwang.gates.enums import Direction
from shouwang.gates.forms import VisitForm, VisitsFilter
from shouwang.gates.models import Check
from shouwang.gates.queries.gates import Gate
from shouwang.gates.queries.gates import gate as find_gate
from shouwang.gates.queries.vehicles import VehicleLine, vehicles_of_day
from shouwang.gates.queries.visits import visit_lines, visits_of_day
from shouwang.gates.rules.visits import VisitSaid
from shouwang.gates.views.desk import answered, gate_page
from shouwang.gates.views.lines import Line, shown
from shouwang.gates.views.words import refusal
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.temperature import parse_temperature
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries import area as find_area
from shouwang.places.queries import profile_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50
FIELDS = {"id": "id_number", "phone": "phone", "temperature": "temperature"}
"""Where a refusal shows, by the first word of its code."""


def register(request: HttpRequest, entrance: int) -> HttpResponse:
    """At the gate: who is it, to whom, why; and the check of her, with its answer."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = find_gate(scope, entrance)
    scope.require(Permission.RECORD_CHECK, here.community)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        initial={"visit_id": mint(), "check_id": mint(), "name": request.GET.get("name", "")[:60]},
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                check = _register(scope, here, form, request.POST.get("direction", ""))
        except Refused as error:
            form.add_error(FIELDS.get(error.code.partition("_")[0]), refusal(error))
        else:
            return gate_page(request, scope, here, {"state": "answer", **answered(scope, check)})
    return render(
        request, "gates/visitor.html", {"gate": here, "form": form}, status=422 if form.errors else 200
    )


def visitors(request: HttpRequest, code: int) -> HttpResponse:
    """The visitors of a day, numbers masked."""
    return _visitors(request, code)


@require_POST
@never_cache
def reveal(request: HttpRequest, code: int, visit_id: UUID) -> HttpResponse:
    """Show one number of a visitor in full. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    field = request.POST.get("field", "")
    find_area(scope, code)
    plain = actions.reveal_visit(scope, community=code, visit_id=visit_id, field=field)
    if request.headers.get("HX-Request"):
        return render(request, "gates/revealed.html", {"plain": plain, "field": field})
    return _visitors(request, code, revealed={(visit_id, field): plain})


def workbook(request: HttpRequest, code: int) -> HttpResponse:
    """The visitors of ``?day=`` as .xlsx; who took it is recorded, and stands in it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    find_area(scope, code)
    day = _asked(request)[0]
    response = HttpResponse(actions.export_visits(scope, community=code, day=day), content_type=XLSX)
    name = _("visitors-%(code)s-%(day)s.xlsx") % {"code": code, "day": day.isoformat()}
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def vehicles(request: HttpRequest, code: int) -> HttpResponse:
    """The vehicles of a day by plate, each with its occupants."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    day, typed, form = _asked(request)
    found = vehicles_of_day(scope, community=code, day=day, plate=typed)
    return render(
        request,
        "gates/vehicles.html",
        {
            "area": area,
            "day": day,
            "form": form,
            "typed": typed,
            "rows": [_vehicle(line) for line in found.lines],
            "more": found.more,
        },
    )


def _register(scope: Scope, here: Gate, form: VisitForm, direction: str) -> Check:
    given = form.cleaned_data
    said = VisitSaid(
        **{name: given[name] for name in ("name", "id_number", "phone", "whom", "why", "origin", "plate")},
        returnee=given["returnee"],
        arrived_on=given["arrived_on"],
    )
    return actions.register_visit(
        scope,
        visit_id=given["visit_id"],
        said=said,
        check=actions.CheckMade(
            given["check_id"],
            here.id,
            Direction.OUT if direction == Direction.OUT else Direction.IN,
            temperature=parse_temperature(given["temperature"], profile_for(scope, here.community)),
            masked=given["masked"] == "yes",
            plate=given["plate"],
            visit=given["visit_id"],
        ),
    )


def _visitors(
    request: HttpRequest, code: int, revealed: dict[tuple[UUID, str], str] | None = None
) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    day, typed, form = _asked(request)
    page = Paginator(visits_of_day(scope, community=code, day=day, wanted=typed), PER_PAGE).get_page(
        request.GET.get("page")
    )
    told = revealed or {}
    return render(
        request,
        "gates/visitors.html",
        {
            "area": area,
            "day": day,
            "form": form,
            "typed": typed,
            "page_obj": page,
            "lines": [
                (line, told.get((line.visit.id, "id_number")), told.get((line.visit.id, "phone")))
                for line in visit_lines(scope, code, list(page))
            ],
            "may_reveal": scope.may(Permission.REVEAL_SEALED, code),
            "may_issue": day == clock.today() and scope.may(Permission.ISSUE_PASS, code),
            "may_export": scope.may(Permission.EXPORT_REPORT, code),
        },
    )


def _asked(request: HttpRequest) -> tuple[dt.date, str, VisitsFilter]:
    form = VisitsFilter(request.GET or None, today=clock.today())
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return given.get("day") or clock.today(), given.get("q", ""), form


def _vehicle(line: VehicleLine) -> tuple[Line, str, list[tuple[Line, str]]]:
    """The vehicle's check, its driver if she registered, and each occupant with the name she registered under."""
    return (
        shown(line.line),
        line.line.visitor,
        [(shown(one), one.visitor) for one in line.occupants],
    )
