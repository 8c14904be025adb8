"""The key files of an installation, all in one folder that the caller names.

    pass-signing, pass-signing-2 …   secrets of the keys that sign passes, 32 random bytes each
    pass-root.pub                    the public point of the root, in hexadecimal: what this installation's phones pin
    pass-root.pem                    its private key, only as long as nobody has moved it to a safe
    pass-bundle                      the newest installed bundle, in base64
    pass-request                     the next bundle as it waits for the root's signature, in JSON

Several hosts of one installation share the folder, or each has a copy of it.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from shouwang.gates.rules.token.bundle import Bundle, key_id_of, open_bundle, point_of, sign_bundle
from shouwang.gates.rules.token.refusal import TrustRefused
from shouwang.gates.rules.token.sign import Issuer, TrustedKey

SIGNING, ROOT, ROOT_PRIVATE, BUNDLE, REQUEST = (
    "pass-signing", "pass-root.pub", "pass-root.pem", "pass-bundle", "pass-request",
)  # fmt: skip
EVERYWHERE = (10**11, 10**12 - 1)
LIFE = 3 * 365 * 24 * 3600
"""Seconds for which a key signs unless somebody says otherwise."""
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class KeyringError(ValueError):
    """The key files are not as they must be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """What the files say. ``own`` are the keys of the bundle whose private halves lie here, the newest first: a key
    that is not yet in the bundle signs nothing, for no phone could verify it."""

    root: ec.EllipticCurvePublicKey
    bundle: Bundle
    text: str
    own: tuple[tuple[TrustedKey, Issuer], ...]

    def issuer(self, first: int, last: int, not_before: int, expires: int) -> Issuer | None:
        """The newest own key that may sign for all of this; ``None`` if none may."""
        fitting = (issuer for key, issuer in self.own if key.covers(first, last, not_before, expires))
        return next(fitting, None)


def read_keyring(folder: Path, now: int) -> Keyring:
    """The keys of ``folder``. Where there is nothing yet, a root, a first key and their bundle are made in it, so that
    everything works at once. ``now`` in seconds since 1970. Raises ``KeyringError``."""
    if not (folder / BUNDLE).exists():
        with locked(folder):
            if not (folder / BUNDLE).exists():
                _make(folder, now)
    root = _root(folder)
    text = (folder / BUNDLE).read_text(encoding="ascii").strip()
    try:
        bundle = open_bundle(text, root)
    except TrustRefused as refused:
        raise KeyringError(
            f"{folder / BUNDLE} is not signed by the root in {folder / ROOT} ({refused.code}): "
            "put both back from your copy"
        ) from None
    return Keyring(root, bundle, text, tuple(own_keys(folder, bundle)))


def new_signing_key(folder: Path) -> ec.EllipticCurvePublicKey:
    """Make one more key that can sign; it does so once it is in the bundle. Called with the folder `locked`."""
    taken = _signing_files(folder)
    path = folder / (f"{SIGNING}-{len(taken) + 1}" if taken else SIGNING)
    if path.exists():
        raise KeyringError(
            f"the key files in {folder} have a gap before {path.name}: put them back from your copy"
        )
    write(path, secrets.token_bytes(32))
    return signing_key(path.read_bytes(), path).public_key()


def signing_key(secret: bytes, path: Path) -> ec.EllipticCurvePrivateKey:
    """The private key drawn from the 32 bytes of ``path``."""
    if len(secret) != 32:
        raise KeyringError(f"{path} is damaged: it must have 32 bytes; put it back from your copy")
    # 384 bits reduced to the range 1 … n-1 (FIPS 186-5, A.2.1): no private key is likelier than another.
    drawn = HKDF(SHA256(), length=48, salt=None, info=b"shouwang pass signing").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def write_root(private: ec.EllipticCurvePrivateKey, passphrase: str = "") -> bytes:
    """The root's private key as PEM (PKCS #8), encrypted where there is a passphrase."""
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def read_root(pem: bytes, passphrase: str = "") -> ec.EllipticCurvePrivateKey:
    """Raises ``TypeError`` where a passphrase is missing or too much, ``ValueError`` where it is wrong or no root."""
    private = load_pem_private_key(pem, passphrase.encode() or None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise ValueError("a root is a P-256 key")
    return private


def root_here(folder: Path) -> ec.EllipticCurvePrivateKey | None:
    """The root's private key, if it lies here."""
    path = folder / ROOT_PRIVATE
    return read_root(path.read_bytes()) if path.exists() else None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else changes the key files meanwhile."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / ".pass-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, for the owner's eyes (mode 600)."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _make(folder: Path, now: int) -> None:
    if not (folder / ROOT_PRIVATE).exists():
        if (folder / ROOT).exists():
            raise KeyringError(
                f"{folder / BUNDLE} is missing, and the root to make it again lies elsewhere: "
                "put it back from your copy"
            )
        write(folder / ROOT_PRIVATE, write_root(ec.generate_private_key(ec.SECP256R1())))
    root = read_root((folder / ROOT_PRIVATE).read_bytes())
    write(folder / ROOT, point_of(root.public_key()).hex().encode())
    if not _signing_files(folder):
        new_signing_key(folder)
    public = [signing_key(path.read_bytes(), path).public_key() for path in _signing_files(folder)]
    keys = [TrustedKey(key_id_of(one), one, *EVERYWHERE, 0, now + LIFE) for one in public]
    write(folder / BUNDLE, sign_bundle(root, version=now, made_at=now, keys=keys).encode())


def own_keys(folder: Path, bundle: Bundle) -> Iterator[tuple[TrustedKey, Issuer]]:
    """The keys of ``bundle`` whose private halves lie in ``folder``, the newest first."""
    for path in reversed(_signing_files(folder)):
        private = signing_key(path.read_bytes(), path)
        point = point_of(private.public_key())
        for key in bundle.keys:
            if point_of(key.public) == point:
                yield key, Issuer(key.key_id, private)


def _root(folder: Path) -> ec.EllipticCurvePublicKey:
    try:
        point = bytes.fromhex((folder / ROOT).read_text(encoding="ascii"))
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (OSError, ValueError) as error:
        raise KeyringError(f"{folder / ROOT} is missing or damaged: put it back from your copy") from error


def _signing_files(folder: Path) -> list[Path]:
    """The files of the signing keys in the order in which they were made."""
    found = []
    number, path = 1, folder / SIGNING
    while path.exists():
        found.append(path)
        number += 1
        path = folder / f"{SIGNING}-{number}"
    return found
