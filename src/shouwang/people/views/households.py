"""The households of a community, one of them, and the look at a sealed number."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.identity import IdKind
from shouwang.kernel.scope import Scope
from shouwang.people.actions import reveal_resident, set_presence
from shouwang.people.actions.reveal import SealedField
from shouwang.people.forms import PresenceOf
from shouwang.people.models import Resident
from shouwang.people.queries import households as queries
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.ages import age_on
from shouwang.people.views.overview import index
from shouwang.people.views.words import ID_KIND, PRESENCE, PRESENCE_BADGES, SEX
from shouwang.places import queries as places

_PER_PAGE = 100
FRAGMENTS = (
    "workforce:household_owner",
    "gates:holds",
    "screening:household_days",
    "supplies:household",
    "grievances:household",
)
"""What domains above show on a household's page, each by its own fragment, once it is there."""


def households(request: HttpRequest, code: int) -> HttpResponse:
    """The households of a community, door by door; ``?compound=`` of one compound. Above a community: its places."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        return index(request, code)
    scope.require(Permission.READ_PEOPLE, code)
    compounds = places.compounds(scope, code)
    chosen = next((one for one in compounds if str(one.pk) == request.GET.get("compound")), None)
    page = Paginator(queries.doors(scope, code, compound=chosen.pk if chosen else None), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "people/households.html",
        {
            "area": place,
            "compounds": compounds,
            "chosen": chosen,
            "all_here": chosen is None,
            "page_obj": page,
        },
    )


def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """A household with everybody in it; numbers masked."""
    return _household(request, household_id)


@require_POST
@never_cache
def reveal(request: HttpRequest, resident_id: int) -> HttpResponse:
    """Show one sealed number in full. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    field = request.POST.get("field", "")
    plain = reveal_resident(scope, resident_id=resident_id, field=field)
    if request.headers.get("HX-Request"):
        return render(request, "people/revealed.html", {"plain": plain, "field": field})
    home = Resident.objects.values_list("household_id", flat=True).get(pk=resident_id)
    return _household(request, home, revealed={(resident_id, field): plain})


@require_POST
def presence(request: HttpRequest, resident_id: int) -> HttpResponse:
    """Record whether somebody is here."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    form = PresenceOf(request.POST)
    if not form.is_valid():
        raise Refused("presence", gettext_noop("Choose one of the list, and a day such as 2020-02-14."))
    resident = set_presence(scope, resident_id=resident_id, **form.cleaned_data)
    messages.success(request, gettext("Saved."))
    return redirect("people:household", resident.household_id)


def _household(
    request: HttpRequest, household_id: int, revealed: dict[tuple[int, str], str] | None = None
) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    home = queries.household(scope, household_id)
    return render(
        request,
        "people/household.html",
        {
            "home": home,
            "area_code": home.community,
            "community": places.area_name(home.community),
            "members": [_member(one, revealed or {}) for one in queries.residents_of(scope, household_id)],
            "passes_url": _optional("gates:household", household_id)
            if scope.may(Permission.ISSUE_PASS, home.community)
            else "",
            "fragments": [url for name in FRAGMENTS if (url := _optional(name, household_id))],
            "may_edit": scope.may(Permission.EDIT_PEOPLE, home.community),
            "may_reveal": scope.may(Permission.REVEAL_SEALED, home.community),
        },
    )


def _optional(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _member(one: Resident, revealed: dict[tuple[int, str], str]) -> dict[str, Any]:
    return {
        "one": one,
        "sex": SEX[one.sex],
        "age": age_on(one.born_on, clock.today()),
        "id_kind": "" if one.id_kind == IdKind.RESIDENT else ID_KIND.get(one.id_kind, ""),
        "presence": PRESENCE[one.presence],
        "badge": PRESENCE_BADGES[one.presence],
        "gone": one.presence in GONE,
        "form": PresenceOf(
            initial={"presence": one.presence, "since": one.presence_since}, auto_id=f"id_{one.pk}_%s"
        ),
        "phone": revealed.get((one.pk, SealedField.PHONE)),
        "id_number": revealed.get((one.pk, SealedField.ID_NUMBER)),
    }
