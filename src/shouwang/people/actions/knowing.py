"""What is known of a returnee: from her sightings, and what the office sets by hand; and the watch that follows."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, fold, prose
from shouwang.people.actions.locks import lock_register
from shouwang.people.actions.settling import settle_lines
from shouwang.people.actions.watches import end_watch, set_watch
from shouwang.people.enums import ReturneeSource, ReturneeState, Risk, WatchReason
from shouwang.people.models import Resident, Returnee, Sighting, Watch
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.joining import ToldOf, facts_of
from shouwang.people.rules.origins import code_of, risk_of
from shouwang.people.rules.watches import returnee_period, twice_daily
from shouwang.places.queries import profile_for

TEXTS = {"origin": 60, "route": 200, "companions": 200, "remarks": 500}
DAYS = ("arrived_on", "last_there_on")


def change_returnee(
    scope: Scope,
    *,
    returnee_id: int,
    name: str | None = None,
    origin: str | None = None,
    route: str | None = None,
    companions: str | None = None,
    remarks: str | None = None,
    arrived_on: dt.date | None = None,
    last_there_on: dt.date | None = None,
) -> Returnee:
    """Put right what is known of a returnee; what is not given stays. Her watch follows at once.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` for a day to come or one that cannot be.
    """
    given: dict[str, Any] = {
        "name": name, "origin": origin, "route": route, "companions": companions, "remarks": remarks,
        "arrived_on": arrived_on, "last_there_on": last_there_on,
    }  # fmt: skip
    with transaction.atomic():
        returnee = _held(scope, returnee_id)
        changed = {key: _clean(key, value) for key, value in given.items() if value is not None}
        changed = {key: value for key, value in changed.items() if value != getattr(returnee, key)}
        for key, value in changed.items():
            setattr(returnee, key, value)
        there, arrived = returnee.last_there_on, returnee.arrived_on
        if there and arrived and there > arrived:
            raise Refused(
                "last_there_on_after", gettext_noop("She cannot have been there after she arrived here.")
            )
        if changed:
            _settle_by_hand(scope, returnee, changed, "change_returnee", {"fields": sorted(changed)})
    return returnee


def link_resident(scope: Scope, *, returnee_id: int, resident_id: int | None) -> Returnee:
    """Say who of the roster she is, or (``None``) that she is not on it. Her watch follows."""
    with transaction.atomic():
        returnee = _held(scope, returnee_id)
        if resident_id is not None and not _on_roster(returnee.community, resident_id):
            raise NotFound("resident", resident_id)
        if returnee.resident_id != resident_id:
            returnee.resident_id = resident_id
            _settle_by_hand(
                scope,
                returnee,
                ["resident"],
                "change_returnee",
                {"fields": ["resident"], "resident": resident_id},
            )
    return returnee


def set_returnee_state(
    scope: Scope, *, returnee_id: int, state: ReturneeState | str, reason: str = ""
) -> Returnee:
    """She is here, has left, or was named by mistake. For the last two the ``reason`` is needed, and the watch ends."""
    state = ReturneeState(state)
    why = prose(reason)[: TEXTS["remarks"]]
    if state is not ReturneeState.HERE and not why:
        raise Refused(
            "reason_empty", gettext_noop("Write down where to, or how it is known: others will ask.")
        )
    with transaction.atomic():
        returnee = _held(scope, returnee_id)
        if returnee.state == state:
            return returnee
        before, returnee.state = returnee.state, state
        if why:
            returnee.remarks = "；".join(filter(None, (returnee.remarks, why)))[-TEXTS["remarks"] :]
        _settle_by_hand(scope, returnee, [], "change_returnee", {"before": str(before), "after": state.value})
    return returnee


def settle(scope: Scope, returnee: Returnee, sightings: Sequence[Sighting]) -> None:
    """Lay what her sightings tell over a returnee, but for what the office has set, and let her watch follow."""
    profile = profile_for(scope, returnee.community)
    facts = facts_of([_told(sighting, profile) for sighting in sightings])
    for name in ("name", "origin", "arrived_on", "declared_on"):
        if name not in returnee.by_hand:
            setattr(returnee, name, getattr(facts, name))
    returnee.origin_code = code_of(returnee.origin)
    if "resident" not in returnee.by_hand:
        returnee.resident_id = facts.resident
    home = Resident.objects.filter(pk=returnee.resident_id or 0).values_list("household", flat=True).first()
    returnee.household_id = home or next((one.household_id for one in sightings if one.household_id), None)
    returnee.risk = risk_of(returnee.origin_code, profile)
    returnee.updated_at = clock.now()
    returnee.save()
    settle_lines([returnee])
    _follow_watch(scope, returnee, profile, first_seen=min(map(_seen_on, sightings)))


def _follow_watch(scope: Scope, returnee: Returnee, profile: DiseaseProfile, first_seen: dt.date) -> None:
    """The watch of a returnee who is here runs as her facts say; who has left, or is not on the roster, has none.

    Nobody told when she came: then the day she was first seen counts, which is the later *(ours)*.
    """
    period = returnee_period(
        profile,
        Risk(returnee.risk),
        last_there_on=returnee.last_there_on,
        arrived_on=returnee.arrived_on or first_seen,
    )
    today, resident = clock.today(), returnee.resident_id
    wanted = (
        returnee.state == ReturneeState.HERE
        and period is not None
        and not period.over(today)
        and resident is not None
        and _on_roster(returnee.community, resident)
    )
    open_ = Watch.objects.filter(community=returnee.community, returnee=returnee.pk, closed_at=None)
    for watch in open_.values_list("id", "resident", "reason"):
        if watch[2] == WatchReason.RETURNEE and (not wanted or watch[1] != resident):
            end_watch(scope, watch_id=watch[0])
    if wanted and period is not None and resident is not None and returnee.household_id is not None:
        set_watch(
            scope,
            community=returnee.community,
            household_id=returnee.household_id,
            resident_id=resident,
            reason=WatchReason.RETURNEE,
            from_day=period.from_day,
            until_day=period.until_day,
            twice_daily=twice_daily(profile, Risk(returnee.risk)),
            returnee_id=returnee.pk,
        )


def _settle_by_hand(scope: Scope, returnee: Returnee, fields: Any, verb: str, detail: dict[str, Any]) -> None:
    returnee.by_hand = sorted({*returnee.by_hand, *fields})
    returnee.updated_by_id = scope.actor_id
    settle(scope, returnee, list(returnee.sightings.order_by("id")))
    audit(
        scope,
        verb,
        community=returnee.community,
        subject_kind="returnee",
        subject_id=returnee.pk,
        detail=detail,
    )


def _held(scope: Scope, returnee_id: int) -> Returnee:
    """The entry, with its community's register held. Raises ``NotFound`` also if it has just become part of another."""
    community = Returnee.objects.filter(pk=returnee_id).values_list("community", flat=True).first()
    if community is not None:
        scope.require(Permission.EDIT_PEOPLE, community)
        lock_register(community)
    found = Returnee.objects.select_for_update(no_key=True).filter(pk=returnee_id).first()
    if found is None:
        raise NotFound("returnee", returnee_id)
    return found


def _clean(name: str, value: Any) -> Any:
    if name in DAYS:
        if value > clock.today():
            raise Refused(f"{name}_future", gettext_noop("This day has not come yet."))
        return value
    if name == "name":
        cleaned = clean_name(value)[:60]
        if not cleaned:
            raise Refused("name_empty", gettext_noop("Write down the name."))
        return cleaned
    return (fold(value) if name == "origin" else prose(value))[: TEXTS[name]]


def _on_roster(community: int, resident: int) -> bool:
    return Resident.objects.filter(pk=resident, community=community).exclude(presence__in=GONE).exists()


def _seen_on(sighting: Sighting) -> dt.date:
    return timezone.localdate(sighting.seen_at)


def _told(sighting: Sighting, profile: DiseaseProfile) -> ToldOf:
    code = code_of(sighting.origin)
    return ToldOf(
        id=sighting.pk,
        name=sighting.name,
        origin=sighting.origin,
        origin_code=code,
        risk=risk_of(code, profile),
        arrived_on=sighting.arrived_on,
        seen_on=_seen_on(sighting),
        source=ReturneeSource(sighting.source),
        resident=sighting.resident_id,
    )
