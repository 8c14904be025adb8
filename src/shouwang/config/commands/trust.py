"""The keys behind the passes: the root, the keys that sign, the bundle that phones trust. Needs no database.

The operator guide (docs/operator, Keys) says when to do what.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import sys
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.config.cli import Problem
from shouwang.config.commands.pass_ import area_of
from shouwang.config.commands.times import local, moment, seconds
from shouwang.config.datadir import data_dir
from shouwang.gates.rules.token import (
    Bundle,
    Keyring,
    KeyringError,
    TrustedKey,
    fingerprint,
    point_of,
    renewal,
)
from shouwang.gates.rules.token import keyring as files

NOTICE = dt.timedelta(days=2)
"""Phones have so long to learn a new key before passes are signed with it."""


def run(options: argparse.Namespace) -> int:
    verbs = {
        "status": status, "root": root, "new-key": new_key, "request": request, "sign": sign, "install": install,
    }  # fmt: skip
    try:
        return verbs[options.verb](options)
    except KeyringError as error:
        raise Problem(str(error)) from error
    except OSError as error:
        raise Problem(f"{error.filename}: {error.strerror}") from error


def folder() -> Path:
    return data_dir() / "keys"


def ring() -> Keyring:
    return files.read_keyring(folder(), now())


def now() -> int:
    return int(time.time())


def status(options: argparse.Namespace) -> int:
    """Which root, which bundle, which keys, and what waits to be done."""
    found, waits = ring(), (folder() / files.REQUEST).exists()
    here = files.root_here(folder()) is not None
    own = {point_of(key.public) for key, _ in found.own}
    keys = [_written(key) | {"own": point_of(key.public) in own} for key in found.bundle.keys]
    answer = {
        "root": fingerprint(found.root), "root_here": here, "version": found.bundle.version,
        "made_at": found.bundle.made_at, "keys": keys, "request_waits": waits,
    }  # fmt: skip
    if options.json:
        print(json.dumps(answer))
        return 0
    print(f"Root {answer['root']}: {'on this server; ' + move_it() if here else 'kept elsewhere'}")
    print(f"Bundle {found.bundle.version}, signed {local(found.bundle.made_at)}")
    for key, entry in zip(found.bundle.keys, keys, strict=True):
        print(f"  {_words(key)}{'' if entry['own'] else ', private half not on this server'}")
    if waits:
        print("A request waits for the root: shouwang trust request --out FILE")
    return 0


def move_it() -> str:
    return "move it to a safe place with: shouwang trust root --move --out FILE"


def root(options: argparse.Namespace) -> int:
    """Make a root, on a machine that is offline; or move the server's to FILE; or show the fingerprint of FILE."""
    if options.show:
        print(fingerprint(_read_root(options.show).public_key()))
        return 0
    if not options.out:
        raise Problem("say where the root is written: --out FILE")
    out = Path(options.out)
    if out.exists():
        raise Problem(f"{out} is there already; a root is never overwritten. Choose another name.")
    lies_here = files.root_here(folder()) if options.move else None
    if options.move and lies_here is None:
        raise Problem("no root lies on this server; it was moved already")
    private = lies_here or ec.generate_private_key(ec.SECP256R1())
    files.write(out, files.write_root(private, _passphrase(twice=True) if options.passphrase else ""))
    print(f"The root is in {out}. Fingerprint: {fingerprint(private.public_key())}")
    if options.move:
        (folder() / files.ROOT_PRIVATE).unlink()
        print("It no longer lies on this server. Make a second copy, and keep both offline and apart.")
    else:
        print("Keep it offline, with a second copy. No server knows it yet: docs/operator, Keys.")
    return 0


def new_key(options: argparse.Namespace) -> int:
    """Make a key that will sign passes."""
    first, last = area_of(options.area)[1] if options.area else files.EVERYWHERE
    begins = now() + int(NOTICE.total_seconds())
    if options.at_once:
        begins = 0
    elif options.begins:
        begins = seconds(moment(options.begins))
    ends = seconds(moment(options.until, last=True)) if options.until else now() + files.LIFE
    if ends <= max(begins, now()):
        raise Problem("the key would end before it begins; look at --from and --until")
    key = renewal.add_key(folder(), now(), first=first, last=last, not_before=begins, expires=ends)
    print(f"New key {_words(key)}")
    return _next()


def request(options: argparse.Namespace) -> int:
    """Write what the root is asked to sign."""
    asked = renewal.ask(folder(), now(), without=options.without or ())
    if options.out:
        Path(options.out).write_text(json.dumps(asked, indent=1), encoding="utf-8")
        print(
            f"Take {options.out} to where the root lies: shouwang trust sign {options.out} --root FILE --out FILE"
        )
        return 0
    return _next()


def sign(options: argparse.Namespace) -> int:
    """Where the root lies: show what is asked for, and sign it."""
    asked = _read(options.request)
    version, keys = renewal.keys_of(asked)
    print(f"Bundle {version} lets these keys sign passes, and no others:")
    for key in keys:
        print(f"  {_words(key)}")
    private = _read_root(options.root)
    Path(options.out).write_text(json.dumps(renewal.sign(asked, private, now()), indent=1), encoding="utf-8")
    print(
        f"Signed by {fingerprint(private.public_key())}. Back on the server: shouwang trust install {options.out}"
    )
    return 0


def install(options: argparse.Namespace) -> int:
    """Take a signed bundle into use; running servers follow by themselves."""
    bundle = renewal.install(folder(), _read(options.file), now(), new_root=options.new_root or "")
    _installed(bundle)
    if options.new_root:
        print("This is a new root: every phone has to be enrolled again before it believes what it signs.")
    return 0


def _next() -> int:
    bundle = renewal.sign_here(folder(), now())
    if bundle:
        _installed(bundle)
    else:
        print("It is used once the root has signed it. Next: shouwang trust request --out FILE")
    return 0


def _installed(bundle: Bundle) -> None:
    print(
        f"Bundle {bundle.version} with {len(bundle.keys)} keys is installed; phones get it when they next connect."
    )


def _words(key: TrustedKey) -> str:
    first, last = key.first, key.last
    where = (
        "everywhere"
        if (first, last) == files.EVERYWHERE
        else f"{first}"
        if first == last
        else f"{first}-{last}"
    )
    begins = f"from {local(key.not_before)} " if key.not_before else ""
    return f"{key.key_id.hex()}: {where}, {begins}until {local(key.expires)}"


def _written(key: TrustedKey) -> dict[str, Any]:
    bounds = {"first": key.first, "last": key.last, "not_before": key.not_before, "expires": key.expires}
    return {"key_id": key.key_id.hex()} | bounds


def _read(name: str) -> object:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problem(f"{name} is not JSON: is it the right file?") from error


def _read_root(name: str) -> ec.EllipticCurvePrivateKey:
    pem = Path(name).read_bytes()
    try:
        return files.read_root(pem, _passphrase() if b"ENCRYPTED" in pem else "")
    except (TypeError, ValueError) as error:
        raise Problem(f"{name} is no root, or the passphrase is wrong") from error


def _passphrase(*, twice: bool = False) -> str:
    if not sys.stdin.isatty():
        said = sys.stdin.readline().rstrip("\r\n")
    else:
        said = getpass.getpass("Passphrase of the root: ")
        if twice and said != getpass.getpass("Once more: "):
            raise Problem("the two were not the same; nothing was written")
    if not said:
        raise Problem("an empty passphrase protects nothing; nothing was done")
    return said
