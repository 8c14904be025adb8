"""Compounds, buildings and ways in: their pages and forms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.places import actions, forms, queries
from shouwang.places.enums import CompoundKind, EntranceStatus
from shouwang.places.models import Area
from shouwang.places.rules.ways import Left
from shouwang.places.views.editing import editable
from shouwang.places.views.refusals import attempt, posted
from shouwang.places.views.tree import linked_ancestors


def _community(request: HttpRequest, code: int) -> Area:
    area = editable(request, code)
    if area.level != Level.COMMUNITY:
        raise NotFound("community", code)
    return area


def add_compounds(request: HttpRequest, code: int) -> HttpResponse:
    """Several compounds or groups at once."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = _community(request, code)
    form = forms.NewCompounds(posted(request))
    if form.is_valid():
        kind = CompoundKind(form.cleaned_data["kind"])
        added = attempt(
            form,
            lambda: actions.add_compounds(scope, community=code, names=form.cleaned_data["names"], kind=kind),
        )
        if added:
            messages.success(request, _("Saved."))
            return redirect("places:area", code)
    context = {"area": area, "ancestors": linked_ancestors(scope, code), "form": form}
    return render(request, "places/add_compounds.html", context, status=422 if form.errors else 200)


def compound(request: HttpRequest, compound_id: int) -> HttpResponse:
    """A compound: its buildings, its ways in, its name."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.compound(scope, compound_id)
    area = queries.area(scope, found.community)
    may_edit = scope.may(Permission.EDIT_PLACES, found.community)
    rename = forms.AreaName(request.POST if "rename" in request.POST else None, initial={"name": found.name})
    more = forms.NewBuildings(request.POST if "add_buildings" in request.POST else None)
    if request.method == "POST":
        scope.require(Permission.EDIT_PLACES, found.community)
    if rename.is_bound and rename.is_valid():
        name = rename.cleaned_data["name"]
        if attempt(rename, lambda: actions.rename_compound(scope, compound_id=compound_id, name=name)):
            messages.success(request, _("Saved."))
            return redirect("places:compound", compound_id)
    if more.is_bound and more.is_valid():
        buildings = more.buildings()
        if attempt(more, lambda: actions.add_buildings(scope, compound_id=compound_id, buildings=buildings)):
            messages.success(request, _("Saved."))
            return redirect("places:compound", compound_id)
    context = {
        "area": area,
        "ancestors": linked_ancestors(scope, area.code),
        "compound": found,
        "is_group": found.kind == CompoundKind.GROUP,
        "buildings": queries.buildings(scope, compound_id),
        "ways": [way for way in queries.entrances(scope, area.code) if way.compound_id == compound_id],
        "may_edit": may_edit,
        "rename_form": rename,
        "buildings_form": more,
    }
    return render(
        request, "places/compound.html", context, status=422 if rename.errors or more.errors else 200
    )


def add_entrance(request: HttpRequest, code: int) -> HttpResponse:
    """One more way in."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = _community(request, code)
    compounds = queries.compounds(scope, code)
    form = forms.NewEntrance(
        posted(request), compounds=compounds, initial={"compound": request.GET.get("compound", "")}
    )
    if form.is_valid():
        data = form.cleaned_data
        added = attempt(
            form,
            lambda: actions.add_entrance(
                scope,
                community=code,
                name=data["name"],
                status=EntranceStatus(data["status"]),
                reason=data["reason"],
                compound_id=int(data["compound"]) if data["compound"] else None,
            ),
        )
        if added:
            messages.success(request, _("Saved."))
            return redirect("places:area", code)
    context = {"area": area, "ancestors": linked_ancestors(scope, code), "form": form}
    return render(request, "places/add_entrance.html", context, status=422 if form.errors else 200)


def entrance(request: HttpRequest, entrance_id: int) -> HttpResponse:
    """An entrance with its history; opened and sealed here."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.entrance(scope, entrance_id)
    area = queries.area(scope, found.community)
    form = forms.EntranceState(posted(request))
    if request.method == "POST":
        scope.require(Permission.EDIT_PLACES, found.community)
    if form.is_valid():
        done = attempt(
            form,
            lambda: actions.set_entrance_status(
                scope,
                entrance_id=entrance_id,
                status=EntranceStatus(form.cleaned_data["status"]),
                reason=form.cleaned_data["reason"],
            ),
        )
        if done:
            messages.success(request, _("Saved."))
            if done.left is Left.EMERGENCY_ONLY:
                messages.warning(
                    request, _("Only an emergency exit is left here: residents have no open gate to pass.")
                )
            return redirect("places:entrance", entrance_id)
    context = {
        "area": area,
        "ancestors": linked_ancestors(scope, area.code),
        "entrance": found,
        "history": queries.history(scope, entrance_id),
        "may_edit": scope.may(Permission.EDIT_PLACES, found.community),
        "form": form,
    }
    return render(request, "places/entrance.html", context, status=422 if form.errors else 200)
