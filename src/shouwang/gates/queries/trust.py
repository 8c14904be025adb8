"""The keys of this installation: what phones pin, what they trust, what signs. Files, not the database."""

import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from shouwang.gates.rules.token import Bundle, Keyring, fingerprint, point_of
from shouwang.gates.rules.token.keyring import BUNDLE, read_keyring


def keyring() -> Keyring:
    """The keys as they lie in the data directory now; made at the first call there is. Raises ``KeyringError``."""
    folder = Path(settings.SHOUWANG_DATA_DIR) / "keys"
    try:
        changed = (folder / BUNDLE).stat().st_mtime_ns
    except FileNotFoundError:
        changed = 0
    return _read(folder, changed)


@lru_cache(maxsize=1)
def _read(folder: Path, changed: int) -> Keyring:
    """Keys sign only once they are in the bundle, so that its time of change stands for all files."""
    return read_keyring(folder, int(time.time()))


def root_fingerprint() -> str:
    """22 letters by which a phone pins the root."""
    return fingerprint(keyring().root)


def root_point() -> bytes:
    """The root's public point, 65 bytes."""
    return point_of(keyring().root)


def bundle() -> Bundle:
    """The keys that are trusted; ``bundle().by_id()`` is what `verify_token` takes."""
    return keyring().bundle


def bundle_text() -> str:
    """The signed bundle in base64, as phones get it."""
    return keyring().text
