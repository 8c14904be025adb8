"""The register of those who came from elsewhere to stay: every sighting of one, once for each source, and at once held
against all others."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from shouwang.access import clock
from shouwang.access.actions import audit, reveal
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, fold, prose
from shouwang.people.actions.locks import lock_register
from shouwang.people.actions.matching import match_sighting
from shouwang.people.actions.reveal import SealedField
from shouwang.people.enums import Joining, ReturneeSource
from shouwang.people.models import Resident, Sighting
from shouwang.people.queries.joining import seen_of, seen_on_roster
from shouwang.people.queries.lodgers import GONE
from shouwang.people.queries.numbers import Numbers
from shouwang.people.rules.returnees import compare

_MOST_ALIKE = 50
"""Of more of one name or phone, nobody is meant for sure."""


def register_returnee(
    scope: Scope,
    *,
    community: int,
    name: str,
    numbers: Numbers,
    origin: str,
    source: ReturneeSource,
    source_id: UUID | None,
    arrived_on: dt.date | None = None,
    remarks: str = "",
    seen_at: dt.datetime | None = None,
) -> Sighting:
    """Enter somebody who came from ``origin`` to stay. The same sighting (``source``, ``source_id``) is entered once.

    It is held against the roster (her ID number, or else what `people.rules.returnees` is sure of) and against all
    sightings of the community: what is surely one person is joined, what may be is asked, see `joining`. Whoever is
    found on the roster is watched from now on, as the profile says. Raises ``Forbidden``, ``Refused`` for a name that
    is none.
    """
    scope.require(Permission.REGISTER_RETURNEE, community)
    name = clean_name(name)
    if not name:
        raise Refused("name_empty", gettext_noop("Write down the name."))
    now = clock.now()
    if arrived_on and arrived_on > clock.today():
        arrived_on = None  # a day to come is a slip of the hand; not known is the truth about it
    with transaction.atomic():
        lock_register(community)  # the same sighting twice at once comes one after the other
        if found := _registered(source, source_id):
            return found
        row: dict[str, Any] = {
            "community": community,
            "name": name[:60],
            "origin": fold(origin)[:60],
            "arrived_on": arrived_on,
            "remarks": prose(remarks)[:200],
            "source": source,
            "source_id": source_id,
            "seen_at": seen_at or now,
            "added_at": now,
            "added_by_id": scope.actor_id,
            **{field: getattr(numbers, field) for field in Numbers.__slots__},
        }
        sighting = Sighting(**row)
        sighting.resident = _resident(sighting)
        sighting.household_id = sighting.resident.household_id if sighting.resident else None
        sighting.save(force_insert=True)
        audit(
            scope,
            "register_returnee",
            community=community,
            subject_kind="returnee",
            subject_id=sighting.pk,
            detail={"source": source.value, "on_roster": sighting.resident is not None},
        )
        match_sighting(scope, sighting)
    return sighting


def reveal_returnee(scope: Scope, *, returnee_id: int, field: SealedField | str) -> tuple[str, int]:
    """The plain text of a returnee's ID number or phone, and her community. Each look is audited."""
    try:
        name = SealedField(field)
    except ValueError:
        raise NotFound("field", field) from None
    returnee = Sighting.objects.filter(pk=returnee_id).first()
    if returnee is None:
        raise NotFound("returnee", returnee_id)
    scope.require(Permission.READ_PEOPLE, returnee.community)
    plain = reveal(
        scope,
        community=returnee.community,
        subject_kind="returnee",
        subject_id=returnee.pk,
        field=name.value,
        sealed=getattr(returnee, name.value),
    )
    return plain, returnee.community


def _registered(source: ReturneeSource, source_id: UUID | None) -> Sighting | None:
    return Sighting.objects.filter(source=source, source_id=source_id).first() if source_id else None


def _resident(seen: Sighting) -> Resident | None:
    """Who of the roster she is, if there can be no doubt: by her ID number, or by what the rules are sure of."""
    here = Resident.objects.filter(community=seen.community).exclude(presence__in=GONE)
    if seen.id_digest is not None:
        found = list(here.filter(id_digest=seen.id_digest)[:2])
        if found:
            return found[0] if len(found) == 1 else None
    alike = Q(name=seen.name)
    if seen.phone_digest is not None:
        alike |= Q(phone_digest=seen.phone_digest)
    told = seen_of(seen)
    sure = [
        resident
        for resident in here.filter(alike).order_by("id")[:_MOST_ALIKE]
        if compare(told, seen_on_roster(resident)).joining is Joining.JOIN
    ]
    return sure[0] if len(sure) == 1 else None
