"""Keeping whole what could not be taken in."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from shouwang.sync.models import Quarantined
from shouwang.sync.rules.batch import Poison, written
from shouwang.sync.rules.records import Answer, DeviceHere, Sent

Aside = tuple[Sent | Poison, Any, Answer]
"""What was made of a record, the record as it came, and what its device is told."""


def set_aside(device: DeviceHere, records: Sequence[Aside], *, received_at: dt.datetime) -> None:
    """Keep ``records`` for the office. One that is there already, because it was sent again, stays as it is."""
    Quarantined.objects.bulk_create(
        [
            Quarantined(
                community=device.community,
                device_id=device.key,
                record_id=one.record_id if isinstance(one, Poison) else str(one.id),
                kind=one.kind,
                digest=one.digest,
                raw=written(raw),
                outcome=answer.outcome,
                code=answer.code,
                received_at=received_at,
            )
            for one, raw, answer in records
        ],
        ignore_conflicts=True,
    )
