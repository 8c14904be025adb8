"""A record as a device sent it, and the answer to it. The protocol is docs/field-protocol.md."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shouwang.sync.enums import Outcome


@dataclass(frozen=True, slots=True)
class DeviceHere:
    """The device that speaks: its row's key, its community, the entrance it stands at (``None``: the whole area), the
    caseload whose households it rings (``None``: no caller's phone)."""

    key: int
    device_id: UUID
    community: int
    entrance: int | None
    name: str
    caseload: int | None = None

    @property
    def at_gates(self) -> bool:
        """Whether passes are shown to it: not to a phone that only makes calls, from home or from an office."""
        return self.caseload is None or self.entrance is not None


@dataclass(frozen=True, slots=True)
class Sent:
    """One record. ``id`` is a UUIDv7 minted where it was made; ``seq`` counts up within one installation, from 1.

    ``made_at`` is when it happened, as well as can be told (the device's estimate, put right if it cannot be);
    ``device_clock`` what the device's own clock said then. ``keeper`` is the name she signed on with. ``digest`` (16
    bytes) stands for the whole content: two records with one id and one digest are the same record.
    """

    id: UUID
    kind: str
    seq: int
    made_at: dt.datetime
    device_clock: dt.datetime
    keeper: str
    body: Mapping[str, Any]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a record. ``code`` names why, for machines; empty where it was stored.

    ``extra`` stands beside the outcome in what the device is told, such as the verdict it asked for.
    """

    outcome: Outcome
    code: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


STORED, DUPLICATE = Answer(Outcome.STORED), Answer(Outcome.DUPLICATE)
