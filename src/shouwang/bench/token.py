"""A pass decoded and verified, on one core, beside bare ES256 verification of as many signatures in the same run."""

import statistics
from functools import partial
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from shouwang.bench._timing import median_ms, table
from shouwang.gates.enums import PassKind
from shouwang.gates.rules.token import Issuer, PassClaims, TrustedKey, verify_token

BAR = 0.5
PASSES = 200
_ES256 = ec.ECDSA(SHA256())
_COMMUNITY, _KEY_ID = 429006001023, b"\x01\x02\x03\x04"


def run(arguments: list[str]) -> int:
    runs = int(arguments[0]) if arguments else 25
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key()
    claims = [_claims(number) for number in range(PASSES)]
    tokens = [Issuer(_KEY_ID, private).sign(claim) for claim in claims]
    messages = [claim.encode() for claim in claims]
    signatures = [private.sign(message, _ES256) for message in messages]
    keys = {_KEY_ID: [TrustedKey(_KEY_ID, public, _COMMUNITY, _COMMUNITY, 0, 2**32)]}

    bare = partial(_bare, public, signatures, messages)
    full = partial(_full, tokens, keys)
    bare()
    full()
    # Turn by turn, so that what else the machine does meets both.
    rounds = [(median_ms(bare, runs=1, warm=0), median_ms(full, runs=1, warm=0)) for _ in range(runs)]
    bare_ms, full_ms = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(alone / whole for alone, whole in rounds)

    print(f"{PASSES} passes of about {len(tokens[0])} letters, median of {runs} rounds, one core\n")
    table(
        ["what", "µs each", "a second"],
        [
            [name, f"{ms * 1000 / PASSES:.0f}", f"{PASSES * 1000 / ms:,.0f}"]
            for name, ms in (("ES256 verify alone", bare_ms), ("pass decoded and verified", full_ms))
        ],
    )
    print(f"{ratio:.2f} × the bare verification; the bar is {BAR}")
    return int(ratio < BAR)


def _claims(number: int) -> PassClaims:
    return PassClaims(
        UUID(int=number), PassKind.RESIDENT, _COMMUNITY, 1582156800, 1584662400, 4000 + number, "张*"
    )


def _bare(public: ec.EllipticCurvePublicKey, signatures: list[bytes], messages: list[bytes]) -> None:
    for signature, message in zip(signatures, messages, strict=True):
        public.verify(signature, message, _ES256)


def _full(tokens: list[str], keys: dict[bytes, list[TrustedKey]]) -> None:
    for token in tokens:
        verify_token(token, keys)
