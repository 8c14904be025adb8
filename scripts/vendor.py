#!/usr/bin/env python3
"""Fetch the browser parts we ship, check them, and lay them out under src/shouwang/static/vendor.

    scripts/vendor.py                fetch with npm, check, copy
    scripts/vendor.py --from DIR     the same from tarballs already in DIR
    scripts/vendor.py --check        compare what lies in the tree with the lock; no network

``vendor.lock.json`` names each package, its version, the SHA-256 of its tarball and of every file copied from it.
To take a new version: change it there, clear both sorts of hash, run with ``--lock``, read the difference, commit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "vendor.lock.json"
TARGET = ROOT / "src" / "shouwang" / "static" / "vendor"
# We do not ship source maps; a pointer to a missing one breaks hashed static files.
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n]*")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def tarball(name: str, version: str, folder: Path, *, fetch: bool) -> Path:
    """The package's tarball in ``folder``; npm puts it there if asked to."""
    path = folder / f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"
    if fetch:
        command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    if not path.exists():
        sys.exit(f"{path} is not there. Leave out --from to fetch it with npm.")
    return path


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """The content of a file of the package; ``KeyError`` if there is none of that name."""
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise KeyError(f"{name} is a folder")
    return found.read()


def sprite(archive: tarfile.TarFile, icons: list[str]) -> bytes:
    """One SVG with a <symbol> for each outline icon, to be used as ``sprite.svg#name``."""
    symbols = []
    for icon in sorted(icons):
        drawing = member(archive, f"icons/outline/{icon}.svg").decode()
        drawing = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "", drawing)
        shapes = re.sub(r"\s+", " ", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]).strip()
        symbols.append(f'<symbol id="{icon}" viewBox="0 0 24 24">{shapes}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def parts(path: Path, package: dict[str, Any]) -> dict[str, bytes]:
    """File name → content, of all that we keep of a package."""
    kept: dict[str, bytes] = {}
    with tarfile.open(path) as archive:
        for source, name in package["files"].items():
            kept[name] = SOURCE_MAP.sub(b"", member(archive, source))
        if "icons" in package:
            kept["sprite.svg"] = sprite(archive, package["icons"])
    return kept


def install(lock: dict[str, Any], folder: Path, *, fetch: bool, relock: bool) -> None:
    for package in lock["packages"]:
        path = tarball(package["name"], package["version"], folder, fetch=fetch)
        digest = sha256(path.read_bytes())
        if relock:
            package["sha256"] = digest
        elif digest != package["sha256"]:
            sys.exit(
                f"{path.name}: SHA-256 is {digest}, the lock says {package['sha256']}. Nothing was copied from it."
            )
        kept = parts(path, package)
        if relock:
            package["kept"] = {name: sha256(content) for name, content in sorted(kept.items())}
        home = TARGET / package["folder"]
        home.mkdir(parents=True, exist_ok=True)
        for name, content in kept.items():
            (home / name).parent.mkdir(exist_ok=True)
            (home / name).write_bytes(content)
        print(f"{package['name']} {package['version']}: {', '.join(sorted(kept))}")
    if relock:
        LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def differences(lock: dict[str, Any]) -> list[str]:
    """What in the tree is not as the lock says; empty if all is well."""
    wrong = []
    expected = {
        f"{p['folder']}/{name}": digest for p in lock["packages"] for name, digest in p["kept"].items()
    }
    for name, digest in expected.items():
        path = TARGET / name
        if not path.exists():
            wrong.append(f"{name} is missing")
        elif sha256(path.read_bytes()) != digest:
            wrong.append(f"{name} was changed")
    found = {str(path.relative_to(TARGET)) for path in TARGET.rglob("*") if path.is_file()}
    return wrong + [f"{name} is not in the lock" for name in sorted(found - expected.keys())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--from", dest="folder", type=Path, help="folder with the tarballs, instead of npm")
    parser.add_argument("--check", action="store_true", help="only compare the tree with the lock")
    parser.add_argument("--lock", action="store_true", help="write the hashes found into the lock")
    args = parser.parse_args()
    lock = json.loads(LOCK.read_text())
    if args.check:
        wrong = differences(lock)
        sys.exit("\n".join(wrong) if wrong else 0)
    with tempfile.TemporaryDirectory() as temporary:
        install(lock, args.folder or Path(temporary), fetch=args.folder is None, relock=args.lock)


if __name__ == "__main__":
    main()
