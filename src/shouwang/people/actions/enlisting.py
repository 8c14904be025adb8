"""A returnee whom the roster does not know is put on it, with what her sightings told."""

from django.db import transaction

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions.editing import NewDoor, add_resident
from shouwang.people.actions.knowing import link_resident
from shouwang.people.actions.locks import hold_people
from shouwang.people.models import Resident, Returnee, Sighting
from shouwang.people.rules.editing import Told


def put_on_roster(
    scope: Scope,
    *,
    returnee_id: int,
    household_id: int | None = None,
    door: NewDoor | None = None,
    relation: str = "",
) -> Resident:
    """Enter a returnee behind a door, so that rounds reach her; her watch begins. Nobody need type her numbers again.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` for who is on the roster already.
    """
    with transaction.atomic():
        returnee = Returnee.objects.filter(pk=returnee_id).first()
        if returnee is None:
            raise NotFound("returnee", returnee_id)
        scope.require(Permission.EDIT_PEOPLE, returnee.community)
        hold_people([returnee.community])
        returnee.refresh_from_db()
        if returnee.resident_id is not None:
            raise Refused("returnee_listed", gettext_noop("She is on the roster already."))
        sightings = list(returnee.sightings.order_by("-seen_at", "-id"))
        resident = add_resident(
            scope,
            community=returnee.community,
            household_id=household_id,
            door=door,
            told=Told(
                name=returnee.name,
                id_number=_number(sightings, "id_number", "id_digest"),
                phone=_number(sightings, "phone", "phone_digest"),
                relation=relation,
            ),
        )
        link_resident(scope, returnee_id=returnee_id, resident_id=resident.pk)
    return resident


def _number(sightings: list[Sighting], field: str, digest: str) -> str | None:
    """The latest number that could be read for sure."""
    for one in sightings:
        if getattr(one, digest) is not None:
            plain: str = getattr(one, field).open()
            return plain
    return None
