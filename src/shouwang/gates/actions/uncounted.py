"""Temperatures of checks that phones sent, on their way into the rounds.

A round's figures are counted under a lock on the round, so a gate's queue would wait for them. A fever is told at once;
the others are noted in the transaction that stores their checks, and counted by the worker within seconds
(docs/adr/0009). The note goes with the count, in one transaction: neither a crash nor a second worker loses or doubles
one.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwang.access import clock
from shouwang.access.prepared import Asked
from shouwang.access.wall import acting
from shouwang.gates.actions.amending import lock_corrections, taken
from shouwang.gates.events import TemperaturesTaken
from shouwang.gates.models import Amendment, Check, Uncounted
from shouwang.kernel.scope import Scope
from shouwang.sync.actions import publish

TASK = "gates.count_temperatures"
"""Name and queueing lock of the task that calls `count_waiting`: at most one of it waits."""
AT_ONCE = 10
"""So many notes, of up to 500 checks each, are counted in one transaction."""
_call: list[Callable[[], None]] = []


def connect_worker(call: Callable[[], None]) -> None:
    """Say how the worker is called. Tasks lie above actions, so they come and say it themselves."""
    _call[:] = [call]


def noting(checks: Sequence[tuple[int, UUID]]) -> Asked:
    """The statement that notes ``checks`` (community and id); what it returns is for `call_worker`."""
    return _NOTE, [clock.now(), [code for code, _ in checks], [check_id for _, check_id in checks], TASK]


_NOTE = """
insert into gates_uncounted (community, checks, made_at)
select community, array_agg(id), %b::timestamptz from unnest(%b::bigint[], %b::uuid[]) as noted (community, id)
group by community order by community
returning exists(select from procrastinate_jobs where queueing_lock = %b and status = 'todo')
"""


def call_worker(noted: Iterable[tuple[Any, ...]]) -> None:
    """See to it that a worker comes for what was noted, unless one has been called already."""
    if any(not called for (called,) in noted):
        for call in _call:
            call()


def count_waiting(scope: Scope) -> int:
    """Count what waits, community by community, each in its own transaction. Answers how many checks that were."""
    done = 0
    with acting(scope):
        communities = sorted(set(Uncounted.objects.values_list("community", flat=True)))
    for community in communities:
        while counted := _count_some(scope, community):
            done += counted
    return done


def _count_some(scope: Scope, community: int) -> int:
    with acting(scope):
        lock_corrections([community], correcting=False)
        notes = list(
            Uncounted.objects.select_for_update(skip_locked=True)
            .filter(community=community)
            .order_by("id")[:AT_ONCE]
        )
        ids = [check_id for row in notes for check_id in row.checks]
        if not ids:
            return 0
        tell(scope, community, _standing(community, ids))
        Uncounted.objects.filter(pk__in=[row.pk for row in notes]).delete()
    return len(ids)


def tell(scope: Scope, community: int, checks: Collection[Check]) -> None:
    """Publish the temperatures of the residents among ``checks``."""
    found = tuple(news for check in checks if (news := taken(check)) is not None)
    if found:
        publish(scope, TemperaturesTaken(community, found))


def _standing(community: int, ids: Sequence[UUID]) -> list[Check]:
    """Without those that were corrected meanwhile: their correction has told what holds."""
    amended = Amendment.objects.filter(community=community, check_id__in=ids).values_list(
        "check_id", flat=True
    )
    return list(Check.objects.filter(Q(community=community), id__in=set(ids) - set(amended)))
