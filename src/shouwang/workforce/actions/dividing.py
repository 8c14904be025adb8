"""Divisions: asked of the planner, changed by hand, accepted or discarded."""

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import known_households
from shouwang.planning.caseload.check import faults
from shouwang.planning.caseload.solve import solve
from shouwang.sync.actions import publish
from shouwang.workforce.actions.keeping import lock_caseloads, locked, next_name
from shouwang.workforce.actions.moving import put
from shouwang.workforce.enums import DivisionState
from shouwang.workforce.events import OwnersChanged
from shouwang.workforce.models import Caseload, Division
from shouwang.workforce.queries import burden
from shouwang.workforce.queries.caseloads import assigned
from shouwang.workforce.queries.divisions import division

FIRST = 10.0
"""Seconds of search for a first proposal."""
AT_ONCE = 400
"""So many households are divided while one waits, within…"""
WAIT = 2.0
"""…so many seconds."""
_call: list[Callable[[int], None]] = []


def connect_worker(call: Callable[[int], None]) -> None:
    """Say how the worker is given a division's id. Tasks lie above actions, so they come and say it themselves."""
    _call[:] = [call]


def propose_division(
    scope: Scope,
    *,
    community: int,
    caseloads: int | None = None,
    seconds: float = FIRST,
    seed: int = 1,
    directly: bool | None = None,
) -> Division:
    """Ask the planner for a division into so many caseloads (default: as many as there are, else of about 40).

    It searches in the background, a small community's while one waits (``directly`` says which). One that waits to be
    accepted is discarded. Raises ``Refused`` where nobody lives.
    """
    return _propose(scope, community, caseloads, seconds, seed, directly, None)


def take_over(
    scope: Scope, *, caseload_id: int, seconds: float = WAIT, directly: bool | None = None
) -> Division:
    """Ask for a division of a leaver's households over the others, whose own stay where they are.

    Accepting it takes the caseload out of use. Raises ``Refused`` where there is no other.
    """
    leaver = locked(scope, caseload_id)
    if not Caseload.objects.filter(community=leaver.community, active=True).exclude(pk=caseload_id).exists():
        raise Refused(
            "caseload_only_one",
            gettext_noop("There is no other caseload here. Say who carries this one instead."),
        )
    return _propose(scope, leaver.community, None, seconds, 1, directly, caseload_id)


def _propose(
    scope: Scope,
    community: int,
    wanted: int | None,
    seconds: float,
    seed: int,
    directly: bool | None,
    leaver: int | None,
) -> Division:
    scope.require(Permission.MANAGE_CASELOADS, community)
    lock_caseloads(community)
    task = burden.task(scope, community, wanted=wanted, leaver=leaver)
    if task is None:
        raise Refused(
            "roster_empty",
            gettext_noop(
                "Nobody is on the roster here yet, so there is nothing to divide. Import the roster first."
            ),
        )
    small = len(task.problem.households) <= AT_ONCE or (leaver is not None)
    if directly is None:
        directly = small
    for earlier in Division.objects.filter(community=community, state__in=_OPEN):
        _settle(scope, earlier, DivisionState.DISCARDED)
    made = Division.objects.create(
        community=community,
        state=DivisionState.WORKING,
        made_at=clock.now(),
        made_by_id=scope.actor_id,
        seed=seed,
        seconds=min(seconds, WAIT) if directly and small else seconds,
        version=burden.VERSION,
        loads=[{"caseload": load.caseload, "name": load.name} for load in task.loads],
        leaver_id=leaver,
    )
    audit(
        scope, "propose_division", community=community, subject_kind="division", subject_id=made.pk,
        detail={"caseloads": len(task.loads), "households": len(task.problem.households)},
    )  # fmt: skip
    if directly:
        _keep(made, task, *_search(task, made))
    else:
        for call in _call:
            call(made.pk)  # a job is a row: it waits for this transaction's end
    return made


_OPEN = (DivisionState.WORKING, DivisionState.PROPOSED)


def work_out(scope: Scope, division_id: int) -> None:
    """What the worker does: read, search with no transaction open, keep. Nothing if it was discarded meanwhile."""
    with acting(scope):
        made = Division.objects.filter(pk=division_id, state=DivisionState.WORKING).first()
        if made is None:
            return
        task = burden.task(scope, made.community, wanted=len(made.loads), leaver=made.leaver_id)
    if task is None:
        return
    found = _search(task, made)
    with acting(scope):
        still = Division.objects.select_for_update(no_key=True).get(pk=division_id)
        if still.state == DivisionState.WORKING:
            _keep(still, task, *found)


def _search(task: burden.Task, made: Division) -> tuple[Any, Refused | None, float]:
    began = time.monotonic()
    try:
        found = solve(task.problem, seconds=made.seconds, seed=made.seed)
    except Refused as error:
        return None, error, time.monotonic() - began
    if wrong := faults(
        task.problem, found
    ):  # the independent check: a fault is ours, and nobody should accept it
        raise RuntimeError(f"division {made.pk}: {wrong[0]}")
    return found, None, time.monotonic() - began


def _keep(made: Division, task: burden.Task, found: Any, refusal: Refused | None, took: float) -> None:
    made.took = took
    if refusal is not None:
        made.state = DivisionState.FAILED
        made.refusal = {"hint": refusal.hint, "params": refusal.params}
        made.save(update_fields=["state", "took", "refusal"])
        return
    place = {load.key: number for number, load in enumerate(task.loads)}
    made.state = DivisionState.PROPOSED
    made.loads = [
        {"caseload": load.caseload, "name": load.name, "centre": int(found.centre_of.get(load.key) or 0)}
        for load in task.loads
    ]
    made.households = [int(household) for household in found.caller_of]
    made.callers = [place[key] for key in found.caller_of.values()]
    made.objective, made.bound, made.moved = found.objective, found.bound, found.changed
    made.split = list(found.split_buildings)
    made.save()


def adjust_division(scope: Scope, *, division_id: int, household_ids: Collection[int], load: int) -> Division:
    """Put households of a proposal into another of its caseloads, ``load`` being its place in ``loads``."""
    made = _open(scope, division_id)
    if not 0 <= load < len(made.loads):
        raise NotFound("caseload", load)
    wanted = set(household_ids)
    if missing := wanted - set(made.households):
        raise NotFound("household", min(missing))
    made.callers = [
        load if home in wanted else there for home, there in zip(made.households, made.callers, strict=True)
    ]
    made.save(update_fields=["callers"])
    return made


def accept_division(scope: Scope, *, division_id: int) -> Division:
    """Make a proposal what holds: new caseloads are made (without callers yet), a leaver's is taken out of use.

    What changed since it was made stands above it: households that left the roster stay out, what a person has fixed
    meanwhile stays. Accepting twice changes nothing.
    """
    there = division(scope, division_id)
    if there.state == DivisionState.ACCEPTED:
        scope.require(Permission.MANAGE_CASELOADS, there.community)
        return there
    made = _open(scope, division_id)
    keys = _made_caseloads(scope, made)
    now = assigned(scope, made.community)
    known = known_households(scope, made.community, made.households)
    to: dict[int, int | None] = {
        home: keys[load]
        for home, load in zip(made.households, made.callers, strict=True)
        if home in known and not (home in now and now[home][1])
    }
    changed = put(scope, made.community, to, fix=None)
    _settle(scope, made, DivisionState.ACCEPTED, {"households": changed})
    used = {load for load in keys if load is not None}
    idle = Caseload.objects.filter(community=made.community, active=True, assignments=None).exclude(
        pk__in=used
    )
    idle.update(active=False, changed_at=clock.now())
    publish(scope, OwnersChanged(made.community))
    return made


def discard_division(scope: Scope, *, division_id: int) -> Division:
    """Put a proposal aside; also one that is still being worked out. Twice changes nothing."""
    there = division(scope, division_id)
    scope.require(Permission.MANAGE_CASELOADS, there.community)
    lock_caseloads(there.community)
    there = Division.objects.select_for_update(no_key=True).get(pk=division_id)
    if there.state in (*_OPEN, DivisionState.FAILED):
        _settle(scope, there, DivisionState.DISCARDED)
    return there


def _open(scope: Scope, division_id: int) -> Division:
    found = division(scope, division_id)
    scope.require(Permission.MANAGE_CASELOADS, found.community)
    lock_caseloads(found.community)
    found = Division.objects.select_for_update(no_key=True).get(pk=division_id)
    if found.state != DivisionState.PROPOSED:
        raise Refused("division_settled", gettext_noop("This proposal is no longer open. Ask for a new one."))
    return found


def _made_caseloads(scope: Scope, made: Division) -> list[int | None]:
    """The caseload of each load, those that are new made; None where it was taken out of use meanwhile."""
    now = clock.now()
    here = Caseload.objects.filter(community=made.community, active=True)
    names: Mapping[int, str] = dict(here.values_list("id", "name"))
    taken, last = set(names.values()), max(here.values_list("order", flat=True), default=0)
    keys: list[int | None] = []
    for number, load in enumerate(made.loads, 1):
        if load["caseload"] is not None:
            keys.append(load["caseload"] if load["caseload"] in names else None)
            continue
        name = load["name"] if load["name"] not in taken else next_name(taken)
        taken.add(name)
        keys.append(
            Caseload.objects.create(
                community=made.community, name=name, order=last + number, created_at=now, changed_at=now,
                changed_by_id=scope.actor_id,
            ).pk
        )  # fmt: skip
    return keys


def _settle(scope: Scope, made: Division, state: DivisionState, detail: dict[str, Any] | None = None) -> None:
    made.state, made.settled_at, made.settled_by_id = state, clock.now(), scope.actor_id
    made.save(update_fields=["state", "settled_at", "settled_by"])
    verb = "accept_division" if state == DivisionState.ACCEPTED else "discard_division"
    audit(
        scope,
        verb,
        community=made.community,
        subject_kind="division",
        subject_id=made.pk,
        detail=detail or {},
    )
