"""Records set aside, for the office to look at."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.enums import Permission
from shouwang.access.rules import range_of
from shouwang.kernel.scope import Scope
from shouwang.sync.enums import Outcome
from shouwang.sync.models import Quarantined

MOST = 500


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """One record that could not be taken in. Its content stays sealed; ``code`` says what was wrong with it."""

    key: int
    community: int
    device: int
    device_name: str
    record_id: str
    kind: str
    outcome: Outcome
    code: str
    received_at: dt.datetime


def quarantine(scope: Scope, community: int) -> list[QuarantineLine]:
    """What nobody has decided about yet, of a community or a larger area's communities: the latest 500."""
    first, last = range_of(community)
    scope.require(Permission.MANAGE_DEVICES, first, last)
    rows = (
        Quarantined.objects.filter(community__range=(first, last), settled_at=None)
        .select_related("device")
        .defer("raw")
        .order_by("-received_at", "-id")[:MOST]
    )
    return [
        QuarantineLine(
            row.pk, row.community, row.device_id, row.device.name, row.record_id, row.kind, Outcome(row.outcome),
            row.code, row.received_at,
        )
        for row in rows
    ]  # fmt: skip
