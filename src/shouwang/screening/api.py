"""Rounds over the API: open and close, who is not reached, attempts in sets, fevers."""

import datetime as dt
from typing import Annotated, Any

from annotated_types import MaxLen
from django.http import HttpRequest
from ninja import Body, Router

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.screening import actions
from shouwang.screening.models import Round
from shouwang.screening.queries import board, rounds
from shouwang.screening.queries.fevers import Fever
from shouwang.screening.queries.fevers import fevers as find_fevers
from shouwang.screening.schemas import AttemptIn, FeverOut, NotReachedOut, OpenIn, RecordedOut, RoundOut

router = Router()
MOST = 200
"""So many attempts at once; a phone that has more sends them in turns."""


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


@router.get("{int:community}/rounds", response=list[RoundOut])
def list_rounds(request: HttpRequest, community: int) -> list[Round]:
    """The community's last 14 rounds, the latest first."""
    scope = _scope(request)
    places.area(scope, community)
    scope.require(Permission.READ_ROUND, community)
    return rounds.history(scope, community)


@router.post("{int:community}/rounds", response=RoundOut)
def open_round(request: HttpRequest, community: int, body: OpenIn) -> Round:
    """Open today's round; the one that is open already if there is one."""
    places.area(_scope(request), community)
    return actions.open_round(_scope(request), community=community, slot=body.slot)


@router.post("rounds/{int:round_id}/close", response=RoundOut)
def close_round(request: HttpRequest, round_id: int) -> Round:
    return actions.close_round(_scope(request), round_id=round_id)


@router.get("rounds/{int:round_id}/not-reached", response=list[NotReachedOut])
def list_not_reached(request: HttpRequest, round_id: int) -> list[dict[str, Any]]:
    """Every household with somebody still to be reached, the least tried first."""
    scope = _scope(request)
    here = rounds.round_by_id(scope, round_id)
    return [
        {
            "household": one.household.household_id,
            "compound": one.household.door.compound,
            "address": one.household.door.address,
            "next_step": one.next_step,
            **{
                name: getattr(one.household, name)
                for name in ("state", "due", "reached", "tries", "last_outcome", "last_at")
            },
        }
        for one in board.not_reached(scope, here, board.board(scope, here))
    ]


@router.post("{int:community}/attempts", response=list[RecordedOut])
def record_attempts(
    request: HttpRequest, community: int, body: Body[Annotated[list[AttemptIn], MaxLen(MOST)]]
) -> list[actions.Recorded]:
    """Record calls and visits once each; sending the same again is harmless. All or none."""
    places.area(_scope(request), community)
    return actions.record_attempts(
        _scope(request), community=community, attempts=[one.made() for one in body]
    )


@router.get("{int:area}/fevers", response=list[FeverOut])
def list_fevers(request: HttpRequest, area: int, day: dt.date | None = None) -> list[Fever]:
    """Everybody with a fever that day (default: today) in an area of any level, the latest first."""
    scope = _scope(request)
    places.area(scope, area)
    return find_fevers(scope, *areas.span(area), day or clock.today())
