"""The code on a household's door: ``SWD1:<community>.<household>.<mark>``. The format is docs/pass-format.md.

It says which door this is and lets nobody through. The mark, the first 40 bits of a keyed digest in base32, keeps
others from printing door cards of their own; only who holds the key can tell.
"""

import base64
import hmac
import re
from collections.abc import Callable
from typing import NamedTuple

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze

PREFIX = "SWD1:"
_SHAPE = re.compile(r"SWD1:([1-9][0-9]{11})\.([1-9][0-9]{0,15})\.([A-Z2-7]{8})")


class Door(NamedTuple):
    community: int
    household: int


def write_door_code(door: Door, digest: Callable[[str], bytes]) -> str:
    """The code of a door. ``digest`` is a keyed digest of at least 5 bytes, ``access.sealed.digest``."""
    said = f"{PREFIX}{door.community}.{door.household}"
    return f"{said}.{_mark(said, digest)}"


def read_door_code(raw: object, digest: Callable[[str], bytes]) -> Door:
    """The door a scanned code stands for. Raises ``Refused`` for any other text and for a wrong mark."""
    found = _SHAPE.fullmatch(squeeze(raw).upper())
    if found:
        community, household, mark = found.groups()
        if hmac.compare_digest(mark, _mark(f"{PREFIX}{community}.{household}", digest)):
            return Door(int(community), int(household))
    raise Refused("door_code", gettext_noop("This is not the code of a door here. Scan it once more."))


def _mark(said: str, digest: Callable[[str], bytes]) -> str:
    return base64.b32encode(digest(said)[:5]).decode()
