"""Residents move to another door of their community, with whatever of the register goes by their household."""

from collections.abc import Collection

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions.editing.doors import NewDoor, held_household, household_at, in_use
from shouwang.people.actions.population import count_population, lock_population
from shouwang.people.enums import ProposalState
from shouwang.people.events import ResidentsMoved, RosterChanged
from shouwang.people.models import Household, Proposal, Resident, Returnee, Sighting, Watch
from shouwang.people.queries.lodgers import GONE
from shouwang.sync.actions import publish


def move_residents(
    scope: Scope,
    *,
    resident_ids: Collection[int],
    household_id: int | None = None,
    door: NewDoor | None = None,
) -> Household:
    """Residents of one community live behind another of its doors from now on, a known one or a new one.

    Who lives there already stays as she is. Raises ``NotFound``, ``Forbidden``, ``Refused`` if nobody is named or they
    are of several communities.
    """
    if (household_id is None) == (door is None):
        raise ValueError("either a household or a door")
    community = community_of_all(resident_ids)
    scope.require(Permission.EDIT_PEOPLE, community)
    with transaction.atomic():
        lock_population(community)
        home = (
            held_household(scope, household_id, community)
            if household_id is not None
            else household_at(scope, community, door)  # type: ignore[arg-type]
        )
        if resettle(scope, resident_ids, home, verb="move_residents"):
            publish(scope, RosterChanged(community))
    return home


def community_of_all(resident_ids: Collection[int]) -> int:
    """The one community of these residents. Raises ``NotFound`` if one is not to be seen."""
    if not resident_ids:
        raise Refused("residents_none", gettext_noop("Choose who it is about."))
    rows = dict(Resident.objects.filter(pk__in=resident_ids).values_list("id", "community"))
    if missing := set(resident_ids) - set(rows):
        raise NotFound("resident", min(missing))
    if len(set(rows.values())) > 1:
        raise Refused(
            "residents_apart", gettext_noop("They live in several communities: move those of one at a time.")
        )
    return next(iter(rows.values()))


def resettle(scope: Scope, resident_ids: Collection[int], home: Household, *, verb: str) -> bool:
    """Move them and what goes by their household; close what is empty. Answers whether anybody moved.

    The caller holds the community's people, and tells the rounds.
    """
    movers = list(
        Resident.objects.select_for_update(no_key=True)
        .filter(pk__in=resident_ids, community=home.community)
        .exclude(household=home)
        .order_by("id")
    )
    if not movers:
        return False
    left = tuple((one.pk, one.household_id) for one in movers)
    ids, now = [one.pk for one in movers], clock.now()
    in_use(home)
    Resident.objects.filter(pk__in=ids).update(household=home, updated_at=now)
    Watch.objects.filter(resident__in=ids, closed_at=None).update(household=home.pk)
    Returnee.objects.filter(resident__in=ids).update(household=home, updated_at=now)
    Sighting.objects.filter(resident__in=ids).update(household=home)
    Proposal.objects.filter(resident__in=ids, state=ProposalState.OPEN).update(household=home.pk)
    close_empty({household for _, household in left})
    count_population(home.community, now)
    audit(
        scope,
        verb,
        community=home.community,
        subject_kind="household",
        subject_id=home.pk,
        detail={"residents": ids, "from": sorted({household for _, household in left})},
    )
    publish(scope, ResidentsMoved(home.community, left, home.pk))
    return True


def close_empty(households: Collection[int]) -> None:
    """A household that its last member has left is no longer in use; it stays on record."""
    lived_in = Resident.objects.exclude(presence__in=GONE).filter(household__in=households)
    empty = set(households) - set(lived_in.values_list("household_id", flat=True))
    Household.objects.filter(pk__in=empty, active=True).update(active=False, updated_at=clock.now())
