"""What the Field app consists of: the files a phone keeps so as to start without a network, and their version."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders

FOLDERS = ("field/", "js/pass/", "vendor/lit-html/", "vendor/idb/", "vendor/zxing-wasm/")
SINGLE = ("css/tokens.css", "img/mark.svg", "vendor/tabler-icons/sprite.svg")
LEFT_OUT = ("LICENSE", ".map", ".md")


def integrity(content: bytes) -> str:
    """The SHA-256 of ``content`` as browsers write it: ``sha256-…``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def _names() -> Iterator[str]:
    for finder in get_finders():
        for name, _storage in finder.list([]):
            name = name.replace("\\", "/")
            if name in SINGLE or (name.startswith(FOLDERS) and not name.endswith(LEFT_OUT)):
                yield name


def _static_files() -> dict[str, str]:
    """Address → integrity of every static file of the app.

    The names without a hash: modules import each other by them. They are also there, unchanged, where files are
    collected under hashed names.
    """
    found = {}
    for name in sorted(set(_names())):
        path = find(name)
        if isinstance(path, str):
            found[settings.STATIC_URL + name] = integrity(Path(path).read_bytes())
    return found


_once = cache(_static_files)


def static_files() -> dict[str, str]:
    """As ``_static_files``; read once a process, or each time while somebody works on them."""
    return _static_files() if settings.DEBUG else _once()


def version_of(files: dict[str, str]) -> str:
    """A name for exactly these contents, 12 letters."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
