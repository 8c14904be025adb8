"""Loading a division list: first looked at, then loaded; the browser keeps the file in between."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.places import actions, forms, queries
from shouwang.places.queries.divisions import State
from shouwang.places.views.refusals import posted, text

SHOWN = 200
"""So many rows of each list are shown; the figures count all."""


def divisions(request: HttpRequest) -> HttpResponse:
    """The form; with a file, what it would change; with ``load``, the load itself."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.IMPORT_DIVISIONS)
    form = forms.Divisions(posted(request), request.FILES or None)
    by_part = bool(request.headers.get("HX-Request"))
    template = "places/divisions_plan.html" if by_part else "places/divisions.html"
    if not form.is_bound or not form.is_valid():
        return render(request, template, {"form": form}, status=422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    content = upload.read()
    if "load" in request.POST:
        return _load(request, scope, content, upload.name)
    try:
        plan = queries.division_plan(scope, content=content, file_name=upload.name)
    except Refused as refusal:
        form.add_error("file", text(refusal))
        return render(request, template, {"form": form}, status=422)
    context = {
        "form": form,
        "by_part": by_part,
        "plan": plan,
        "counts": plan.counts(),
        "changes": [p for p in plan.planned if p.state is not State.SAME][:SHOWN],
        "rejected": [(row, text(row.reason)) for row in plan.rejected[:SHOWN]],
        "shown": SHOWN,
        "file_name": upload.name,
    }
    return render(request, template, context)


def _load(request: HttpRequest, scope: Scope, content: bytes, file_name: str) -> HttpResponse:
    counts = actions.import_divisions(scope, content=content, file_name=file_name)
    messages.success(
        request,
        _("Loaded: %(new)s new, %(changed)s changed, %(same)s as before, %(rejected)s not taken.") % counts,
    )
    target = reverse("places:index")
    if len(roots := queries.roots(scope)) == 1 and areas.level_of(roots[0].code) >= areas.Level.COUNTY:
        target = reverse("places:area", args=[roots[0].code])
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target)
