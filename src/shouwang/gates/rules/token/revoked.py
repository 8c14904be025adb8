"""The list of revoked passes that a gate carries: prefixes of pass ids, signed, whole or what was added since.

A verifier never forgets: what it has once read stays revoked, whatever list comes after (docs/pass-format.md § List).
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shouwang.gates.rules.token import cbor, cose
from shouwang.gates.rules.token.refusal import TrustRefused, from_base64
from shouwang.gates.rules.token.sign import Issuer, Keys

PURPOSE = b"SWR1"
PREFIX_BYTES = 8


@dataclass(frozen=True, slots=True)
class Revoked:
    """What a verifier of ``first`` to ``last`` holds: the highest version seen, and all prefixes ever read."""

    first: int
    last: int
    version: int
    prefixes: frozenset[bytes]

    def __contains__(self, pass_id: UUID) -> bool:
        return pass_id.bytes[:PREFIX_BYTES] in self.prefixes


def sign_revoked(
    issuer: Issuer,
    *,
    first: int,
    last: int,
    version: int,
    since: int = 0,
    made_at: int,
    pass_ids: Iterable[UUID],
) -> str:
    """Base64 of the signed list of ``pass_ids``. ``since`` 0: the whole list; else what was added to that version.

    ``made_at`` in seconds since 1970.
    """
    prefixes = b"".join(sorted({pass_id.bytes[:PREFIX_BYTES] for pass_id in pass_ids}))
    payload = cbor.encode({1: first, 2: last, 3: version, 4: since, 5: made_at, 6: prefixes})
    return base64.b64encode(cose.seal(issuer.key_id, issuer.private, payload, PURPOSE)).decode()


def open_revoked(text: str, keys: Keys, held: Revoked | None, place: int) -> Revoked:
    """What a verifier in the community ``place`` holds after it has read the list in ``text`` (base64).

    Raises ``TrustRefused``; then ``held`` stays as it is.
    """
    try:
        envelope = cose.unpack(from_base64(text))
    except cbor.CborError:
        raise TrustRefused("damaged") from None
    except cose.OtherAlgorithm:
        raise TrustRefused("forged") from None
    candidates = keys.get(envelope.key_id, ())
    if not candidates:
        raise TrustRefused("unknown_key")
    message = envelope.message(PURPOSE)
    for key in candidates:
        if not envelope.is_signed_by(key.public, message):
            continue
        try:
            first, last, version, since, made_at, prefixes = _read(envelope.payload)
        except cbor.CborError:
            raise TrustRefused("damaged") from None
        if key.covers(first, last, made_at, made_at):
            break
    else:
        raise TrustRefused("forged")
    if not first <= place <= last or (held and (held.first, held.last) != (first, last)):
        raise TrustRefused("other_area")
    if since > (held.version if held else 0):
        raise TrustRefused("gap")
    if held:
        version, prefixes = max(version, held.version), prefixes | held.prefixes
    return Revoked(first, last, version, prefixes)


def _read(payload: bytes) -> tuple[int, int, int, int, int, frozenset[bytes]]:
    fields = cbor.decode(payload)
    if not isinstance(fields, dict) or list(fields) != [1, 2, 3, 4, 5, 6]:
        raise cbor.CborError("fields")
    numbers: list[Any] = list(fields.values())
    raw = numbers.pop()
    if not all(isinstance(number, int) and number >= 0 for number in numbers):
        raise cbor.CborError("fields")
    first, last, version, since, made_at = numbers
    if first > last or since > version or not isinstance(raw, bytes) or len(raw) % PREFIX_BYTES:
        raise cbor.CborError("fields")
    cut = (raw[at : at + PREFIX_BYTES] for at in range(0, len(raw), PREFIX_BYTES))
    return first, last, version, since, made_at, frozenset(cut)
