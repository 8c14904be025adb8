"""Changing the tree: names, additions, settings, places taken out of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.scope import Scope
from shouwang.places import actions, forms, queries
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area
from shouwang.places.views.refusals import attempt, posted
from shouwang.places.views.tree import linked_ancestors


def editable(request: HttpRequest, code: int) -> Area:
    """The area, if the reader may change it: 404 outside her jurisdiction, 403 without the permission."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = queries.area(scope, code)
    scope.require(Permission.EDIT_PLACES, *areas.span(code))
    return area


def edit(request: HttpRequest, code: int) -> HttpResponse:
    """Name, aliases, and whether the place is in use."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = editable(request, code)
    name = forms.AreaName(request.POST if "rename" in request.POST else None, initial={"name": area.name})
    alias = forms.Alias(request.POST if "add_alias" in request.POST else None)
    if name.is_bound and name.is_valid():
        if attempt(name, lambda: actions.rename_area(scope, code=code, name=name.cleaned_data["name"])):
            messages.success(request, _("Saved. The name before is kept as another name."))
            return redirect("places:edit", code)
    elif alias.is_bound and alias.is_valid():
        if attempt(alias, lambda: actions.add_alias(scope, code=code, alias=alias.cleaned_data["alias"])):
            messages.success(request, _("Saved."))
            return redirect("places:edit", code)
    elif "remove_alias" in request.POST:
        actions.remove_alias(scope, code=code, alias=request.POST["remove_alias"])
        messages.success(request, _("Taken away."))
        return redirect("places:edit", code)
    return render(
        request,
        "places/edit.html",
        {"area": area, "ancestors": linked_ancestors(scope, code), "name_form": name, "alias_form": alias},
        status=422 if name.errors or alias.errors else 200,
    )


@require_POST
def use(request: HttpRequest, code: int) -> HttpResponse:
    """Take a place out of use, or into use again."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    editable(request, code)
    if request.POST.get("active") == "yes":
        actions.reactivate_area(scope, code=code)
        messages.success(request, _("In use again."))
    else:
        actions.deactivate_area(scope, code=code)
        messages.success(request, _("Out of use. Everything recorded here stays."))
    return redirect("places:area", code)


def add(request: HttpRequest, code: int) -> HttpResponse:
    """A place that is missing from the list."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = editable(request, code)
    form = forms.NewArea(posted(request))
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        added = attempt(
            form,
            lambda: actions.add_area(
                scope,
                parent=code,
                name=form.cleaned_data["name"],
                aliases=form.cleaned_data["aliases"],
                kind=AreaKind(kind) if kind else None,
            ),
        )
        if added:
            messages.success(
                request, _("Added under the code %(code)s.") % {"code": areas.short_code(added.code)}
            )
            return redirect("places:area", added.code)
    context = {
        "area": area,
        "ancestors": linked_ancestors(scope, code),
        "form": form,
        "below_town": area.level == Level.TOWN,
    }
    return render(request, "places/add.html", context, status=422 if form.errors else 200)


def profile(request: HttpRequest, code: int) -> HttpResponse:
    """Where this place's rules differ from those above it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = editable(request, code)
    laid = dict(queries.settings_of(scope, code))
    own = laid.pop(code, {})
    above = COVID_2020
    for settings in laid.values():
        above = above.with_settings(settings)
    shown = {
        key: {True: "yes", False: "no"}[v]
        if isinstance(v, bool)
        else ", ".join(v)
        if isinstance(v, list)
        else v
        for key, v in own.items()
    }
    form = forms.Profile(posted(request), above=above, initial=shown)
    if request.method == "POST" and form.is_valid():
        unlisted = {key: value for key, value in own.items() if key not in form.fields}
        settings = unlisted | form.settings()
        if attempt(form, lambda: actions.set_profile(scope, area=code, settings=settings)):
            messages.success(request, _("Saved. It holds from now on, here and below."))
            return redirect("places:area", code)
    context = {"area": area, "ancestors": linked_ancestors(scope, code), "form": form}
    return render(request, "places/profile.html", context, status=422 if form.errors else 200)
