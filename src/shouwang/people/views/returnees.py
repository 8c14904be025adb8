"""The register of those who came from elsewhere."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.actions import reveal_returnee
from shouwang.people.queries.returnees import returnees as find_returnees
from shouwang.people.views.words import RETURNEE_SOURCE
from shouwang.places import queries as places

_PER_PAGE = 50


def returnees(request: HttpRequest, code: int) -> HttpResponse:
    """Who came back to a community, the latest first; numbers masked."""
    return _returnees(request, code)


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
            "may_reveal": scope.may(Permission.REVEAL_SEALED, code),
        },
    )
