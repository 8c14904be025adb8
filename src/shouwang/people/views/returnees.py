"""The register of those who came from elsewhere."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.actions import register_returnee, reveal_returnee
from shouwang.people.enums import ReturneeSource
from shouwang.people.forms import ReturneeForm
from shouwang.people.models import Sighting
from shouwang.people.queries.numbers import checked_numbers
from shouwang.people.queries.returnees import returnees as find_returnees
from shouwang.people.views.words import RETURNEE_SOURCE, refusal_of
from shouwang.places import queries as places

_PER_PAGE = 50
FIELDS = {"name": "name", "id": "id_number", "phone": "phone"}
"""Where a refusal shows, by the first word of its code."""


def returnees(request: HttpRequest, code: int) -> HttpResponse:
    """Who came back to a community, the latest first; numbers masked."""
    return _returnees(request, code)


def enter(request: HttpRequest, code: int) -> HttpResponse:
    """Enter by hand whom the office heard of: a call, her own word, a list from above."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.REGISTER_RETURNEE, code)
    scope.require(Permission.READ_PEOPLE, code)
    form = ReturneeForm(request.POST or None, today=clock.today(), initial={"sighting": mint()})
    if form.is_valid():
        try:
            returnee = _enter(scope, code, form.cleaned_data)
        except Refused as error:
            form.add_error(FIELDS.get(error.code.partition("_")[0]), refusal_of(error))
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": returnee.name})
            return redirect("people:returnees", code)
    status = 422 if form.errors else 200
    return render(request, "people/enter_returnee.html", {"area": place, "form": form}, status=status)


@require_POST
@never_cache
def reveal(request: HttpRequest, returnee_id: int) -> HttpResponse:
    """Show one sealed number in full. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    field = request.POST.get("field", "")
    plain, community = reveal_returnee(scope, returnee_id=returnee_id, field=field)
    if request.headers.get("HX-Request"):
        return render(request, "people/revealed.html", {"plain": plain, "field": field})
    return _returnees(request, community, revealed={(returnee_id, field): plain})


def _enter(scope: Scope, code: int, given: dict[str, Any]) -> Sighting:
    return register_returnee(
        scope,
        community=code,
        numbers=checked_numbers(given["id_number"], given["phone"], today=clock.today()),
        source=ReturneeSource(given["source"]),
        source_id=given["sighting"],
        **{name: given[name] for name in ("name", "origin", "arrived_on", "remarks")},
    )


def _returnees(
    request: HttpRequest, code: int, revealed: dict[tuple[int, str], str] | None = None
) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    page = Paginator(find_returnees(scope, code), _PER_PAGE).get_page(request.GET.get("page"))
    told = revealed or {}
    return render(
        request,
        "people/returnees.html",
        {
            "area": place,
            "page_obj": page,
            "lines": [
                (
                    one,
                    RETURNEE_SOURCE[one.source],
                    told.get((one.pk, "id_number")),
                    told.get((one.pk, "phone")),
                )
                for one in page
            ],
            "may_enter": scope.may(Permission.REGISTER_RETURNEE, code),
            "may_reveal": scope.may(Permission.REVEAL_SEALED, code),
        },
    )
