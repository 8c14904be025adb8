"""The bundle: the keys that verifiers trust, signed by the root key that lies in a safe. docs/pass-format.md § Bundle.

A verifier pins the root by its fingerprint and goes to higher versions only.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shouwang.gates.rules.token import cbor, cose
from shouwang.gates.rules.token.refusal import TrustRefused, from_base64
from shouwang.gates.rules.token.sign import TrustedKey

PURPOSE = b"SWB1"
FINGERPRINT_BYTES = 16
MOST_KEYS = 32
_POINT_BYTES, _UNCOMPRESSED = 65, 4


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a genuine bundle says. ``made_at`` in seconds since 1970. ``digest``, SHA-256 of the content, tells two
    bundles apart; signatures do not: one content has many."""

    version: int
    made_at: int
    keys: tuple[TrustedKey, ...]
    digest: bytes

    def by_id(self) -> dict[bytes, list[TrustedKey]]:
        """As `verify_token` takes them."""
        found: dict[bytes, list[TrustedKey]] = {}
        for key in self.keys:
            found.setdefault(key.key_id, []).append(key)
        return found


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """The 65 bytes of an uncompressed point."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def key_id_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """The id that our own keys have: the first 4 bytes of the point's SHA-256. A verifier does not rely on that."""
    return hashlib.sha256(point_of(public)).digest()[: cose.KEY_ID_BYTES]


def fingerprint(public: ec.EllipticCurvePublicKey) -> str:
    """22 letters by which people and phones know a root key: base64url of the first 16 bytes of the point's SHA-256."""
    digest = hashlib.sha256(point_of(public)).digest()[:FINGERPRINT_BYTES]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def sign_bundle(
    root: ec.EllipticCurvePrivateKey, *, version: int, made_at: int, keys: Sequence[TrustedKey]
) -> str:
    """Base64 of the signed bundle. Raises ``ValueError`` for one that no verifier would take."""
    entries: list[cbor.Value] = [
        {1: key.key_id, 2: point_of(key.public), 3: key.first, 4: key.last, 5: key.not_before, 6: key.expires}
        for key in keys
    ]
    payload = cbor.encode({1: version, 2: made_at, 3: entries})
    try:
        _read(payload)
    except cbor.CborError as error:
        raise ValueError(f"no verifier would take this bundle: {error}") from None
    return base64.b64encode(cose.seal(key_id_of(root.public_key()), root, payload, PURPOSE)).decode()


def open_bundle(text: str, root: ec.EllipticCurvePublicKey, held: Bundle | None = None) -> Bundle:
    """The bundle in ``text`` (base64), if ``root`` signed it and ``held`` is no later one. Raises `TrustRefused`."""
    try:
        envelope = cose.unpack(from_base64(text))
    except cbor.CborError:
        raise TrustRefused("damaged") from None
    except cose.OtherAlgorithm:
        raise TrustRefused("forged") from None
    if envelope.key_id != key_id_of(root):
        raise TrustRefused("unknown_key")
    if not envelope.is_signed_by(root, envelope.message(PURPOSE)):
        raise TrustRefused("forged")
    try:
        bundle = _read(envelope.payload)
    except cbor.CborError:
        raise TrustRefused("damaged") from None
    if held and bundle.version < held.version:
        raise TrustRefused("older")
    if held and bundle.version == held.version and bundle.digest != held.digest:
        raise TrustRefused("other_content")
    return bundle


def _read(payload: bytes) -> Bundle:
    version, made_at, entries = _fields(cbor.decode(payload), 3)
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_KEYS or not _whole(version, made_at):
        raise cbor.CborError("fields")
    return Bundle(version, made_at, tuple(map(_key, entries)), hashlib.sha256(payload).digest())


def _key(entry: cbor.Value) -> TrustedKey:
    key_id, point, first, last, not_before, expires = _fields(entry, 6)
    if not isinstance(key_id, bytes) or len(key_id) != cose.KEY_ID_BYTES:
        raise cbor.CborError("key id")
    if not isinstance(point, bytes) or len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
        raise cbor.CborError("point")
    if not _whole(first, last, not_before, expires) or first > last or not_before > expires:
        raise cbor.CborError("bounds")
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise cbor.CborError("point") from None
    return TrustedKey(key_id, public, first, last, not_before, expires)


def _fields(value: cbor.Value, count: int) -> list[Any]:
    """The values of the keys 1 to ``count``, which must be all there are."""
    if not isinstance(value, dict) or list(value) != list(range(1, count + 1)):
        raise cbor.CborError("fields")
    return list(value.values())


def _whole(*numbers: Any) -> bool:
    return all(isinstance(number, int) and number >= 0 for number in numbers)
