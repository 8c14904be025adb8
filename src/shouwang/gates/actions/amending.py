"""A check that corrects another: one of them holds, in figures, lists, outings and rounds, whichever came first."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from shouwang.access.prepared import Asked, rows
from shouwang.gates.actions import gate_day
from shouwang.gates.events import PassingCorrected, TemperaturesCorrected, TemperatureTaken
from shouwang.gates.models import Amendment, Check
from shouwang.gates.rules.amending import Passing, Version, passing
from shouwang.kernel.scope import Scope
from shouwang.sync.actions import publish

# Everything that hangs together with some checks, upwards and downwards; ids of checks that have not come included.
_HANG_TOGETHER = """
with recursive known(id) as (
  select unnest(%(ids)s::uuid[])
  union
  select near.id from known k, lateral (
    select c.corrects as id from gates_check c
    where c.community = %(community)s and c.id = k.id and c.corrects is not null
    union all
    select c.id from gates_check c where c.community = %(community)s and c.corrects = k.id
  ) near
) select id from known
"""


def lock_corrections(communities: Collection[int], *, correcting: bool) -> None:
    """Until the end of the transaction a correction and what it corrects do not come in side by side unseen.

    Whoever brings a correction keeps everybody else of the community out; all others only keep out the corrections.
    """
    rows(*locking(communities, correcting=correcting))


def locking(communities: Collection[int], *, correcting: bool) -> Asked:
    """The statement of `lock_corrections`."""
    return _LOCK if correcting else _LOCK_SHARED, [sorted(communities)]


_LOCK = """
select pg_advisory_xact_lock(hashtextextended('gates:corrections:' || code, 0)) from unnest(%b::bigint[]) code
"""
_LOCK_SHARED = _LOCK.replace("xact_lock", "xact_lock_shared")


def corrected_among(communities: Collection[int], ids: Collection[UUID]) -> set[UUID]:
    """Those of ``ids`` for which a correction came before they did."""
    return {corrected for (corrected,) in rows(*asking_corrected(communities, ids))}


def asking_corrected(communities: Collection[int], ids: Collection[UUID]) -> Asked:
    """The statement of `corrected_among`."""
    return (
        "select corrects from gates_check where community = any(%b::bigint[]) and corrects = any(%b::uuid[])",
        [list(communities), list(ids)],
    )


def amend(scope: Scope, community: int, added: Collection[UUID]) -> None:
    """Put the passings of ``added``, checks just recorded that correct or are corrected, right everywhere.

    ``added`` have not been counted yet. The corrections of the community are locked.
    """
    corrected = []
    for group in _groups(community, added):
        changes = [gate_day.counted(group.standing, made_at=group.now.made_at)]
        for check in group.checks:
            if check.id in added:
                continue
            before = group.before.get(check.id)
            if before is None:
                changes.append(gate_day.counted(check, times=-1))
            elif before.stands:
                changes.append(gate_day.counted(check, made_at=before.made_at, times=-1))
        gate_day.count(changes)
        Amendment.objects.filter(
            community=community, check_id__in=[check.id for check in group.checks]
        ).delete()
        Amendment.objects.bulk_create(
            Amendment(
                community=community,
                check_id=check.id,
                passing=group.now.first,
                made_at=group.now.made_at,
                stands=check.id == group.now.stands,
            )
            for check in group.checks
        )
        corrected.append(
            PassingCorrected(
                tuple(check.id for check in group.checks), taken(group.standing, made_at=group.now.made_at)
            )
        )
    if corrected:
        publish(scope, TemperaturesCorrected(community, tuple(corrected)))


def taken(check: Check, *, made_at: dt.datetime | None = None) -> TemperatureTaken | None:
    """The news of a resident's temperature in a check; ``None`` where there is none."""
    if check.temperature is None or check.resident is None or check.household is None:
        return None
    return TemperatureTaken(
        community=check.community,
        check_id=check.id,
        household_id=check.household,
        resident_id=check.resident,
        temperature=check.temperature,
        made_at=made_at or check.made_at,
        made_by=check.made_by,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The checks of one passing, what held of them before, and what holds now."""

    checks: list[Check]
    before: dict[UUID, Amendment]
    now: Passing

    @property
    def standing(self) -> Check:
        return next(check for check in self.checks if check.id == self.now.stands)


def _groups(community: int, added: Collection[UUID]) -> Iterator[_Group]:
    done: set[UUID] = set()
    for one in sorted(added):
        if one in done:
            continue
        with connection.cursor() as cursor:
            cursor.execute(_HANG_TOGETHER, {"ids": [one], "community": community})
            ids = [row[0] for row in cursor.fetchall()]
        done.update(ids)
        checks = list(Check.objects.filter(community=community, id__in=ids))
        kept = Amendment.objects.filter(community=community, check_id__in=ids)
        yield _Group(
            checks,
            {row.check_id: row for row in kept},
            passing([Version(check.id, check.corrects, check.made_at) for check in checks]),
        )
