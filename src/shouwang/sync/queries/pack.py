"""What a phone needs to work alone. The parts come from the domains above; ``config.wiring`` says which."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwang.kernel.scope import Scope
from shouwang.sync.rules.pack import Part, Provider
from shouwang.sync.rules.records import DeviceHere
from shouwang.sync.sealing import public_point

_parts: dict[str, Provider] = {}
_root: list[Callable[[], str]] = []


def connect_parts(table: Mapping[str, Provider], *, root: Callable[[], str]) -> None:
    """Install the one name → provider table, and who knows the root. Called once, by ``config``."""
    _parts.clear()
    _parts.update(table)
    _root[:] = [root]


def root() -> str:
    """The point of the installation's offline root key, 65 bytes in hexadecimal; empty where there is none yet."""
    return _root[0]() if _root else ""


def pack(scope: Scope, device: DeviceHere, *, have: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The parts that changed since the versions the phone has, by name."""
    found = {name: provide(scope, device, have.get(name, "")) for name, provide in _parts.items()}
    return {
        name: {"version": part.version, "since": part.since, "data": part.data}
        for name, part in found.items()
        if part is not None
    }


def sealing_part(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The part ``sealing``: the key to which phones seal what only the server may read."""
    point = public_point().hex()
    version = point[2:18]
    return None if have == version else Part(version, {"key": point})
