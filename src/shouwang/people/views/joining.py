"""Pairs to decide: two sightings side by side, what speaks for and against, and the decision undone at once."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions import join_sightings, keep_apart, part_sighting, undo_joining
from shouwang.people.enums import Joining
from shouwang.people.models import Pair, Sighting
from shouwang.people.queries.register import open_pairs
from shouwang.people.rules.returnees import CONTRADICTIONS, WEIGHTS
from shouwang.people.rules.returnees.places import origin_key
from shouwang.people.rules.returnees.spelling import plain
from shouwang.people.views.words import LIKENESS, RETURNEE_SOURCE, refusal_of
from shouwang.places import queries as places

COMPARED = ("name", "origin", "arrived_on", "id_tail", "phone_mask", "household", "remarks")


def pairs(request: HttpRequest, code: int) -> HttpResponse:
    """The pairs of a community, one at a time: the likeliest first. ``?later=`` those put off for now."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    place = places.area(scope, code)
    if place.level != Level.COMMUNITY:
        raise NotFound("community", code)
    scope.require(Permission.EDIT_PEOPLE, code)
    waiting = open_pairs(scope, code)
    later = [int(part) for part in request.GET.get("later", "").split(",") if part.isdigit()][-200:]
    shown = next((pair for pair in waiting if pair.pk not in later), None)
    context: dict[str, Any] = {
        "area": place,
        "waiting": len(waiting),
        "put_off": len(waiting) - sum(pair.pk not in later for pair in waiting),
        "later": ",".join(map(str, later)),
        "decided": _decided(request, code),
    }
    if shown is not None:
        context |= {
            "pair": shown,
            "cards": [_card(shown.one, shown.other), _card(shown.other, shown.one)],
            "speaks_for": [LIKENESS.get(c, c) for c in shown.reasons if _says(c) > 0],
            "speaks_against": [LIKENESS.get(c, c) for c in shown.reasons if _says(c) <= 0],
            "then_later": ",".join(map(str, [*later, shown.pk])),
        }
    return render(request, "people/pairs.html", context)


@require_POST
def decide(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Join, or not the same; back to the next pair, where the decision can be undone."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    pair = _pair(pair_id)
    act = {"join": join_sightings, "apart": keep_apart}.get(request.POST.get("decision", ""))
    if act is None:
        raise NotFound("decision")
    try:
        act(scope, one=pair.one_id, other=pair.other_id)
    except Refused as error:
        messages.error(request, refusal_of(error))
        return _back(request, pair)
    return _back(request, pair, decided=pair_id)


@require_POST
def undo(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Take a decision back: the two are asked about again."""
    pair = undo_joining(request.scope, pair_id=pair_id)  # type: ignore[attr-defined]
    messages.success(request, _("Taken back. The pair waits to be decided again."))
    return _back(request, pair)


@require_POST
def part(request: HttpRequest, sighting_id: int) -> HttpResponse:
    """This sighting is not of the person it was joined with."""
    before = Sighting.objects.filter(pk=sighting_id).values_list("returnee", flat=True).first()
    part_sighting(request.scope, sighting_id=sighting_id)  # type: ignore[attr-defined]
    after = Sighting.objects.values_list("returnee", flat=True).get(pk=sighting_id)
    link = format_html('<a href="{}">{}</a>', reverse("people:returnee", args=[after]), _("Her own entry"))
    messages.success(request, format_html("{} {}", _("Taken out: it stands on its own now."), link))
    here = before if Sighting.objects.filter(returnee=before).exists() else after
    return redirect("people:returnee", here)


def _pair(pair_id: int) -> Pair:
    pair = Pair.objects.select_related("one", "other").filter(pk=pair_id).first()
    if pair is None:
        raise NotFound("pair", pair_id)
    return pair


def _back(request: HttpRequest, pair: Pair, decided: int | None = None) -> HttpResponse:
    person = request.POST.get("person", "")
    if person.isdigit() and Sighting.objects.filter(returnee=int(person)).exists():
        return redirect("people:returnee", int(person))
    later = request.POST.get("later", "")
    asked = {
        "later": later if later.replace(",", "").isdigit() else "",
        "decided": str(decided) if decided else "",
    }
    address = reverse("people:pairs", args=[pair.community])
    return redirect(f"{address}?{urlencode({name: value for name, value in asked.items() if value})}")


def _decided(request: HttpRequest, code: int) -> Pair | None:
    """The decision made a moment ago, to be undone with one press."""
    asked = request.GET.get("decided", "")
    rows = Pair.objects.select_related("one", "other").exclude(joining=Joining.ASK)
    return rows.filter(pk=int(asked), community=code).first() if asked.isdigit() else None


def _says(code: str) -> float:
    return -99 if code in CONTRADICTIONS else WEIGHTS.get(code, 0)


def _card(one: Sighting, other: Sighting) -> dict[str, Any]:
    """A sighting with what differs from the other marked, where both tell it."""
    differs = {
        name
        for name in COMPARED
        if (mine := _compared(one, name)) and (hers := _compared(other, name)) and mine != hers
    }
    return {
        "one": one,
        "source": RETURNEE_SOURCE[one.source],
        "differs": differs,
        "alone": one.returnee.sightings.count() if one.returnee else 1,
    }


def _compared(one: Sighting, name: str) -> Any:
    """What a sighting tells, so that what the rules take for the same is not marked: 武汉 and 武汉市."""
    value = one.household_id if name == "household" else getattr(one, name)
    return origin_key(value) if name == "origin" else plain(value) if name == "name" else value
