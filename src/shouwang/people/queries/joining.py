"""Sightings as the rules of matching see them."""

from shouwang.access.sealed import Sealed
from shouwang.people.models import Resident, Sighting
from shouwang.people.rules.returnees import Seen


def seen_of(sighting: Sighting) -> Seen:
    """A sighting, its numbers opened: for rules alone, nobody is shown them."""
    return Seen(
        key=sighting.pk or 0,
        name=sighting.name,
        id_number=_open(sighting.id_number),
        id_digest=bytes(sighting.id_digest) if sighting.id_digest else None,
        id_tail=sighting.id_tail,
        phone=_open(sighting.phone),
        phone_digest=bytes(sighting.phone_digest) if sighting.phone_digest else None,
        phone_tail=sighting.phone_mask[-4:].strip("*"),
        origin=sighting.origin,
        household_id=sighting.household_id,
        resident_id=sighting.resident_id,
        arrived_on=sighting.arrived_on,
        source=sighting.source,
        community=sighting.community,
    )


def seen_on_roster(resident: Resident) -> Seen:
    """Somebody of the roster, to be held against a sighting."""
    return Seen(
        key=resident.pk,
        name=resident.name,
        id_number=_open(resident.id_number),
        id_digest=bytes(resident.id_digest) if resident.id_digest else None,
        id_tail=resident.id_tail,
        phone=_open(resident.phone),
        phone_digest=bytes(resident.phone_digest) if resident.phone_digest else None,
        phone_tail=resident.phone_tail,
        sex=resident.sex,
        born_on=resident.born_on,
        household_id=resident.household_id,
        resident_id=resident.pk,
        community=resident.community,
    )


def _open(kept: object) -> str | None:
    """The plain number; of a row that is not saved yet it is plain already."""
    return kept.open() if isinstance(kept, Sealed) else str(kept) if kept else None
