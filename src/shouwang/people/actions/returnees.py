"""The register of those who came from elsewhere to stay: every sighting of one, once for each source."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.access import clock
from shouwang.access.actions import audit, reveal
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, fold, prose
from shouwang.people.actions.reveal import SealedField
from shouwang.people.enums import ReturneeSource
from shouwang.people.models import Resident, Sighting
from shouwang.people.queries.lodgers import GONE
from shouwang.people.queries.numbers import Numbers


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

    She is joined with the resident of the community's roster who has her ID number, if exactly one has. Whether two
    sightings are one person is not decided here. Raises ``Forbidden``, ``Refused`` for a name that is none.
    """
    scope.require(Permission.REGISTER_RETURNEE, community)
    name = clean_name(name)
    if not name:
        raise Refused("name_empty", gettext_noop("Write down the name."))
    now = clock.now()
    if arrived_on and arrived_on > clock.today():
        arrived_on = None  # a day to come is a slip of the hand; not known is the truth about it
    with transaction.atomic():
        if found := _registered(source, source_id):
            return found
        resident = _resident(community, numbers.id_digest)
        row: dict[str, Any] = {
            "community": community,
            "household_id": resident and resident.household_id,
            "resident": resident,
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
        try:
            with transaction.atomic():
                returnee = Sighting.objects.create(**row)
        except IntegrityError:
            if found := _registered(source, source_id):
                return found
            raise
        audit(
            scope,
            "register_returnee",
            community=community,
            subject_kind="returnee",
            subject_id=returnee.pk,
            detail={"source": source.value, "on_roster": resident is not None},
        )
    return returnee


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


def _resident(community: int, id_digest: bytes | None) -> Resident | None:
    if id_digest is None:
        return None
    rows = Resident.objects.filter(community=community, id_digest=id_digest).exclude(presence__in=GONE)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
