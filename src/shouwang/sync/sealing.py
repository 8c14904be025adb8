"""What the phone seals, so that only the server reads it again: ID numbers, phones, the hand-over file.

``0x01 ‖ ephemeral public point (65) ‖ AES-256-GCM ciphertext and tag``: ECDH on P-256, HKDF-SHA256 (no salt, info:
``shouwang seal`` ‖ ephemeral point) gives 32 bytes of key and 12 of nonce. Each seal has a key of its own, so the nonce
need not be sent. It keeps secrets; it does not say who sealed. The same in JavaScript: ``field/sealing.js``.
"""

import base64
import binascii
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

VERSION = b"\x01"
POINT = 65
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Unopened(ValueError):
    """This was not sealed to our key, or was altered since."""


def public_point() -> bytes:
    """The point that phones seal to: 65 bytes, uncompressed. The part ``sealing`` of the pack."""
    return _point(_private())


def seal(plain: str) -> str:
    """Seal a text as a phone does: base64url, no padding."""
    return base64.urlsafe_b64encode(seal_bytes(plain.encode())).rstrip(b"=").decode()


def unseal(text: str) -> str:
    """The text that a phone sealed. Raises `Unopened`."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return unseal_bytes(raw).decode()
    except (UnicodeError, binascii.Error) as error:
        raise Unopened("not sealed text") from error


def seal_bytes(plain: bytes) -> bytes:
    """Seal as the hand-over file is, without its ``SWH1``."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_point())
    return VERSION + _point(private) + _with_cipher(private, public, _point(private), plain, opening=False)


def unseal_bytes(sealed: bytes) -> bytes:
    """What :func:`seal_bytes`, or a phone, sealed. Raises `Unopened`."""
    point = sealed[1 : 1 + POINT]
    if sealed[:1] != VERSION or len(point) != POINT or point[0] != 4:
        raise Unopened("not sealed")
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return _with_cipher(_private(), public, point, sealed[1 + POINT :], opening=True)
    except (ValueError, InvalidTag) as error:
        raise Unopened("not sealed to this server, or altered") from error


def _with_cipher(
    private: ec.EllipticCurvePrivateKey,
    public: ec.EllipticCurvePublicKey,
    ephemeral: bytes,
    data: bytes,
    *,
    opening: bool,
) -> bytes:
    shared = private.exchange(ec.ECDH(), public)
    drawn = HKDF(SHA256(), length=44, salt=None, info=b"shouwang seal" + ephemeral).derive(shared)
    cipher = AESGCM(drawn[:32])
    return (cipher.decrypt if opening else cipher.encrypt)(drawn[32:], data, None)


@cache
def _private() -> ec.EllipticCurvePrivateKey:
    # 384 bits reduced to the range 1 … n-1 (FIPS 186-5, A.2.1): no private key is likelier than another.
    secret: bytes = settings.SHOUWANG_FIELD_SEALING_KEY
    drawn = HKDF(SHA256(), length=48, salt=None, info=b"shouwang field sealing").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
