"""COSE_Sign1 (RFC 9052) with ES256: the one envelope of passes, bundles of keys and lists of revoked passes.

The algorithm is fixed by us, never taken from what was received. ``external``, the external data of RFC 9052 §4.3, is
signed but not sent and says what the envelope is for, so that one kind of it can never be read as another.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from shouwang.gates.rules.token import cbor

KEY_ID_BYTES = 4
TAG_SIGN1 = b"\xd2"
_ALGORITHM, _KEY_ID, _ES256 = 1, 4, -7
_SIGNATURE1 = b"\x84" + cbor.encode("Signature1")
_ES256_SHA256 = ec.ECDSA(SHA256())


class OtherAlgorithm(ValueError):
    """The protected header names another algorithm than ES256, or something that we do not know."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What was received, with its signature in DER. Nothing in it is true before `is_signed_by`."""

    key_id: bytes
    protected: bytes
    payload: bytes
    signature: bytes

    def message(self, external: bytes = b"") -> bytes:
        """What must have been signed."""
        return _signed(self.protected, external, self.payload)

    def is_signed_by(self, public: ec.EllipticCurvePublicKey, message: bytes) -> bool:
        try:
            public.verify(self.signature, message, _ES256_SHA256)
        except InvalidSignature:
            return False
        return True


def seal(key_id: bytes, private: ec.EllipticCurvePrivateKey, payload: bytes, external: bytes = b"") -> bytes:
    """The signed envelope around ``payload``."""
    if len(key_id) != KEY_ID_BYTES:
        raise ValueError(f"a key id has {KEY_ID_BYTES} bytes")
    protected = cbor.encode({_ALGORITHM: _ES256, _KEY_ID: key_id})
    r, s = decode_dss_signature(private.sign(_signed(protected, external, payload), _ES256_SHA256))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return TAG_SIGN1 + cbor.encode([protected, {}, payload, signature])


def unpack(data: bytes) -> Envelope:
    """The parts of an envelope, if it has exactly our shape. Raises ``CborError``, ``OtherAlgorithm``."""
    if data[:1] != TAG_SIGN1:
        raise cbor.CborError("tag")
    message = cbor.decode(data[1:])
    if not isinstance(message, list) or len(message) != 4:
        raise cbor.CborError("shape")
    protected, unprotected, payload, signature = message
    if not (isinstance(protected, bytes) and isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise cbor.CborError("shape")
    header = cbor.decode(protected)
    if unprotected != {} or len(signature) != 64 or not isinstance(header, dict):
        raise cbor.CborError("shape")
    key_id = header.get(_KEY_ID)
    if header.keys() != {_ALGORITHM, _KEY_ID} or header[_ALGORITHM] != _ES256:
        raise OtherAlgorithm
    if not isinstance(key_id, bytes) or len(key_id) != KEY_ID_BYTES:
        raise cbor.CborError("shape")
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    return Envelope(key_id, protected, payload, der)


def _signed(protected: bytes, external: bytes, payload: bytes) -> bytes:
    """The ``Sig_structure`` of RFC 9052 §4.4."""
    return _SIGNATURE1 + cbor.encode(protected) + cbor.encode(external) + cbor.encode(payload)
