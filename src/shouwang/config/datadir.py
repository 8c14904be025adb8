"""Where Shouwang keeps what is not code: the embedded database, keys, uploaded and produced files."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def checkout() -> Path | None:
    """The source checkout this package runs from, or None when it was installed as a wheel."""
    root = PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() and PACKAGE.parent.name == "src" else None


def data_dir() -> Path:
    """SHOUWANG_DATA_DIR, else `var/` of the checkout, else the usual place of the system. Not created here.

    root with a checkout under a closed directory (such as /root, mode 0700) gets a place under /var/lib:
    PostgreSQL refuses to run as root, and its own system user could not reach the checkout.
    """
    if given := os.environ.get("SHOUWANG_DATA_DIR"):
        return Path(given).expanduser().resolve()
    root, source = os.geteuid() == 0, checkout()
    if source and (not root or open_to_others(source)):
        return source / "var"
    if root:
        name = hashlib.sha256(str(source).encode()).hexdigest()[:8] if source else ""
        return Path("/var/lib/shouwang", name)
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base, "shouwang")


def open_to_others(path: Path) -> bool:
    """True if every directory down to `path` may be traversed by any user."""
    return all(p.stat().st_mode & 0o001 for p in (path, *path.parents) if p.exists())


def key(name: str) -> bytes:
    """32 random bytes kept in `keys/<name>` (mode 600), made at the first call; safe against two first calls."""
    path = data_dir() / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails if another process was first; never replaces a key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
