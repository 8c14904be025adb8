"""Squares dragged to another caseload: answered in JSON, for the script of the board."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.workforce import actions
from shouwang.workforce.views.words import refusal

MOST = 5000
"""Households in one move: the largest building several times over."""


@require_POST
def move(request: HttpRequest, code: int) -> JsonResponse:
    """``households``: ids with commas; ``to``: a caseload's id, empty for nobody's; ``fix``: 0 for an undo."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    to = request.POST.get("to", "")
    return _answer(
        request,
        lambda households: actions.move_households(
            scope,
            community=code,
            household_ids=households,
            caseload_id=int(to) if to.isdecimal() else None,
            fix=request.POST.get("fix") != "0",
        ),
    )


@require_POST
def adjust(request: HttpRequest, division_id: int) -> JsonResponse:
    """The same in a proposal; ``place``: the caseload's place in it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = request.POST.get("place", "")
    return _answer(
        request,
        lambda households: len(
            actions.adjust_division(
                scope,
                division_id=division_id,
                household_ids=households,
                load=int(place) if place.isdecimal() else -1,
            ).loads
        ),
    )


def _answer(request: HttpRequest, act: Callable[[list[int]], int]) -> JsonResponse:
    written = request.POST.get("households", "").split(",")
    households = [int(one) for one in written if one.isdecimal()]
    if not households or len(households) > MOST:
        return JsonResponse({"hint": ""}, status=400)
    try:
        with transaction.atomic():
            act(households)
    except Refused as error:
        return JsonResponse({"code": error.code, "hint": refusal(error)}, status=422)
    return JsonResponse({"moved": len(households)})
