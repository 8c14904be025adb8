"""The household's passes, and one of them on the telephone's screen in place of a lost card."""

import datetime as dt
from typing import Any

import segno
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.door.actions.guessing import count_wrong_tail, may_guess_tail
from shouwang.door.views.opened import Opened, at_the_door
from shouwang.door.views.words import PASS_KINDS
from shouwang.gates.actions import sign_pass
from shouwang.gates.queries.household_passes import knows_holder, own_passes
from shouwang.kernel.errors import NotFound
from shouwang.kernel.text import mask_name


@at_the_door
def passes(door: Opened) -> HttpResponse:
    """What kind, whose, how long; a resident's own in force can be shown at the gate."""
    return door.page("door/passes.html", lines=[_line(door, found) for found in _own(door)])


@at_the_door
def pass_(door: Opened, number: int) -> HttpResponse:
    """The square of a resident's pass, after the last four of her ID number or phone; never before, and not kept.

    The link alone does not do it: anybody may have photographed the card of the household.
    """
    found = next((one for one in _own(door) if one.pk == number), None)
    line = _line(door, found) if found else {}
    if found is None or not line["shown"]:
        raise NotFound("pass", number)
    wrong = ""
    if door.request.method == "POST":
        typed = door.request.POST.get("four", "")[:20]
        if not may_guess_tail(found.pass_id):
            wrong = "wait"
        elif knows_holder(found, typed):
            audit(
                door.scope,
                "show_pass",
                community=door.here.community,
                subject_kind="pass",
                subject_id=found.pk,
            )
            square = _qr(sign_pass(found))
            return door.page("door/pass.html", line=line, square=square, code=found.code)
        else:
            count_wrong_tail(found.pass_id)
            wrong = "unknown"
    status = {"": 200, "wait": 429}.get(wrong, 422)
    return door.page("door/pass_ask.html", status, line=line, wrong=wrong)


def _own(door: Opened) -> list[Any]:
    return own_passes(door.scope, door.here.community, door.here.household, clock.now())


def _line(door: Opened, found: Any) -> dict[str, Any]:
    early = found.valid_from > clock.now()
    return {
        "number": found.pk,
        "kind": PASS_KINDS.get(found.kind, found.kind),
        "whose": found.plate
        or door.names.get(found.resident_id or 0)
        or mask_name(found.resident.name if found.resident else found.holder),
        "from": found.valid_from if early else None,
        "last": found.valid_until - dt.timedelta(seconds=1),
        "shown": found.resident is not None and not early,
    }


def _qr(text: str) -> SafeString:
    drawing = segno.make(text, micro=False, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 drawn here: a path of numbers
