"""The next bundle on its way: asked for by the server, signed where the root lies, installed by the server.

What travels are two small JSON files; neither is secret.
"""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.gates.rules.token.bundle import (
    Bundle,
    fingerprint,
    key_id_of,
    open_bundle,
    point_of,
    sign_bundle,
)
from shouwang.gates.rules.token.keyring import (
    BUNDLE,
    REQUEST,
    ROOT,
    ROOT_PRIVATE,
    KeyringError,
    locked,
    new_signing_key,
    own_keys,
    read_keyring,
    root_here,
    write,
)
from shouwang.gates.rules.token.refusal import TrustRefused
from shouwang.gates.rules.token.sign import TrustedKey
from shouwang.gates.rules.token.trust import TrustError, read_trust, write_key

_REFUSALS = {
    "damaged": "it is damaged; copy it again",
    "unknown_key": "another root signed it than the one this server's phones trust",
    "forged": "its signature is false",
    "older": "a later one is installed already",
    "other_content": "another bundle of the same version is installed; make a new request",
}


def add_key(folder: Path, now: int, *, first: int, last: int, not_before: int, expires: int) -> TrustedKey:
    """Make one more signing key and ask for it; it signs once a bundle with it is installed.

    ``not_before``: passes that begin earlier are signed by the keys before it, so that phones have time to learn it.
    """
    read_keyring(folder, now)  # the very first key is made by this
    with locked(folder):
        public = new_signing_key(folder)
        key = TrustedKey(key_id_of(public), public, first, last, not_before, expires)
        _ask(folder, now, [*_wanted(folder, now), key])
    return key


def ask(folder: Path, now: int, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The request for the next bundle: all keys but those that have ended and those named ``without`` (ids in hex)."""
    read_keyring(folder, now)
    with locked(folder):
        wanted = _wanted(folder, now)
        if unknown := set(without) - {key.key_id.hex() for key in wanted}:
            raise KeyringError(
                f"no key is called {', '.join(sorted(unknown))}; shouwang trust status lists them"
            )
        return _ask(folder, now, [key for key in wanted if key.key_id.hex() not in without])


def keys_of(request: object) -> tuple[int, list[TrustedKey]]:
    """Version and keys of a request. Raises ``KeyringError`` where it is none."""
    version = request.get("version") if isinstance(request, dict) else None
    if not isinstance(request, dict) or type(version) is not int or version < 0:
        raise KeyringError(
            "this is no request; make one on the server with: shouwang trust request --out FILE"
        )
    try:
        return version, [key for same_id in read_trust(request.get("keys")).values() for key in same_id]
    except TrustError as error:
        raise KeyringError(f"this is no request: {error}") from None


def sign(request: object, root: ec.EllipticCurvePrivateKey, now: int) -> dict[str, str]:
    """What the root answers: the bundle, and its own public point."""
    version, keys = keys_of(request)
    try:
        text = sign_bundle(root, version=version, made_at=now, keys=keys)
    except ValueError as error:
        raise KeyringError(str(error)) from None
    return {"root": point_of(root.public_key()).hex(), "bundle": text}


def install(folder: Path, answer: object, now: int, *, new_root: str = "") -> Bundle:
    """Take a signed bundle into use. ``new_root`` is the fingerprint of a root that replaces the former one.

    Nothing is changed unless the bundle is genuine, no step back, and has a key that lies here.
    """
    ring = read_keyring(folder, now)
    if not isinstance(answer, dict) or not isinstance(answer.get("bundle"), str):
        raise KeyringError("this is no signed bundle; the root's machine makes it: shouwang trust sign")
    root = ring.root
    if new_root:
        root = _point(answer.get("root"))
        if fingerprint(root) != new_root:
            raise KeyringError(
                f"the root that signed this has the fingerprint {fingerprint(root)}, not {new_root}"
            )
    try:
        bundle = open_bundle(answer["bundle"], root, None if new_root else ring.bundle)
    except TrustRefused as refused:
        raise KeyringError(f"this bundle is not installed: {_REFUSALS[refused.code]}") from None
    with locked(folder):
        if not any(own_keys(folder, bundle)):
            raise KeyringError(
                "this bundle has no key of this server, so no pass could be signed; make a new request"
            )
        if new_root:
            (folder / ROOT_PRIVATE).unlink(missing_ok=True)  # phones that trusted it enrol again
            write(folder / ROOT, point_of(root).hex().encode())
        write(folder / BUNDLE, answer["bundle"].encode())
        (folder / REQUEST).unlink(missing_ok=True)
    return bundle


def sign_here(folder: Path, now: int) -> Bundle | None:
    """Where the root still lies on the server: sign and install what is asked for. ``None`` where it lies elsewhere."""
    root = root_here(folder)
    if root is None:
        return None
    return install(folder, sign(json.loads((folder / REQUEST).read_text()), root, now), now)


def _wanted(folder: Path, now: int) -> list[TrustedKey]:
    """The keys of the request that waits, else of the installed bundle, as far as they have not ended."""
    path = folder / REQUEST
    keys = (
        keys_of(json.loads(path.read_text()))[1] if path.exists() else read_keyring(folder, now).bundle.keys
    )
    return [key for key in keys if key.expires >= now]


def _ask(folder: Path, now: int, keys: list[TrustedKey]) -> dict[str, Any]:
    """The version is the time, so that it rises even after the server was put back to an older copy of itself."""
    version = max(read_keyring(folder, now).bundle.version + 1, now)
    request = {"version": version, "keys": [write_key(key) for key in keys]}
    if not keys:
        raise KeyringError("no key would be left; make a new one first: shouwang trust new-key --at-once")
    write(folder / REQUEST, json.dumps(request, indent=1).encode())
    return request


def _point(written: object) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes.fromhex(str(written)))
    except ValueError:
        raise KeyringError("this is no signed bundle: the root's public point is damaged") from None
