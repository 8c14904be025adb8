"""The keys that a verifier trusts, as they are written down: a list of objects, docs/pass-format.md § Trust."""

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shouwang.gates.rules.token.cbor import LARGEST
from shouwang.gates.rules.token.cose import KEY_ID_BYTES
from shouwang.gates.rules.token.sign import TrustedKey

_POINT_BYTES, _UNCOMPRESSED = 65, 4
_BOUNDS = ("first", "last", "not_before", "expires")


class TrustError(ValueError):
    """A trusted key is not as it must be; the message says which one, and why."""


def write_key(key: TrustedKey) -> dict[str, Any]:
    """The entry of one key."""
    public = key.public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"key_id": key.key_id.hex(), "public": public.hex()} | {
        word: getattr(key, word) for word in _BOUNDS
    }


def read_trust(entries: object) -> dict[bytes, list[TrustedKey]]:
    """The keys of a list of entries, by their id; ids may collide. Raises ``TrustError``."""
    if not isinstance(entries, Sequence) or isinstance(entries, str) or not entries:
        raise TrustError("there is no list of keys in it")
    keys: dict[bytes, list[TrustedKey]] = {}
    for number, entry in enumerate(entries, 1):
        try:
            key = _read_key(entry)
        except (TypeError, ValueError, KeyError) as error:
            raise TrustError(f"key {number}: {error}") from None
        keys.setdefault(key.key_id, []).append(key)
    return keys


def _read_key(entry: Any) -> TrustedKey:
    if not isinstance(entry, Mapping) or not {"key_id", "public", *_BOUNDS} <= entry.keys():
        raise ValueError(f"it needs key_id, public, {', '.join(_BOUNDS)}")
    key_id, point = bytes.fromhex(entry["key_id"]), bytes.fromhex(entry["public"])
    first, last, not_before, expires = bounds = [entry[word] for word in _BOUNDS]
    if len(key_id) != KEY_ID_BYTES:
        raise ValueError(f"key_id has {KEY_ID_BYTES} bytes, written as {2 * KEY_ID_BYTES} hexadecimal digits")
    if len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
        raise ValueError("public is a P-256 point of 65 bytes that begins with 04, in hexadecimal digits")
    if not all(type(bound) is int and 0 <= bound <= LARGEST for bound in bounds):
        raise ValueError(f"{', '.join(_BOUNDS)} are whole numbers")
    if first > last or not_before > expires:
        raise ValueError("first comes after last, or not_before after expires")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return TrustedKey(key_id, public, first, last, not_before, expires)
