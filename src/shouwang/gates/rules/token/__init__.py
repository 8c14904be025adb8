"""The signed pass: what its QR code says, how it is made and verified; the bundle of trusted keys; the list of revoked
passes. The format is docs/pass-format.md.

Nothing here knows a clock, a database or a network: the phone's verifier is held to the same vectors. `keyring` alone
knows files.
"""

from shouwang.gates.rules.token.base45 import Base45Error
from shouwang.gates.rules.token.bundle import Bundle, fingerprint, open_bundle, point_of, sign_bundle
from shouwang.gates.rules.token.cbor import CborError
from shouwang.gates.rules.token.claims import PassClaims
from shouwang.gates.rules.token.keyring import Keyring, KeyringError
from shouwang.gates.rules.token.refusal import TrustRefused
from shouwang.gates.rules.token.revoked import Revoked, open_revoked, sign_revoked
from shouwang.gates.rules.token.sign import Issuer, Keys, TokenRefused, TrustedKey, verify_token
from shouwang.gates.rules.token.trust import TrustError, read_trust, write_key

__all__ = [
    "Base45Error",
    "Bundle",
    "CborError",
    "Issuer",
    "Keyring",
    "KeyringError",
    "Keys",
    "PassClaims",
    "Revoked",
    "TokenRefused",
    "TrustError",
    "TrustRefused",
    "TrustedKey",
    "fingerprint",
    "open_bundle",
    "open_revoked",
    "point_of",
    "read_trust",
    "sign_bundle",
    "sign_revoked",
    "verify_token",
    "write_key",
]
