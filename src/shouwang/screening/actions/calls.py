"""Handing a call list to a caller's phone: a look at many numbers at once, and on record as one."""

import hashlib
from typing import Any

import orjson

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.screening.queries.calls import CallList, call_list
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

NONE = "none"
"""The version of the part while the phone has no caseload."""


def hand_out_calls(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The part ``calls`` of the pack: the list of the device's caseload, with its numbers in plain.

    That numbers were handed out is audited, once a device, day and set of numbers: the version tells whether the phone
    has been given these today. A device that has lost its caseload is told so.
    """
    if device.caseload is None:
        return None if have in ("", NONE) else Part(NONE, None)
    scope.require(Permission.REVEAL_SEALED, device.community)
    found = call_list(scope, device.caseload, device=device.key)
    numbers = f"{found.said['day']}.{device.caseload}.{_digest(sorted(_keys(found)))}"
    said = _with_numbers(found)
    version = f"{numbers}.{_digest(said)}"
    if version == have:
        return None
    if not have.startswith(f"{numbers}."):
        audit(
            scope, "reveal_calls", community=device.community, subject_kind="device", subject_id=device.key,
            detail={
                "caseload": device.caseload,
                "households": len(found.said["households"]),
                "numbers": sum(map(len, found.phones.values())),
            },
        )  # fmt: skip
    return Part(version, said)


def _keys(found: CallList) -> list[bytes]:
    return [phone.phone.stored for phones in found.phones.values() for phone in phones]


def _with_numbers(found: CallList) -> dict[str, Any]:
    """Each number of a household once, with the first member who has it."""
    homes = []
    for home in found.said["households"]:
        names = {member["id"]: member["name"] for member in home["members"]}
        numbers: dict[str, int] = {}
        for phone in found.phones.get(home["id"], ()):
            numbers.setdefault(phone.phone.open(), phone.resident_id)
        phones = [{"resident": who, "name": names[who], "phone": number} for number, who in numbers.items()]
        homes.append({**home, "phones": phones})
    return {**found.said, "households": homes}


def _digest(said: Any) -> str:
    written = orjson.dumps(said, default=bytes.hex, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:16]
