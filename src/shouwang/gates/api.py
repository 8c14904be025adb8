"""The gate over the API: checks in sets, who stands at the gate, passes."""

import datetime as dt
from typing import Annotated

from annotated_types import MaxLen
from django.http import HttpRequest
from ninja import Body, Router

from shouwang.access import clock
from shouwang.gates import actions
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Check, Pass
from shouwang.gates.queries import checks as queries
from shouwang.gates.queries import people_at_gate
from shouwang.gates.queries.gates import gate
from shouwang.gates.queries.passes import PassFilter, pass_list
from shouwang.gates.schemas import (
    CheckIn,
    CheckOut,
    HourOut,
    PassIn,
    PassOut,
    PersonOut,
    ReasonIn,
    ResponderPassIn,
    SupplyPassIn,
    VehiclePassIn,
    VisitorPassIn,
)
from shouwang.kernel.scope import Scope

router = Router()
MOST = 500
"""So many checks at once; a phone that has more sends them in turns."""


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


@router.post("{int:community}/checks", response=list[CheckOut])
def record_checks(
    request: HttpRequest, community: int, body: Body[Annotated[list[CheckIn], MaxLen(MOST)]]
) -> list[Check]:
    """Record checks once each; sending the same again is harmless. All or none."""
    return actions.record_checks(
        _scope(request), community=community, checks=[check.made() for check in body]
    )


@router.get("{int:community}/checks", response=list[CheckOut])
def checks(
    request: HttpRequest, community: int, day: dt.date | None = None, entrance: int | None = None
) -> list[Check]:
    """The latest 500 checks of a day."""
    page = queries.check_page(
        _scope(request), community=community, day=day or clock.today(), entrance_id=entrance, limit=MOST
    )
    return [line.check for line in page.lines]


@router.get("{int:community}/hours", response=list[HourOut])
def hours(
    request: HttpRequest, community: int, day: dt.date | None = None, entrance: int | None = None
) -> list[queries.Hour]:
    """Out, in and turned back in each of the day's 24 local hours."""
    return queries.hours_of_day(
        _scope(request), community=community, day=day or clock.today(), entrance_id=entrance
    )


@router.get("gate/{int:entrance}/people", response=list[PersonOut])
def people(request: HttpRequest, entrance: int, q: str) -> list[people_at_gate.AtGate]:
    """Who may be meant by a pass code, the beginning of a name, or four last characters of phone or ID."""
    scope = _scope(request)
    here = gate(scope, entrance)
    holder = people_at_gate.by_code(scope, here, q, at=clock.now())
    return [holder] if holder else people_at_gate.find(scope, here, q, at=clock.now())


@router.get("{int:area}/passes", response=list[PassOut])
def passes(
    request: HttpRequest,
    area: int,
    q: Annotated[str, MaxLen(60)] = "",
    kind: PassKind | None = None,
    state: PassFilter = PassFilter.VALID,
) -> list[Pass]:
    """The latest 500 passes that an area's office issued; ``q`` is a code, a plate, or the beginning of a name."""
    found = pass_list(_scope(request), area=area, at=clock.now(), typed=q, kind=kind, state=state)
    return list(found[:MOST])


@router.post("passes", response=PassOut)
def issue_pass(request: HttpRequest, body: PassIn) -> Pass:
    """The resident's open pass of this kind; a new one if there is none."""
    return actions.issue_pass(
        _scope(request), resident_id=body.resident, kind=body.kind, valid_days=body.valid_days
    )


@router.post("passes/vehicle", response=PassOut)
def issue_vehicle_pass(request: HttpRequest, body: VehiclePassIn) -> Pass:
    """The open pass of a household's vehicle; a new one if there is none."""
    return actions.issue_vehicle_pass(
        _scope(request), household_id=body.household, plate=body.plate, valid_days=body.valid_days
    )


@router.post("passes/visitor", response=PassOut)
def issue_visitor_pass(request: HttpRequest, body: VisitorPassIn) -> Pass:
    """The open pass of a registered visitor; a new one if there is none."""
    return actions.issue_visitor_pass(
        _scope(request), community=body.community, visit_id=body.visit, valid_days=body.valid_days
    )


@router.post("passes/responder", response=PassOut)
def issue_responder_pass(request: HttpRequest, body: ResponderPassIn) -> Pass:
    """The open pass of a responder; a new one if there is none."""
    return actions.issue_responder_pass(_scope(request), **body.dict())


@router.post("passes/supply", response=PassOut)
def issue_supply_pass(request: HttpRequest, body: SupplyPassIn) -> Pass:
    """The open pass of a supply vehicle; a new one if there is none."""
    return actions.issue_supply_pass(_scope(request), **body.dict())


@router.post("passes/{int:pass_id}/revoke", response=PassOut)
def revoke_pass(request: HttpRequest, pass_id: int, body: ReasonIn) -> Pass:
    return actions.revoke_pass(_scope(request), pass_id=pass_id, reason=body.reason)


@router.post("passes/{int:pass_id}/replace", response=PassOut)
def replace_pass(request: HttpRequest, pass_id: int, body: ReasonIn) -> Pass:
    """The new pass for a lost or spoilt one."""
    return actions.replace_pass(_scope(request), pass_id=pass_id, reason=body.reason)
