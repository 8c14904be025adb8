"""The parts of the pack: what a phone needs to work alone. Which there are is written in docs/field-protocol.md."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shouwang.kernel.scope import Scope
from shouwang.sync.rules.records import DeviceHere


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``data`` is anything that JSON can say. With ``since`` it is what to add to that version."""

    version: str
    data: Any
    since: str | None = None


Provider = Callable[[Scope, DeviceHere, str], Part | None]
"""``(scope, device, have)`` → the part, or ``None`` where ``have`` (the version the phone has, or "") is the newest."""


def for_gates(provide: Provider) -> Provider:
    """A part that only phones at gates get: who holds a pass or must stay in is no business of a phone that rings."""

    def provided(scope: Scope, device: DeviceHere, have: str) -> Part | None:
        return provide(scope, device, have) if device.at_gates else None

    return provided
