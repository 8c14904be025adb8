"""The devices of an area as the office sees them: who has not been heard of, what is not sent, what is missing."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from shouwang.access.enums import Permission
from shouwang.access.rules import range_of
from shouwang.kernel.scope import Scope
from shouwang.sync.models import Device, Sequence
from shouwang.sync.rules import runs


@dataclass(frozen=True, slots=True)
class Gaps:
    """The numbers of one installation of the app that never came, as runs (first, last).

    When they were made nobody knows: ``first_at`` and ``last_at`` are when we first and last heard of the installation.
    """

    runs: tuple[tuple[int, int], ...]
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device. ``unsent``, ``oldest_unsent_at``, ``clock_ahead`` (seconds) and ``app_version`` are as it last said.

    ``gaps`` are of those of its installations that have some, ``missing`` all their runs, ``lost`` how many numbers
    that is. ``twice``: numbers that came with two different records: two phones share its identity.
    """

    key: int
    device_id: UUID
    community: int
    entrance: int | None
    caseload: int | None
    name: str
    enrolled_at: dt.datetime
    revoked_at: dt.datetime | None
    revoke_reason: str
    seen_at: dt.datetime | None
    app_version: str
    unsent: int
    oldest_unsent_at: dt.datetime | None
    clock_ahead: int
    gaps: tuple[Gaps, ...]
    twice: int

    @property
    def missing(self) -> tuple[tuple[int, int], ...]:
        return tuple(run for gaps in self.gaps for run in gaps.runs)

    @property
    def lost(self) -> int:
        return sum(last - first + 1 for first, last in self.missing)


def devices(scope: Scope, community: int) -> list[DeviceLine]:
    """The devices of a community, or of a larger area's communities; those that still may send first."""
    first, last = range_of(community)
    scope.require(Permission.MANAGE_DEVICES, first, last)
    rows = list(Device.objects.filter(community__range=(first, last)).order_by("revoked_at", "name", "id"))
    gaps: dict[int, list[Gaps]] = {}
    twice: dict[int, int] = {}
    for sequence in Sequence.objects.filter(device__in=rows).order_by("first_at"):
        if missing := runs.missing(sequence.seen):
            found = Gaps(tuple(missing), sequence.first_at, sequence.last_at)
            gaps.setdefault(sequence.device_id, []).append(found)
        twice[sequence.device_id] = twice.get(sequence.device_id, 0) + sequence.twice
    rows.sort(key=lambda row: row.revoked_at is not None)
    return [
        DeviceLine(
            key=row.pk,
            device_id=row.device_id,
            community=row.community,
            entrance=row.entrance,
            caseload=row.caseload,
            name=row.name,
            enrolled_at=row.enrolled_at,
            revoked_at=row.revoked_at,
            revoke_reason=row.revoke_reason,
            seen_at=row.seen_at,
            app_version=row.app_version,
            unsent=row.unsent,
            oldest_unsent_at=row.oldest_unsent_at,
            clock_ahead=row.clock_ahead,
            gaps=tuple(gaps.get(row.pk, ())),
            twice=twice.get(row.pk, 0),
        )
        for row in rows
    ]
