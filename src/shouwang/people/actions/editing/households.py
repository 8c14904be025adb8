"""Households: split, made one, and what is noted of them."""

from collections.abc import Collection

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.actions.editing.doors import NewDoor, beside, held_household, household_at
from shouwang.people.actions.editing.moving import resettle
from shouwang.people.actions.population import lock_population
from shouwang.people.enums import ProposalState
from shouwang.people.events import HouseholdsMerged, HouseholdSplit, RosterChanged
from shouwang.people.models import Household, Proposal, Resident
from shouwang.people.queries.lodgers import GONE
from shouwang.sync.actions import publish

LONGEST_REMARKS = 500


def change_household(scope: Scope, *, household_id: int, remarks: str) -> Household:
    """What is noted of a household; empty: nothing."""
    community = _community(household_id)
    scope.require(Permission.EDIT_PEOPLE, community)
    with transaction.atomic():
        home = held_household(scope, household_id, community)
        text = prose(remarks)[:LONGEST_REMARKS]
        if text != home.remarks:
            home.remarks, home.updated_at = text, clock.now()
            home.save(update_fields=["remarks", "updated_at"])
            audit(
                scope,
                "change_household",
                community=community,
                subject_kind="household",
                subject_id=home.pk,
                detail={"fields": ["remarks"]},
            )
    return home


def split_household(
    scope: Scope, *, household_id: int, resident_ids: Collection[int], door: NewDoor | None = None
) -> Household:
    """Some of a household are one of their own from now on: behind the same door, or behind ``door``.

    Answers the new household. Raises ``NotFound``, ``Forbidden``, ``Refused`` if nobody goes or nobody stays, or if
    somebody lives behind ``door`` already: then they move there, and nothing is split.
    """
    community = _community(household_id)
    scope.require(Permission.EDIT_PEOPLE, community)
    with transaction.atomic():
        lock_population(community)
        home = held_household(scope, household_id, community)
        going = set(resident_ids)
        members = Resident.objects.filter(household=home)
        if not going:
            raise Refused("residents_none", gettext_noop("Choose who it is about."))
        if missing := going - set(members.values_list("id", flat=True)):
            raise NotFound("resident", min(missing))
        if not members.exclude(presence__in=GONE).exclude(pk__in=going).exists():
            raise Refused(
                "split_all",
                gettext_noop("Nobody would stay behind: if they all go, move them to the other door."),
            )
        new = household_at(scope, community, door) if door else beside(home)
        if new.pk == home.pk or new.residents.exclude(presence__in=GONE).exists():
            raise Refused(
                "split_there",
                gettext_noop("A household lives behind that door already: move them there instead."),
            )
        resettle(scope, going, new, verb="split_household")
        publish(scope, HouseholdSplit(community, home.pk, new.pk))
        publish(scope, RosterChanged(community))
    return new


def merge_households(scope: Scope, *, household_id: int, others: Collection[int]) -> Household:
    """``others`` become one with ``household_id``: everybody on record there lives here, their notes come along.

    What is merged already is left as it is. Raises ``NotFound``, ``Forbidden``, ``Refused`` if there is no other.
    """
    community = _community(household_id)
    scope.require(Permission.EDIT_PEOPLE, community)
    with transaction.atomic():
        lock_population(community)
        home = held_household(scope, household_id, community)
        rows = Household.objects.select_for_update(no_key=True).filter(pk__in=others, community=community)
        merged = [other for other in rows.order_by("id") if other.pk != home.pk]
        if missing := set(others) - {other.pk for other in merged} - {home.pk}:
            raise NotFound("household", min(missing))
        if not merged:
            raise Refused("merge_none", gettext_noop("Choose another household to make one with this."))
        ids = [other.pk for other in merged]
        residents = list(Resident.objects.filter(household__in=ids).values_list("id", flat=True))
        moved = resettle(scope, residents, home, verb="merge_households")
        closed = [other for other in merged if other.active]
        if not moved and not closed:
            return home
        now = clock.now()
        noted = [home.remarks, *(other.remarks for other in closed)]
        home.remarks = "\n".join(dict.fromkeys(filter(None, noted)))[:LONGEST_REMARKS]
        home.updated_at = now
        home.save(update_fields=["remarks", "updated_at"])
        Household.objects.filter(pk__in=ids).update(active=False, updated_at=now)
        Proposal.objects.filter(household__in=ids, state=ProposalState.OPEN).update(household=home.pk)
        publish(scope, HouseholdsMerged(community, home.pk, tuple(ids)))
        publish(scope, RosterChanged(community))
    return home


def _community(household_id: int) -> int:
    found = Household.objects.filter(pk=household_id).values_list("community", flat=True).first()
    if found is None:
        raise NotFound("household", household_id)
    return found
