"""Whom the gates of an area call."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.kernel.scope import Scope
from shouwang.places import actions, forms, queries
from shouwang.places.views.editing import editable
from shouwang.places.views.refusals import attempt, posted
from shouwang.places.views.tree import linked_ancestors


def duty_phone(request: HttpRequest, code: int) -> HttpResponse:
    """Set the telephone of an area; an empty number takes it away."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = editable(request, code)
    held = queries.duty_phone(scope, code)
    form = forms.DutyPhoneOf(
        posted(request), initial={"name": held.name, "phone": held.phone} if held else {}
    )
    if form.is_valid():
        attempt(form, lambda: actions.set_duty_phone(scope, area=code, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("places:area", code)
    context = {"area": area, "ancestors": linked_ancestors(scope, code), "form": form}
    return render(request, "places/duty_phone.html", context, status=422 if form.errors else 200)
