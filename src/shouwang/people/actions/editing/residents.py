"""One person of the roster: entered, put right."""

import datetime as dt
from typing import Any

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.sealed import digest
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.phones import phone_tail
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import initials
from shouwang.people.actions.editing.doors import NewDoor, held_household, household_at, in_use
from shouwang.people.actions.population import count_population, lock_population
from shouwang.people.enums import Presence
from shouwang.people.events import ResidentCame, RosterChanged
from shouwang.people.models import Household, Resident
from shouwang.people.queries.lodgers import GONE
from shouwang.people.rules.editing import Read, Told, read_told
from shouwang.sync.actions import publish


def add_resident(
    scope: Scope,
    *,
    community: int,
    told: Told,
    household_id: int | None = None,
    door: NewDoor | None = None,
    presence: Presence | str = Presence.PRESENT,
    since: dt.date | None = None,
) -> Resident:
    """Enter somebody who moved in or was born, behind a known door or a new one.

    Somebody with her ID number who had moved away from this community comes back as the one she was. Raises
    ``NotFound``, ``Forbidden``, ``Refused`` for what cannot be read and for a person who is on the roster already.
    """
    presence = Presence(presence)
    if (household_id is None) == (door is None):
        raise ValueError("either a household or a door")
    scope.require(Permission.EDIT_PEOPLE, community)
    today = clock.today()
    if since and since > today:
        raise Refused("since_future", gettext_noop("This day has not come yet. Enter her when she is here."))
    read = read_told(Told(**{**_nothing_known(), **_said(told)}), today=today)
    with transaction.atomic():
        lock_population(community)
        home = (
            held_household(scope, household_id, community)
            if household_id is not None
            else household_at(scope, community, door)  # type: ignore[arg-type]
        )
        resident = _back(community, read) or Resident(community=community, created_at=clock.now())
        came_back = resident.pk is not None
        _refuse_twins(community, read, resident.pk)
        _refuse_namesake(home, read, resident.pk)
        in_use(home)
        resident.household = home
        resident.presence, resident.presence_since = presence, since or today
        _write(resident, read)
        resident.save()
        count_population(community, resident.updated_at)
        audit(
            scope,
            "add_resident",
            community=community,
            subject_kind="resident",
            subject_id=resident.pk,
            detail={"household": home.pk, "came_back": came_back},
        )
        publish(scope, ResidentCame(community, home.pk, resident.pk))
        publish(scope, RosterChanged(community))
    return resident


def change_resident(scope: Scope, *, resident_id: int, told: Told) -> Resident:
    """Put right what is known of somebody; what is not told stays. The audit keeps which fields, not what stood there.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` for what cannot be read, and for the ID number of somebody else.
    """
    community = Resident.objects.filter(pk=resident_id).values_list("community", flat=True).first()
    if community is None:
        raise NotFound("resident", resident_id)
    scope.require(Permission.EDIT_PEOPLE, community)
    read = read_told(told, today=clock.today())
    with transaction.atomic():
        lock_population(community)
        resident = Resident.objects.select_for_update(no_key=True).get(pk=resident_id)
        if resident.presence not in GONE:
            _refuse_twins(community, read, resident_id)
        changed = _write(resident, read)
        if not changed:
            return resident
        resident.save()
        audit(
            scope,
            "change_resident",
            community=community,
            subject_kind="resident",
            subject_id=resident_id,
            detail={"fields": changed},
        )
    return resident


def _said(told: Told) -> dict[str, Any]:
    return {name: value for name in Told.__slots__ if (value := getattr(told, name)) is not None}


def _nothing_known() -> dict[str, Any]:
    return {"name": "", "relation": "", "remarks": ""}


def _back(community: int, read: Read) -> Resident | None:
    """The record of somebody who had moved away and has this ID number."""
    if not read.identity:
        return None
    rows = Resident.objects.select_for_update(no_key=True).filter(
        community=community, id_digest=digest(read.identity.key), presence=Presence.MOVED
    )
    return rows.order_by("-updated_at").first()


def _refuse_twins(community: int, read: Read, resident: int | None) -> None:
    if not read.identity:
        return
    twins = Resident.objects.filter(community=community, id_digest=digest(read.identity.key))
    twin = (
        twins.exclude(presence=Presence.MOVED).exclude(pk=resident or 0).select_related("household").first()
    )
    if twin is None:
        return
    if twin.presence == Presence.DIED:
        raise Refused(
            "id_died",
            gettext_noop(
                "The person with this ID number is recorded as deceased. If that is wrong, correct it first."
            ),
        )
    raise Refused(
        "id_taken",
        gettext_noop(
            "%(name)s, %(address)s, has this ID number already. If it is she, move her here instead."
        ),
        name=twin.name,
        address=twin.household.address,
    )


def _refuse_namesake(home: Household, read: Read, resident: int | None) -> None:
    """The same name behind the same door is the same person, unless an ID number or a day of birth tells them apart."""
    name = read.fields.get("name")
    for other in (
        Resident.objects.filter(household=home, name=name)
        .exclude(presence__in=GONE)
        .exclude(pk=resident or 0)
    ):
        numbers_differ = bool(read.identity and other.id_digest)
        birth = read.fields.get("born_on")
        if not numbers_differ and not (birth and other.born_on and birth != other.born_on):
            raise Refused(
                "name_there",
                gettext_noop("%(name)s is entered behind this door already. For somebody else of this name, add the "
                             "ID number or the date of birth."),
                name=name,
            )  # fmt: skip


def _write(resident: Resident, read: Read) -> list[str]:
    """Lay what was read over the resident; answers the fields that are different now, sorted."""
    fields: dict[str, Any] = dict(read.fields)
    if "name" in fields:
        fields["initials"] = initials(fields["name"])[:40]
    before = {name: getattr(resident, name) for name in fields}
    changed = {name for name, value in fields.items() if before[name] != value}
    if read.identity is not False:
        key = digest(read.identity.key) if read.identity else None
        if key != (resident.id_digest and bytes(resident.id_digest)):
            changed.add("id_number")
            fields |= {
                "id_kind": read.identity.kind if read.identity else "",
                "id_number": read.identity.number if read.identity else None,
                "id_digest": key,
                "id_tail": read.identity.number[-4:] if read.identity else "",
            }
    if read.phone is not False:
        key = digest(read.phone.number) if read.phone else None
        if key != (resident.phone_digest and bytes(resident.phone_digest)):
            changed.add("phone")
            fields |= {
                "phone": read.phone.number if read.phone else None,
                "phone_digest": key,
                "phone_mask": read.phone.masked[:20] if read.phone else "",
                "phone_tail": phone_tail(read.phone.number) if read.phone else "",
            }
    for name, value in fields.items():
        setattr(resident, name, value)
    resident.updated_at = clock.now()
    return sorted(changed - {"initials"})
