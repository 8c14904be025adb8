"""Households put into caseloads by hand, and what follows when the roster changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.events import HouseholdsMerged, HouseholdSplit, RosterChanged
from shouwang.people.queries import roster
from shouwang.people.queries.households import known_households
from shouwang.sync.actions import publish
from shouwang.workforce.actions.keeping import lock_caseloads, locked
from shouwang.workforce.events import OwnersChanged
from shouwang.workforce.models import Assignment
from shouwang.workforce.queries.caseloads import assigned, caseloads

MOST = 1.25
"""A new household joins its neighbours' caseload up to so many times the mean size; then somebody should decide."""


def move_households(
    scope: Scope, *, community: int, household_ids: Collection[int], caseload_id: int | None, fix: bool = True
) -> int:
    """Put households into a caseload by hand (None: into none) and fix them there. Answers how many changed.

    Raises ``NotFound`` for a household or caseload of another community.
    """
    scope.require(Permission.MANAGE_CASELOADS, community)
    if caseload_id is not None and locked(scope, caseload_id).community != community:
        raise NotFound("caseload", caseload_id)
    lock_caseloads(community)
    wanted = set(household_ids)
    if missing := wanted - known_households(scope, community, wanted):
        raise NotFound("household", min(missing))
    changed = put(scope, community, dict.fromkeys(wanted, caseload_id), fix=fix)
    if changed:
        audit(
            scope, "move_households", community=community, subject_kind="caseload", subject_id=caseload_id or "",
            detail={"households": changed},
        )  # fmt: skip
        publish(scope, OwnersChanged(community))
    return changed


def fix(scope: Scope, *, community: int, household_ids: Collection[int], fixed: bool = True) -> int:
    """Say that no division may move these households from where they are, or that it may again."""
    scope.require(Permission.MANAGE_CASELOADS, community)
    lock_caseloads(community)
    rows = Assignment.objects.filter(community=community, household__in=set(household_ids), fixed=not fixed)
    changed = rows.update(fixed=fixed)
    if changed:
        audit(
            scope, "fix_households" if fixed else "unfix_households", community=community,
            subject_kind="caseload", detail={"households": changed},
        )  # fmt: skip
    return changed


def put(scope: Scope, community: int, to: Mapping[int, int | None], *, fix: bool | None) -> int:
    """Write where households belong from now on; the caller holds the lock. Answers how many changed caseload.

    ``fix`` None leaves as it is whether they are fixed.
    """
    now = clock.now()
    before = assigned(scope, community)
    changed = {home: load for home, load in to.items() if before.get(home, (None, False))[0] != load}
    rows = [
        Assignment(
            household=home,
            community=community,
            caseload_id=load,
            fixed=load is not None and (before.get(home, (None, False))[1] if fix is None else fix),
            since=now,
            put_by_id=scope.actor_id,
        )
        for home, load in changed.items()
        if load is not None or fix
    ]
    Assignment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["household"],
        update_fields=["community", "caseload", "fixed", "since", "put_by"],
        batch_size=2000,
    )
    if not fix:
        gone = [home for home, load in changed.items() if load is None]
        Assignment.objects.filter(community=community, household__in=gone).delete()
    if fix:
        stay = [home for home, load in to.items() if load is not None]
        Assignment.objects.filter(community=community, household__in=stay, fixed=False).update(fixed=True)
    return len(changed)


def follow_roster(scope: Scope, news: RosterChanged) -> None:
    """Households that are no longer there leave; new ones join their neighbours' caseload where that is plain.

    Plain: all other households of the staircase (or, where that has none, of the building) are in one caseload, and
    it has room. Anything else stays unassigned, for somebody to decide. Where nothing has been divided yet nothing
    happens.
    """
    community = news.community
    here = caseloads(scope, community)
    if not any(one.households for one in here):
        return
    now = assigned(scope, community)
    doors = {door.household_id: door for door in roster.doors(scope, community=community)}
    living = {household for household, _ in roster.due_residents(scope, community)}
    taken_out = Assignment.objects.filter(community=community, caseload=None)
    new = living - now.keys() - set(taken_out.values_list("household", flat=True))
    gone = now.keys() - doors.keys()
    if not new and not gone:
        return
    lock_caseloads(community)
    to: dict[int, int | None] = dict.fromkeys(gone)
    mean = sum(one.households for one in here) / len(here)
    size = Counter({one.id: one.households for one in here})
    beside: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for household, (caseload, _) in now.items():
        if (door := doors.get(household)) and door.building:
            beside[door.compound_id, door.building].add(caseload)
            beside[door.compound_id, door.building, door.unit].add(caseload)
    for household in sorted(new):
        door = doors[household]
        place = (door.compound_id, door.building, door.unit)
        around = beside.get(place) or beside.get(place[:2]) or set()
        if door.building and len(around) == 1:
            (caseload,) = around
            if size[caseload] + 1 <= max(mean * MOST, mean + 2):
                to[household] = caseload
                size[caseload] += 1
    put(scope, community, to, fix=None)


def follow_split(scope: Scope, news: HouseholdSplit) -> None:
    """Who moves out within the house keeps her caller."""
    now = assigned(scope, news.community)
    if news.household_id in now and news.new_household_id not in now:
        lock_caseloads(news.community)
        put(scope, news.community, {news.new_household_id: now[news.household_id][0]}, fix=None)


def follow_merge(scope: Scope, news: HouseholdsMerged) -> None:
    """The household that stays keeps its caller, or takes the one that the others had; the others have none."""
    now = assigned(scope, news.community)
    to: dict[int, int | None] = {home: None for home in news.merged if home in now}
    theirs = {now[home][0] for home in to}
    if news.household_id not in now and len(theirs) == 1:
        to[news.household_id] = theirs.pop()
    if to:
        lock_caseloads(news.community)
        put(scope, news.community, to, fix=None)
