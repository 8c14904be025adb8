"""COSE_Sign1 (RFC 9052) with ES256 around the claims, in base45 behind ``SW1:``.

Verify before reading: the claims are parsed only after the signature holds. The algorithm is fixed by the key, never
taken from the token. Neither the text nor the signature identifies a pass: for every (r, s) there is a second valid
(r, n-s). Only ``pass_id`` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from shouwang.gates.rules.token import base45, cbor
from shouwang.gates.rules.token.claims import PassClaims

PREFIX = "SW1:"
LONGEST = 400
"""Letters; a pass has about 210."""
KEY_ID_BYTES = 4
_TAG_SIGN1 = b"\xd2"
_ALGORITHM, _KEY_ID, _ES256 = 1, 4, -7
_SIGNATURE1, _NO_EXTERNAL_DATA = b"\x84" + cbor.encode("Signature1"), cbor.encode(b"")
_ES256_SHA256 = ec.ECDSA(SHA256())


class TokenRefused(ValueError):
    """Not a pass of ours. ``code``: ``not_a_pass``, ``damaged``, ``unknown_key``, ``forged``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key that signs passes, for the communities ``first`` to ``last``, and the seconds it may do so."""

    key_id: bytes
    public: ec.EllipticCurvePublicKey
    first: int
    last: int
    not_before: int
    expires: int

    def __post_init__(self) -> None:
        if not isinstance(self.public.curve, ec.SECP256R1):
            raise ValueError("ES256 needs a P-256 key")

    def may_sign(self, claims: PassClaims) -> bool:
        return (
            self.first <= claims.community <= self.last
            and self.not_before <= claims.not_before
            and claims.expires <= self.expires
        )


@dataclass(frozen=True, slots=True)
class Issuer:
    """Signs passes with one private key."""

    key_id: bytes
    private: ec.EllipticCurvePrivateKey

    def sign(self, claims: PassClaims) -> str:
        """The text of the QR code."""
        if len(self.key_id) != KEY_ID_BYTES:
            raise ValueError(f"a key id has {KEY_ID_BYTES} bytes")
        protected = cbor.encode({_ALGORITHM: _ES256, _KEY_ID: self.key_id})
        payload = claims.encode()
        r, s = decode_dss_signature(self.private.sign(_signed(protected, payload), _ES256_SHA256))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return PREFIX + base45.encode(_TAG_SIGN1 + cbor.encode([protected, {}, payload, signature]))


def verify_token(text: str, keys: Mapping[bytes, Sequence[TrustedKey]]) -> PassClaims:
    """The claims of a pass that one of ``keys`` (by key id; ids may collide) signed and was allowed to sign.

    Whether it is valid now and here is not judged: that is ``rules.verdict``. Raises ``TokenRefused``.
    """
    if len(text) > LONGEST or not text.startswith(PREFIX):
        raise TokenRefused("not_a_pass")
    try:
        data = base45.decode(text[len(PREFIX) :])
        if data[:1] != _TAG_SIGN1:
            raise TokenRefused("not_a_pass")
        key_id, protected, payload, signature = _open(cbor.decode(data[1:]))
    except (base45.Base45Error, cbor.CborError):
        raise TokenRefused("damaged") from None
    candidates = keys.get(key_id, ())
    if not candidates:
        raise TokenRefused("unknown_key")
    message = _signed(protected, payload)
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    for key in candidates:
        try:
            key.public.verify(der, message, _ES256_SHA256)
        except InvalidSignature:
            continue
        try:
            claims = PassClaims.decode(payload)
        except cbor.CborError:
            raise TokenRefused("damaged") from None
        if key.may_sign(claims):
            return claims
    raise TokenRefused("forged")


def _open(message: cbor.Value) -> tuple[bytes, bytes, bytes, bytes]:
    """Key id, protected header, payload and signature, if the message has exactly our shape."""
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
        raise TokenRefused("forged")
    if not isinstance(key_id, bytes) or len(key_id) != KEY_ID_BYTES:
        raise cbor.CborError("shape")
    return key_id, protected, payload, signature


def _signed(protected: bytes, payload: bytes) -> bytes:
    """The ``Sig_structure`` of RFC 9052 §4.4 without external data."""
    return _SIGNATURE1 + cbor.encode(protected) + _NO_EXTERNAL_DATA + cbor.encode(payload)
