#!/usr/bin/env python3
"""Print docs/pass-vectors.json: passes and the answer that every verifier must give to each.

The keys are published and so worthless; signatures are made with the nonce of RFC 6979, so that the file comes out the
same each time. A test holds the file to this program, the Python verifier and the JavaScript verifier to the file.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from shouwang.gates.enums import PassKind
from shouwang.gates.rules.token import PassClaims, TrustedKey, base45, cbor, write_key

sys.path.insert(0, str(Path(__file__).parent))
import trust_vectors  # the other half of this program, beside it

N_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CITY, TWIN, NARROW, STRANGER = (ec.derive_private_key(20200214 + n, ec.SECP256R1()) for n in range(4))
CITY_ID, NARROW_ID, NOBODY_ID = b"\x01\x02\x03\x04", b"\x0a\x0b\x0c\x0d", b"\xff\xff\xff\xff"
FEBRUARY, MARCH = 1580486400, 1584662400
COMMUNITY = 429006001023
PASS_ID = UUID("018f2c3e-7a4b-7c1d-9e2f-001122334455")
RESIDENT = PassClaims(PASS_ID, PassKind.RESIDENT, COMMUNITY, 1582156800, MARCH, 4711, "张*")
FIELDS: dict[int, Any] = {1: PASS_ID.bytes, 2: 1, 3: COMMUNITY, 4: 1582156800, 5: MARCH, 6: 4711, 7: "张*"}
TRUST = [
    TrustedKey(CITY_ID, TWIN.public_key(), 429006000000, 429006999999, 0, 2**32),
    TrustedKey(CITY_ID, CITY.public_key(), 429006000000, 429006999999, 0, 2**32),
    TrustedKey(NARROW_ID, NARROW.public_key(), COMMUNITY, COMMUNITY, FEBRUARY, MARCH),
]


def header(key_id: bytes = CITY_ID) -> bytes:
    return cbor.encode({1: -7, 4: key_id})


def signature(protected: bytes, payload: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    message = cbor.encode(["Signature1", protected, b"", payload])
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def text(message: bytes) -> str:
    return "SW1:" + base45.encode(message)


def signed(
    payload: bytes | dict[int, Any],
    *,
    key: ec.EllipticCurvePrivateKey = CITY,
    protected: bytes = header(),
) -> bytes:
    """The message: even what no issuer would say is properly signed, so that nothing else can be the reason."""
    payload = payload if isinstance(payload, bytes) else cbor.encode(payload)
    return b"\xd2" + cbor.encode([protected, {}, payload, signature(protected, payload, key)])


def as_list(payload: dict[int, Any]) -> bytes:
    return trust_vectors.envelope(payload, CITY, header(), b"SWR1")


def by_narrow(payload: bytes | dict[int, Any]) -> bytes:
    return signed(payload, key=NARROW, protected=header(NARROW_ID))


def unsigned(*parts: Any) -> str:
    return text(b"\xd2" + cbor.encode(list(parts)))


def flipped(message: bytes, at: int, bit: int = 0) -> str:
    return text(message[:at] + bytes([message[at] ^ 1 << bit]) + message[at + 1 :])


def with_signature(r: int, s: int) -> str:
    return text(GENUINE[:-64] + r.to_bytes(32, "big") + s.to_bytes(32, "big"))


GENUINE = signed(FIELDS)
TOKEN = text(GENUINE)
PROTECTED, PAYLOAD, SIGNATURE = header(), cbor.encode(FIELDS), GENUINE[-64:]
R, S = int.from_bytes(SIGNATURE[:32], "big"), int.from_bytes(SIGNATURE[32:], "big")


def accepted() -> list[tuple[str, str, PassClaims]]:
    def plain(kind: PassKind, household: int = 0, label: str = "") -> PassClaims:
        number = list(PassKind).index(kind)
        last = UUID(int=PASS_ID.int + number)
        return PassClaims(last, kind, COMMUNITY, 1582156800, MARCH, household, label)

    kinds = [
        RESIDENT,
        plain(PassKind.VEHICLE, 4711, "A·8K23"),
        plain(PassKind.VISITOR, 4711, "李*"),
        plain(PassKind.RESPONDER, 0, "医疗 12"),
        plain(PassKind.SUPPLY, 0, "B·51F9"),
        plain(PassKind.EMERGENCY),
    ]
    city = PassClaims(PASS_ID, PassKind.SUPPLY, 429006000000, FEBRUARY, MARCH, 0, "51F9")
    town = PassClaims(PASS_ID, PassKind.RESPONDER, 429006001000, FEBRUARY, MARCH, 0, "医疗 12")
    short = PassClaims(PASS_ID, PassKind.RESIDENT, 429006000000, 0, 0)
    long = PassClaims(PASS_ID, PassKind.RESIDENT, 429006999999, 2**32, 2**32, cbor.LARGEST, "😷" * 12)
    narrow = PassClaims(PASS_ID, PassKind.RESIDENT, COMMUNITY, FEBRUARY, MARCH)
    marked = PassClaims(PASS_ID, PassKind.RESIDENT, COMMUNITY, FEBRUARY, MARCH, 0, "\ufeff张*")
    return [
        *((f"kind {claims.kind}", text(signed(claims.encode())), claims) for claims in kinds),
        ("signed by the other key of the same id", text(signed(FIELDS, key=TWIN)), RESIDENT),
        ("(r, n-s): another text, another signature, the same pass", with_signature(R, N_P256 - S), RESIDENT),
        ("a supply vehicle's, good in the whole city", text(signed(city.encode())), city),
        ("a responder's, good in one town", text(signed(town.encode())), town),
        ("smallest numbers, the first area of the key", text(signed(short.encode())), short),
        ("greatest numbers, last community, label of 12 letters in 48 bytes", text(signed(long.encode())), long),
        ("a key used to both of its ends", text(by_narrow(narrow.encode())), narrow),
        ("a byte order mark in the label is a letter like others", text(signed(marked.encode())), marked),
        ("household 0 and an empty label, written out", text(signed(FIELDS | {6: 0, 7: ""})),
         PassClaims(PASS_ID, PassKind.RESIDENT, COMMUNITY, 1582156800, MARCH)),
    ]  # fmt: skip


def not_a_pass() -> list[tuple[str, str]]:
    return [
        ("nothing", ""),
        ("the prefix alone", "SW1:"),
        ("a web address", "HTTPS://EXAMPLE.ORG/"),
        ("lower case prefix", "sw1:" + TOKEN[4:]),
        ("a health certificate's prefix", "HC1:" + TOKEN[4:]),
        ("a later version", "SW2:" + TOKEN[4:]),
        ("a blank before it", " " + TOKEN),
        ("401 letters", TOKEN + "0" * (401 - len(TOKEN))),
        ("401 letters, of which none is base45", "SW1:" + "😷" * 397),
        ("no tag", text(GENUINE[1:])),
        ("tag 18 in two bytes", text(b"\xd8\x12" + GENUINE[1:])),
        ("tag 17, a MAC", text(b"\xd1" + GENUINE[1:])),
    ]


def damaged() -> list[tuple[str, str]]:
    body = GENUINE[1:]
    sealed = {
        "claims: the pass id of 15 bytes": FIELDS | {1: bytes(15)},
        "claims: the pass id a text": FIELDS | {1: "0123456789abcdef"},
        "claims: kind 0": FIELDS | {2: 0},
        "claims: kind 7": FIELDS | {2: 7},
        "claims: area a text": FIELDS | {3: "429006001023"},
        "claims: area 0": FIELDS | {3: 0},
        "claims: area of 11 digits": FIELDS | {3: 10**11 - 1},
        "claims: area of 13 digits": FIELDS | {3: 10**12},
        "claims: begins before 1970": FIELDS | {4: -1},
        "claims: ends before it begins": FIELDS | {4: MARCH + 1},
        "claims: no end": {name: value for name, value in FIELDS.items() if name != 5},
        "claims: household a list": FIELDS | {6: []},
        "claims: label of 13 letters": FIELDS | {7: "1234567890123"},
        "claims: label as bytes": FIELDS | {7: b"abc"},
        "claims: a field that nobody knows": FIELDS | {8: 1},
        "claims: a list": cbor.encode([1, 2, 3]),
        "claims: a field twice": b"\xa8" + PAYLOAD[1:19] + PAYLOAD[1:],
        "claims: out of order": b"\xa7\x02\x01" + PAYLOAD[1:19] + PAYLOAD[21:],
        "claims: a text for a key": b"\xa1\x61a\x01",
        "claims: indefinite map": b"\xbf" + PAYLOAD[1:] + b"\xff",
        "claims: indefinite bytes": b"\xa7\x01\x5f" + PAYLOAD[2:19] + b"\xff" + PAYLOAD[19:],
        "claims: kind in two bytes": PAYLOAD.replace(b"\x02\x01\x03", b"\x02\x18\x01\x03", 1),
        "claims: trailing byte": PAYLOAD + b"\x00",
        "claims: cut short": PAYLOAD[:-1],
        "claims: nothing": b"",
        "claims: true": b"\xa1\x01\xf5",
        "claims: a float": b"\xa1\x01\xf9\x3c\x00",
        "claims: a tag": b"\xc0" + PAYLOAD,
        "claims: label no UTF-8": PAYLOAD.replace("张".encode(), b"\xff\xff\xff"),
        "claims: label with half a surrogate pair": PAYLOAD.replace("张".encode(), b"\xed\xa0\x80"),
        "claims: household 2^53": b"\xa7" + PAYLOAD[1:].replace(b"\x06\x19\x12\x67", b"\x06\x1b\x00\x20" + bytes(6)),
        "claims: a list of 2^32 items": b"\xa1\x01\x9a\xff\xff\xff\xff",
    }  # fmt: skip
    return [
        ("lower case", "SW1:" + TOKEN[4:].lower()),
        ("a letter of Chinese", TOKEN[:-1] + "张"),
        ("400 letters, of which JavaScript counts 796", "SW1:" + "😷" * 396),
        ("a length that base45 cannot have", TOKEN + "0" * (1 + (3 - len(TOKEN[4:])) % 3)),
        ("a group beyond 65535", "SW1::::" + TOKEN[7:]),
        ("a line end", TOKEN + "\n"),
        ("cut short by three letters", TOKEN[:-3]),
        ("trailing byte", text(GENUINE + b"\x00")),
        ("the pass twice", text(GENUINE[:140] + GENUINE[:60])),
        ("indefinite list", text(b"\xd2\x9f" + body[1:] + b"\xff")),
        ("three parts", unsigned(PROTECTED, {}, PAYLOAD)),
        ("five parts", unsigned(PROTECTED, {}, PAYLOAD, SIGNATURE, 0)),
        ("a map, not a list", text(b"\xd2" + cbor.encode({1: PROTECTED}))),
        ("deep nesting", unsigned(PROTECTED, {}, [[[[[]]]]], SIGNATURE)),
        ("200 lists in one another", text(b"\xd2" + b"\x81" * 200)),
        ("key id in the unprotected header", unsigned(PROTECTED, {4: CITY_ID}, PAYLOAD, SIGNATURE)),
        ("unprotected header a list", unsigned(PROTECTED, [], PAYLOAD, SIGNATURE)),
        ("protected header a map, not bytes", unsigned({1: -7, 4: CITY_ID}, {}, PAYLOAD, SIGNATURE)),
        ("empty protected header", unsigned(b"", {}, PAYLOAD, SIGNATURE)),
        ("key id of 3 bytes", text(signed(FIELDS, protected=header(CITY_ID[:3])))),
        ("key id a number", text(signed(FIELDS, protected=cbor.encode({1: -7, 4: 1})))),
        ("algorithm twice in the header", text(signed(FIELDS, protected=b"\xa3\x01\x26" + PROTECTED[1:]))),
        ("signature of 63 bytes", unsigned(PROTECTED, {}, PAYLOAD, SIGNATURE[:-1])),
        ("signature as ASN.1 DER", unsigned(PROTECTED, {}, PAYLOAD, encode_dss_signature(R, S))),
        ("one bit: the list has another length", flipped(GENUINE, 1)),
        *((words, text(signed(payload))) for words, payload in sealed.items()),
    ]  # fmt: skip


def forged() -> list[tuple[str, str]]:
    other = {
        "ES384": {1: -35, 4: CITY_ID},
        "ES512": {1: -36, 4: CITY_ID},
        "EdDSA": {1: -8, 4: CITY_ID},
        "HMAC": {1: 5, 4: CITY_ID},
        "none": {1: 0, 4: CITY_ID},
        "absent": {4: CITY_ID},
        "a text": {1: "ES256", 4: CITY_ID},
    }
    at_payload = GENUINE.index(PAYLOAD)
    return [
        *((f"algorithm {name}", text(signed(FIELDS, protected=cbor.encode(h)))) for name, h in other.items()),
        ("critical header", text(signed(FIELDS, protected=cbor.encode({1: -7, 2: [1], 4: CITY_ID})))),
        ("no key id", text(signed(FIELDS, protected=cbor.encode({1: -7})))),
        ("a list of revoked passes", text(as_list(FIELDS))),
        ("a stranger's key under a known id", text(signed(FIELDS, key=STRANGER))),
        ("another trusted key's signature under this id", text(signed(FIELDS, key=NARROW))),
        ("signature of another pass", text(GENUINE[:-64] + signed(FIELDS | {1: bytes(16)})[-64:])),
        ("claims of rubbish are not read while the signature is false",
         unsigned(PROTECTED, {}, b"\xff\xff", SIGNATURE)),
        *((f"one bit of the claims, byte {at}", flipped(GENUINE, at_payload + at)) for at in (2, 20, 30, 41)),
        *((f"one bit of the signature, byte {at}", flipped(GENUINE, len(GENUINE) - 64 + at)) for at in (0, 31, 32, 63)),
        ("r = 0", with_signature(0, S)),
        ("s = 0", with_signature(R, 0)),
        ("r = s = 0", with_signature(0, 0)),
        ("r = n", with_signature(N_P256, S)),
        ("s = n", with_signature(R, N_P256)),
        ("r and s changed places", with_signature(S, R)),
        ("community beyond the last of the key", text(signed(FIELDS | {3: 429007000000}))),
        ("community before the first of the key", text(signed(FIELDS | {3: 429005999999}))),
        ("the whole province by the city's key", text(signed(FIELDS | {3: 420000000000}))),
        ("a town by the key of one of its communities", text(by_narrow(FIELDS | {3: 429006001000}))),
        ("a community's key for its neighbour", text(by_narrow(FIELDS | {3: COMMUNITY + 1}))),
        ("valid before the key is", text(by_narrow(FIELDS | {4: FEBRUARY - 1}))),
        ("valid after the key is", text(by_narrow(FIELDS | {5: MARCH + 1}))),
    ]  # fmt: skip


def unknown_key() -> list[tuple[str, str]]:
    return [
        ("a key id that nobody has", text(signed(FIELDS, protected=header(NOBODY_ID)))),
        (
            "a stranger under his own id",
            text(signed(FIELDS, key=STRANGER, protected=header(b"\x00\x00\x00\x00"))),
        ),
        ("one bit of the key id", flipped(GENUINE, GENUINE.index(CITY_ID) + 3)),
        ("unknown key and rubbish for claims", text(signed(b"\xff", protected=header(NOBODY_ID)))),
    ]


def written(claims: PassClaims) -> dict[str, Any]:
    return asdict(claims) | {"pass_id": str(claims.pass_id)}


def document() -> dict[str, Any]:
    refusals = {"not_a_pass": not_a_pass, "damaged": damaged, "unknown_key": unknown_key, "forged": forged}
    return {
        "about": "Passes of Shouwang 守望 and what a verifier that trusts `keys` answers. See pass-format.md. "
        "The private keys are public (20200214, 20200215, 20200216; the root 20200220): never trust them.",
        "root": trust_vectors.root(),
        "keys": [write_key(key) for key in TRUST],
        "vectors": [
            *({"name": name, "token": token, "result": "ok", "claims": written(claims)}
              for name, token, claims in accepted()),
            *({"name": name, "token": token, "result": code}
              for code, vectors in refusals.items() for name, token in vectors()),
        ],
        "bundles": trust_vectors.bundles(TRUST),
        "lists": trust_vectors.lists(
            TRUST,
            {"city": CITY, "twin": TWIN, "narrow": NARROW, "stranger": STRANGER},
            {"genuine": TOKEN, "twin": with_signature(R, N_P256 - S), "other": text(signed(FIELDS | {1: bytes(16)}))},
        ),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(document(), ensure_ascii=False, indent=1))
