"""What was said of the roster, for the office to confirm or decline."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions.proposals import confirm_proposal, decline_proposal, reveal_proposal
from shouwang.people.enums import ProposalKind, ProposalSource, ProposalState
from shouwang.people.models import Proposal
from shouwang.people.queries import proposals as queries
from shouwang.people.queries.households import addresses_of
from shouwang.people.queries.proposals import Waiting
from shouwang.people.views.words import FIELD, PRESENCE, PRESENCE_BADGES, refusal_of, value_of
from shouwang.places import queries as places

PER_PAGE = 20
KINDS: dict[str, tuple[str, Any]] = {
    ProposalKind.MOVED_IN: ("plane-arrival", pgettext_lazy("proposal", "moved in")),
    ProposalKind.MOVED_OUT: ("logout", pgettext_lazy("proposal", "moved away")),
    ProposalKind.AWAY: ("home-x", pgettext_lazy("proposal", "is away")),
    ProposalKind.BACK: ("home-check", pgettext_lazy("proposal", "is back")),
    ProposalKind.CORRECT: ("pencil", pgettext_lazy("proposal", "to be corrected")),
}
SOURCES: dict[str, Any] = {
    ProposalSource.CALL: pgettext_lazy("who said it", "on a call"),
    ProposalSource.VISIT: pgettext_lazy("who said it", "at the door"),
    ProposalSource.DOOR: pgettext_lazy("who said it", "on the household's page"),
    ProposalSource.GATE: pgettext_lazy("who said it", "at the gate"),
}
FIELDS: dict[str, Any] = {**FIELD, "origin": _("Comes from"), "arrived_on": _("Arrived on")}
WHY: dict[str, Any] = {
    "id_number": pgettext_lazy("why it may be she", "same ID number"),
    "phone": pgettext_lazy("why it may be she", "same phone"),
    "name": pgettext_lazy("why it may be she", "same name"),
}
STATES: dict[str, tuple[str, Any]] = {
    ProposalState.CONFIRMED: ("ok", pgettext_lazy("proposal", "confirmed")),
    ProposalState.DECLINED: ("closed", pgettext_lazy("proposal", "declined")),
}


def proposals(request: HttpRequest, code: int) -> HttpResponse:
    """``?state=`` open, confirmed or declined."""
    return _proposals(request, code)


@require_POST
def confirm(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """It is so. ``resident``: the newcomer is this person of the roster; ``field``: what of the said is taken over."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community = _community(scope, proposal_id)
    chosen = request.POST.get("resident", "")
    offered, taken = request.POST.getlist("offered"), request.POST.getlist("field")
    try:
        confirm_proposal(
            scope,
            proposal_id=proposal_id,
            resident_id=int(chosen) if chosen.isdecimal() else None,
            without=set(offered) - set(taken),
        )
    except Refused as error:
        return _proposals(request, community, refused={proposal_id: refusal_of(error)})
    messages.success(request, gettext("The roster says so now."))
    return redirect("people:proposals", community)


@require_POST
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """It is not so."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    proposal = decline_proposal(scope, proposal_id=proposal_id, remarks=request.POST.get("remarks", ""))
    messages.success(request, gettext("Declined; the roster stays as it was."))
    return redirect("people:proposals", proposal.community)


@require_POST
@never_cache
def reveal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show one number that was said in full. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    field = request.POST.get("field", "")
    plain, community = reveal_proposal(scope, proposal_id=proposal_id, field=field)
    if request.headers.get("HX-Request"):
        return render(request, "people/revealed.html", {"plain": plain, "field": field})
    return _proposals(request, community, revealed={(proposal_id, field): plain})


def _community(scope: Scope, proposal_id: int) -> int:
    found = Proposal.objects.filter(pk=proposal_id).values_list("community", flat=True).first()
    if found is None:
        raise NotFound("proposal", proposal_id)
    scope.require(Permission.EDIT_PEOPLE, found)
    return found


def _proposals(
    request: HttpRequest,
    code: int,
    *,
    refused: dict[int, str] | None = None,
    revealed: dict[tuple[int, str], str] | None = None,
) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    asked = request.GET.get("state", "")
    state = ProposalState(asked) if asked in set(ProposalState) else ProposalState.OPEN
    page = Paginator(queries.proposals(scope, code, state=state), PER_PAGE).get_page(request.GET.get("page"))
    found = queries.side_by_side(scope, list(page))
    addresses = addresses_of(scope, {one.proposal.household for one in found if one.proposal.household})
    context = {
        "area": place,
        "page_obj": page,
        "lines": [_line(one, addresses, refused or {}, revealed or {}) for one in found],
        "waiting": queries.open_count(scope, code),
        "is_open": state is ProposalState.OPEN,
        "is_confirmed": state is ProposalState.CONFIRMED,
        "is_declined": state is ProposalState.DECLINED,
        "may_reveal": scope.may(Permission.REVEAL_SEALED, code),
    }
    return render(request, "people/proposals.html", context, status=422 if refused else 200)


def _line(
    one: Waiting, addresses: dict[int, str], refused: dict[int, str], revealed: dict[tuple[int, str], str]
) -> dict[str, Any]:
    proposal = one.proposal
    icon, kind = KINDS[proposal.kind]
    badge, state = STATES.get(proposal.state, ("", ""))
    return {
        "one": one,
        "proposal": proposal,
        "icon": icon,
        "kind": kind,
        "source": SOURCES[proposal.source],
        "address": addresses.get(proposal.household or 0, ""),
        "badge": badge,
        "state": state,
        "error": refused.get(proposal.pk, ""),
        "sides": [
            {
                "side": side,
                "word": FIELDS.get(side.field, side.field),
                "now": value_of(side.field, side.now),
                "said": value_of(side.field, side.said),
                "sealed": side.field in queries.SEALED,
                "plain": revealed.get((proposal.pk, side.field)),
            }
            for side in one.sides
        ],
        "candidates": [
            {
                "resident": candidate.resident,
                "why": WHY[candidate.why],
                "presence": PRESENCE[candidate.resident.presence],
                "badge": PRESENCE_BADGES[candidate.resident.presence],
            }
            for candidate in one.candidates
        ],
    }
