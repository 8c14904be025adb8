"""The signed pass: what its QR code says, how it is made and how it is verified. The format is docs/pass-format.md.

Nothing here knows a clock, a database or a network: the phone's verifier is held to the same vectors.
"""

from shouwang.gates.rules.token.base45 import Base45Error
from shouwang.gates.rules.token.cbor import CborError
from shouwang.gates.rules.token.claims import PassClaims
from shouwang.gates.rules.token.sign import Issuer, TokenRefused, TrustedKey, verify_token
from shouwang.gates.rules.token.trust import TrustError, read_trust, write_key

__all__ = [
    "Base45Error",
    "CborError",
    "Issuer",
    "PassClaims",
    "TokenRefused",
    "TrustError",
    "TrustedKey",
    "read_trust",
    "verify_token",
    "write_key",
]
