"""A check that was written down wrong: what it should have said."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access.enums import Permission
from shouwang.gates.actions.correcting import CheckCorrected, correct_check
from shouwang.gates.enums import Direction
from shouwang.gates.forms import MASKS, CorrectionForm
from shouwang.gates.models import Check
from shouwang.gates.queries.checks import one_check
from shouwang.gates.views.lines import shown
from shouwang.gates.views.words import refusal
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places.queries import area as find_area

FIELDS = {"temperature": "temperature", "why": "why"}
"""Where a refusal shows, by the first word of its code."""


def correct(request: HttpRequest, code: int, check_id: UUID) -> HttpResponse:
    """The form, filled with what the check says. ``?desk=1``: from the gate's page, and back to it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    scope.require(Permission.RECORD_CHECK, code)
    line = one_check(scope, community=code, check_id=check_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=_says(line.check))
    from_desk = "desk" in request.GET
    if form.is_valid():
        try:
            with transaction.atomic():
                _correct(scope, code, check_id, form)
        except Refused as error:
            form.add_error(FIELDS.get(error.code.partition("_")[0]), refusal(error))
        else:
            messages.success(request, _("Corrected. Figures and rounds follow; the record before is kept."))
            return (
                redirect("gates:gate", line.check.entrance) if from_desk else redirect("gates:checks", code)
            )
    context = {"area": area, "line": shown(line), "form": form, "from_desk": from_desk}
    return render(request, "gates/correct.html", context, status=422 if form.errors else 200)


def _correct(scope: Scope, code: int, check_id: UUID, form: CorrectionForm) -> None:
    given = form.cleaned_data
    said = CheckCorrected(
        temperature=given["temperature"],
        direction=Direction(given["direction"]),
        masked=MASKS.get(given["masked"]),
        remarks=given["remarks"],
        why=given["why"],
    )
    correct_check(scope, community=code, wrong_id=check_id, check_id=given["check_id"], said=said)


def _says(check: Check) -> dict[str, object]:
    masked = next((word for word, masked in MASKS.items() if masked is check.masked), "")
    return {
        "check_id": mint(),
        "temperature": check.temperature,
        "masked": masked,
        "direction": check.direction,
        "remarks": check.remarks,
    }
