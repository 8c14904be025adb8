"""A roster comes in: upload, look, load, and the rows that came back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access.actions import record_export
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.people import actions
from shouwang.people.enums import ImportState
from shouwang.people.forms import RosterUpload
from shouwang.people.models import RosterImport
from shouwang.people.queries.imports import (
    Change,
    Outcome,
    outcome_of,
    plan_of,
    roster_import,
    roster_imports,
)
from shouwang.people.rules.rejects import write_rejects
from shouwang.people.rules.rows import RosterRow
from shouwang.people.views.words import FIELD, STATE, reason_of, refusal_of, value_of
from shouwang.places import queries as places

SHOWN = 100
"""So many rows of each list are shown; the figures count all, the file of rejects has all."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(request: HttpRequest, code: int) -> HttpResponse:
    """The form; with a file, its preview."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    scope.require(Permission.IMPORT_ROSTER, code)
    form = RosterUpload(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            waiting = actions.preview_roster(scope, community=code, file_name=file.name, content=file.read())
            return redirect("people:import_detail", waiting.pk)
        except Refused as refusal:
            form.add_error("file", refusal_of(refusal))
    imports = [(one, *STATE[one.state]) for one in roster_imports(scope, code)]
    context = {"area": place, "form": form, "imports": imports}
    return render(request, "people/import.html", context, status=422 if form.errors else 200)


@never_cache
def detail(request: HttpRequest, import_id: int) -> HttpResponse:
    """What loading would do, or what it did."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = roster_import(scope, import_id)
    waiting = found.state == ImportState.PREVIEW
    plan = plan_of(scope, found) if waiting else None
    outcome = Outcome.of(plan) if plan else outcome_of(scope, found)
    counts = plan.counts() if plan else found.counts
    badge, word = STATE[found.state]
    return render(
        request,
        "people/import_detail.html",
        {
            "upload": found,
            "area": places.area(scope, found.community),
            "waiting": waiting,
            "loaded": found.state == ImportState.LOADED,
            "kept": found.content is not None,
            "badge": badge,
            "word": word,
            "counts": counts,
            "to_do": counts["new"] + counts["changed"],
            "rejected": [_reasons(row) for row in outcome.rejected[:SHOWN]],
            "warned": [_reasons(row) for row in plan.warned[:SHOWN]] if plan else [],
            "changes": [_change(one) for one in outcome.changes[:SHOWN]],
            "new": plan.new[:SHOWN] if plan else [],
            "new_compounds": plan.new_compounds.items() if plan else (),
            "passed_over": plan.roster.passed_over if plan else (),
            "shown": SHOWN,
        },
    )


@require_POST
def load(request: HttpRequest, import_id: int) -> HttpResponse:
    """Load it, then show what it did."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    loaded = actions.load_roster(scope, import_id=import_id)
    messages.success(
        request,
        _("Loaded: %(new)s new, %(changed)s changed, %(unchanged)s as before, %(rejected)s came back.")
        % loaded.counts,
    )
    return redirect("people:import_detail", import_id)


@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Throw an upload away, or what is kept of a loaded one."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    gone = actions.discard_import(scope, import_id=import_id)
    messages.success(request, _("Deleted."))
    return redirect("people:import", gone.community)


@never_cache
def rejects(request: HttpRequest, import_id: int) -> HttpResponse:
    """The rows that came back, as a file with the reason in its own column."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found: RosterImport = roster_import(scope, import_id)
    rows = outcome_of(scope, found).rejected
    watermark = record_export(
        scope, kind="rejects", area=found.community, rows=len(rows), permission=Permission.IMPORT_ROSTER
    )
    content = write_rejects(
        rows,
        reason_of=reason_of,
        row_label=_("Row of the file"),
        reason_label=_("Reason"),
        watermark=watermark,
    )
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="rejects-{found.community}-{found.pk}.xlsx"'
    return response


def _reasons(row: RosterRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "sheet": row.sheet,
        "name": row.name,
        "reasons": [(issue.label, issue.letter, reason_of(issue)) for issue in row.issues],
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "resident": one.resident,
        "row": one.row,
        "name": one.name,
        "fields": [
            (FIELD[name], value_of(name, old), value_of(name, new)) for name, (old, new) in one.fields.items()
        ],
    }
