"""The ways to read what comes from the field."""

from shouwang.sync.queries.devices import DeviceLine, Gaps, devices
from shouwang.sync.queries.here import device_scope, known_device, scope_at
from shouwang.sync.queries.pack import connect_parts, pack, root, sealing_part
from shouwang.sync.queries.quarantine import QuarantineLine, quarantine

__all__ = [
    "DeviceLine",
    "Gaps",
    "QuarantineLine",
    "connect_parts",
    "device_scope",
    "devices",
    "known_device",
    "pack",
    "quarantine",
    "root",
    "scope_at",
    "sealing_part",
]
