"""Write a roster's plan: compounds, households, people, figures; in sets, whatever their number."""

import datetime as dt
from collections.abc import Callable

from shouwang.access import clock
from shouwang.kernel.addresses import compound_key
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import initials
from shouwang.people.actions.copying import insert_by_copy, update_by_copy
from shouwang.people.actions.population import count_population
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident
from shouwang.people.queries.planning import Door, PlannedPerson, RosterPlan
from shouwang.places.actions import add_compounds
from shouwang.places.enums import CompoundKind

_BATCH = 2_000
_CHANGEABLE = [
    "household", "name", "initials", "sex", "born_on", "id_kind", "id_number", "id_digest", "id_tail", "phone",
    "phone_digest", "phone_mask", "phone_tail", "relation", "remarks", "presence", "presence_since", "updated_at",
]  # fmt: skip


def write_plan(scope: Scope, community: int, plan: RosterPlan) -> None:
    """Write a plan that was made while the community's people were held (`lock_population`)."""
    now = clock.now()
    made = _add_compounds(scope, community, plan)
    households = _add_households(community, plan, made, now)
    _number_households(plan, now)
    insert_by_copy(
        Resident,
        (
            _completed(
                Resident(community=community, household_id=households(one.door), created_at=now), one, now
            )
            for one in plan.new
        ),
    )
    _change(plan, households, now)
    _close_emptied(plan, now)
    count_population(community, now)


def _add_compounds(scope: Scope, community: int, plan: RosterPlan) -> dict[str, int]:
    if not plan.new_compounds:
        return {}
    kind = CompoundKind.GROUP if plan.groups else CompoundKind.COMPOUND
    made = add_compounds(scope, community=community, names=plan.new_compounds, kind=kind)
    return {compound_key(name): compound.pk for name, compound in made.items()}


def _add_households(
    community: int, plan: RosterPlan, made: dict[str, int], now: dt.datetime
) -> Callable[[Door], int]:
    new: dict[tuple[str, str, str], Household] = {}
    for one in (*plan.new, *plan.changed):
        door = one.door
        if door.household is None and door.key not in new:
            new[door.key] = Household(
                community=community,
                compound_id=door.compound or made.get(compound_key(door.place)),
                building=door.address.building,
                unit=door.address.unit,
                room=door.address.room,
                address=door.text,
                address_key=door.address.key,
                number=door.number,
                created_at=now,
                updated_at=now,
            )
    Household.objects.bulk_create(new.values(), batch_size=_BATCH)
    return lambda door: door.household if door.household is not None else new[door.key].pk


def _number_households(plan: RosterPlan, now: dt.datetime) -> None:
    numbered = list(Household.objects.filter(pk__in=plan.household_numbers))
    for household in numbered:
        household.number, household.updated_at = plan.household_numbers[household.pk], now
    Household.objects.bulk_update(numbered, ["number", "updated_at"], batch_size=_BATCH)


def _change(plan: RosterPlan, households: Callable[[Door], int], now: dt.datetime) -> None:
    people = Resident.objects.in_bulk([one.resident for one in plan.changed])
    changed = []
    for one in plan.changed:
        resident = people[one.resident]
        resident.household_id = households(one.door)
        changed.append(_completed(resident, one, now))
    update_by_copy(Resident, changed, _CHANGEABLE)


def _completed(resident: Resident, one: PlannedPerson, now: dt.datetime) -> Resident:
    """The resident with what the row tells; what it leaves blank stays."""
    row, candidate = one.row, one.candidate
    resident.updated_at = now
    if row.name != resident.name:
        resident.name, resident.initials = row.name, initials(row.name)[:40]
    if row.identity and candidate.id_digest != (resident.id_digest and bytes(resident.id_digest)):
        resident.id_kind, resident.id_number = row.id_kind, row.id_number
        resident.id_digest, resident.id_tail = candidate.id_digest, row.id_number[-4:]
    if row.phones and candidate.phone_digest != (resident.phone_digest and bytes(resident.phone_digest)):
        phone = row.phones[0]
        resident.phone, resident.phone_digest = phone.number, candidate.phone_digest
        resident.phone_mask, resident.phone_tail = phone.masked[:20], phone.tail
    resident.sex = row.sex.value[0] if row.sex else resident.sex
    resident.born_on = row.born_on or resident.born_on
    resident.relation = row.relation or resident.relation
    resident.remarks = row.remarks or resident.remarks
    if resident.presence == Presence.MOVED:
        resident.presence, resident.presence_since = Presence.PRESENT, now.date()
    return resident


def _close_emptied(plan: RosterPlan, now: dt.datetime) -> None:
    """A household that its last member has left is no longer in use; it stays on record."""
    left = {one.known.household for one in plan.changed if one.known and "household" in one.changes}
    if left:
        lived_in = Resident.objects.exclude(presence__in=[Presence.MOVED, Presence.DIED]).filter(
            household__in=left
        )
        empty = left - set(lived_in.values_list("household_id", flat=True))
        Household.objects.filter(pk__in=empty).update(active=False, updated_at=now)
