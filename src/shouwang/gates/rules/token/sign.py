"""A pass: the claims in their envelope, in base45 behind ``SW1:``.

Verify before reading: the claims are parsed only after the signature holds. Neither the text nor the signature
identifies a pass: for every (r, s) there is a second valid (r, n-s). Only ``pass_id`` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.gates.rules.token import base45, cbor, cose
from shouwang.gates.rules.token.claims import PassClaims
from shouwang.kernel.areas import span

PREFIX = "SW1:"
LONGEST = 400
"""Letters; a pass has about 210."""


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

    def covers(self, first: int, last: int, not_before: int, expires: int) -> bool:
        """Whether it may sign for all of these communities and all of this time (both ends included)."""
        return (
            self.first <= first
            and last <= self.last
            and self.not_before <= not_before
            and expires <= self.expires
        )

    def may_sign(self, claims: PassClaims) -> bool:
        return self.covers(*span(claims.area), claims.not_before, claims.expires)


Keys = Mapping[bytes, Sequence[TrustedKey]]
"""By key id; ids may collide."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Signs passes with one private key."""

    key_id: bytes
    private: ec.EllipticCurvePrivateKey

    def sign(self, claims: PassClaims) -> str:
        """The text of the QR code. It never ends in a blank, which forms and people cut off: one in 45 would."""
        payload = claims.encode()
        while (text := base45.encode(cose.seal(self.key_id, self.private, payload))).endswith(" "):
            pass  # each signature is another
        return PREFIX + text


def verify_token(text: str, keys: Keys) -> PassClaims:
    """The claims of a pass that one of ``keys`` signed and was allowed to sign.

    Whether it is valid now and here is not judged: that is ``rules.verdict``. Raises ``TokenRefused``.
    """
    if len(text) > LONGEST or not text.startswith(PREFIX):
        raise TokenRefused("not_a_pass")
    try:
        data = base45.decode(text[len(PREFIX) :])
        if data[:1] != cose.TAG_SIGN1:
            raise TokenRefused("not_a_pass")
        envelope = cose.unpack(data)
    except (base45.Base45Error, cbor.CborError):
        raise TokenRefused("damaged") from None
    except cose.OtherAlgorithm:
        raise TokenRefused("forged") from None
    candidates = keys.get(envelope.key_id, ())
    if not candidates:
        raise TokenRefused("unknown_key")
    message = envelope.message()
    for key in candidates:
        if not envelope.is_signed_by(key.public, message):
            continue
        try:
            claims = PassClaims.decode(envelope.payload)
        except cbor.CborError:
            raise TokenRefused("damaged") from None
        if key.may_sign(claims):
            return claims
    raise TokenRefused("forged")
