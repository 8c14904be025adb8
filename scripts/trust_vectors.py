"""The vectors of bundles and of lists of revoked passes, for pass_vectors.py, whose keys and nonces these are too."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from shouwang.gates.rules.token import TrustedKey, cbor, fingerprint, point_of
from shouwang.gates.rules.token.bundle import key_id_of

Vector = dict[str, Any]
ROOT, OTHER_ROOT = (ec.derive_private_key(20200220 + n, ec.SECP256R1()) for n in range(2))
N_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MADE = 1582300800
COMMUNITY = 429006001023
AREA = {1: COMMUNITY, 2: COMMUNITY}


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def header(key_id: bytes) -> bytes:
    return cbor.encode({1: -7, 4: key_id})


def envelope(
    payload: bytes | Mapping[int, Any],
    key: ec.EllipticCurvePrivateKey,
    protected: bytes,
    external: bytes,
    *,
    twin: bool = False,
) -> bytes:
    payload = payload if isinstance(payload, bytes) else cbor.encode(dict(payload))
    message = cbor.encode(["Signature1", protected, external, payload])
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
    signature = r.to_bytes(32, "big") + (N_P256 - s if twin else s).to_bytes(32, "big")
    return b"\xd2" + cbor.encode([protected, {}, payload, signature])


def of_root(payload: bytes | Mapping[int, Any], **more: Any) -> bytes:
    said = {"key": ROOT, "protected": header(key_id_of(ROOT.public_key())), "external": b"SWB1"} | more
    return envelope(payload, **said)


def algorithms(key_id: bytes) -> Iterator[tuple[str, bytes]]:
    for name, fields in (
        ("ES384", {1: -35, 4: key_id}),
        ("HMAC", {1: 5, 4: key_id}),
        ("none", {1: 0, 4: key_id}),
        ("absent", {4: key_id}),
    ):
        yield f"algorithm {name}", cbor.encode(fields)
    yield "critical header", cbor.encode({1: -7, 2: [1], 4: key_id})


def broken(genuine: bytes) -> Iterator[tuple[str, str, str]]:
    """What no envelope survives, with the answer to it."""
    whole = base64_of(genuine)
    yield "nothing", "", "damaged"
    yield "no base64", "张" + whole[1:], "damaged"
    yield "a blank in it", whole[:8] + "\n" + whole[8:], "damaged"
    yield "the padding missing", base64_of(genuine + b"\x00" * (2 - len(genuine) % 3)).rstrip("="), "damaged"
    yield "base64 with bits left over", "0h==", "damaged"
    yield "no tag", base64_of(genuine[1:]), "damaged"
    yield "tag 18 in two bytes", base64_of(b"\xd8\x12" + genuine[1:]), "damaged"
    yield "trailing byte", base64_of(genuine + b"\x00"), "damaged"
    yield "cut short", base64_of(genuine[:-1]), "damaged"
    yield "200 lists in one another", base64_of(b"\xd2" + b"\x81" * 200), "damaged"
    yield "an empty envelope", base64_of(b"\xd2\x80"), "damaged"
    for back in (1, 33, 64, 70):
        yield (
            f"one bit, {back} bytes before the end",
            base64_of(flipped(genuine, len(genuine) - back)),
            "forged",
        )
    yield "r = s = 0", base64_of(genuine[:-64] + bytes(64)), "forged"


def flipped(message: bytes, at: int) -> bytes:
    return message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]


def bundles(keys: list[TrustedKey]) -> list[Vector]:
    city = keys[1]
    entries = [
        {1: key.key_id, 2: point_of(key.public), 3: key.first, 4: key.last, 5: key.not_before, 6: key.expires}
        for key in keys
    ]
    fields: dict[int, Any] = {1: 7, 2: MADE, 3: entries}
    entry = entries[1]
    genuine = of_root(fields)
    seven, six, eight = (base64_of(of_root(fields | {1: version})) for version in (7, 6, 8))
    point, payload = point_of(city.public), cbor.encode(fields)
    others = header(key_id_of(OTHER_ROOT.public_key()))
    p384 = point_of(ec.derive_private_key(7, ec.SECP384R1()).public_key())

    def ok(name: str, bundle: str, version: int, count: int, held: str | None = None) -> Vector:
        return {
            "name": name,
            "held": held,
            "bundle": bundle,
            "result": "ok",
            "version": version,
            "keys": count,
        }

    def no(name: str, bundle: bytes | str, result: str, held: str | None = None) -> Vector:
        text = bundle if isinstance(bundle, str) else base64_of(bundle)
        return {"name": name, "held": held, "bundle": text, "result": result}

    def with_key(**change: Any) -> bytes:
        return of_root(fields | {3: [entry | {int(name[1:]): value for name, value in change.items()}]})

    shapes = {
        "a list": cbor.encode([7, MADE, entries]),
        "no keys": cbor.encode(fields | {3: []}),
        "33 keys": cbor.encode(fields | {3: [entry] * 33}),
        "the keys a map": cbor.encode(fields | {3: entry}),
        "version a text": cbor.encode(fields | {1: "7"}),
        "version -1": cbor.encode(fields | {1: -1}),
        "made before 1970": cbor.encode(fields | {2: -1}),
        "a field that nobody knows": cbor.encode(fields | {4: 1}),
        "no version": cbor.encode({2: MADE, 3: entries}),
        "a field twice": b"\xa4\x01\x07" + payload[1:],
        "out of order": b"\xa2\x02\x00\x01\x07",
        "deep nesting": cbor.encode(fields | {3: [[[[[]]]]]}),
        "trailing byte in the content": payload + b"\x00",
        "content cut short": payload[:-1],
        "nothing in it": b"",
    }
    return [
        ok("the first one", seven, 7, 3),
        ok("the same again", seven, 7, 3, seven),
        ok("(r, n-s): another signature, the same bundle", base64_of(of_root(fields, twin=True)), 7, 3, seven),
        ok("a higher version", eight, 8, 3, seven),
        ok("a higher version that leaves keys out", base64_of(of_root({1: 8, 2: MADE, 3: entries[1:2]})), 8, 1, seven),
        ok("a key for one place and one second", base64_of(with_key(k4=entry[3], k6=entry[5])), 7, 1),
        no("rolled back to a lower version", six, "older", seven),
        no("the same version with other keys", of_root(fields | {3: entries[:1]}), "other_content", seven),
        no("the same version made at another time", of_root(fields | {2: MADE + 1}), "other_content", seven),
        no("another root, under its own id", of_root(fields, key=OTHER_ROOT, protected=others), "unknown_key"),
        no("the root under another id", of_root(fields, protected=header(b"\x00\x00\x00\x00")), "unknown_key"),
        no("another root, under the id of the pinned one", of_root(fields, key=OTHER_ROOT), "forged"),
        no("signed as a pass is, without external data", of_root(fields, external=b""), "forged"),
        no("signed as a list is", of_root(fields, external=b"SWR1"), "forged"),
        no("a list that the root signed", of_root(AREA | {3: 7, 4: 0, 5: MADE, 6: b""}, external=b"SWR1"), "forged"),
        no("rubbish is not read while the signature is false", of_root(b"\xff", key=OTHER_ROOT), "forged"),
        *(no(name, of_root(fields, protected=protected), "forged")
          for name, protected in algorithms(key_id_of(ROOT.public_key()))),
        *(no(name, text, result) for name, text, result in broken(genuine)),
        *(no(name, of_root(content), "damaged") for name, content in shapes.items()),
        no("a key id of 3 bytes", with_key(k1=b"\x01\x02\x03"), "damaged"),
        no("a compressed point", with_key(k2=b"\x02" + point[1:33]), "damaged"),
        no("a point off the curve", with_key(k2=flipped(point, 64)), "damaged"),
        no("a P-384 key", with_key(k2=p384), "damaged"),
        no("a key whose last place comes before its first", with_key(k4=entry[3] - 1), "damaged"),
        no("a key that ends before it begins", with_key(k5=2, k6=1), "damaged"),
        no("a key whose end is a text", with_key(k6="2021"), "damaged"),
        no("a key with a field more", with_key(k7=0), "damaged"),
    ]  # fmt: skip


def lists(
    keys: list[TrustedKey], private: Mapping[str, ec.EllipticCurvePrivateKey], tokens: Mapping[str, str]
) -> list[Vector]:
    """``tokens``: ``genuine`` and ``twin`` of one pass, ``other`` of another."""
    city_id, narrow_id = keys[1].key_id, keys[2].key_id
    prefix = {"genuine": bytes.fromhex("018f2c3e7a4b7c1d"), "b": b"\x01" * 8, "c": b"\xfe" * 8}
    city = {1: 429006000000, 2: 429006999999}

    def said(version: int, since: int = 0, *names: str, **more: Any) -> dict[int, Any]:
        change = {int(name[1:]): value for name, value in more.items()}
        return (
            AREA
            | {3: version, 4: since, 5: MADE, 6: b"".join(sorted(prefix[name] for name in names))}
            | change
        )

    def by_city(content: bytes | Mapping[int, Any], **more: Any) -> bytes:
        return envelope(
            content, **({"key": private["city"], "protected": header(city_id), "external": b"SWR1"} | more)
        )

    def by_narrow(content: Mapping[int, Any]) -> bytes:
        return envelope(content, private["narrow"], header(narrow_id), b"SWR1")

    def ok(
        name: str,
        list_: bytes,
        version: int,
        holds: str,
        held: list[bytes] | None = None,
        place: int = COMMUNITY,
    ) -> Vector:
        names = holds.split()
        found = sorted(prefix[one].hex() for one in names)
        revoked = {token: "genuine" in names and word != "other" for word, token in tokens.items()}
        return {
            "name": name, "held": [base64_of(one) for one in held or []], "list": base64_of(list_), "place": place,
            "result": "ok", "version": version, "prefixes": found, "tokens": revoked,
        }  # fmt: skip

    def no(
        name: str, list_: bytes | str, result: str, held: list[bytes] | None = None, place: int = COMMUNITY
    ) -> Vector:
        text = list_ if isinstance(list_, str) else base64_of(list_)
        return {
            "name": name,
            "held": [base64_of(one) for one in held or []],
            "list": text,
            "place": place,
            "result": result,
        }

    whole = by_city(said(20, 0, "genuine", "b"))
    genuine = said(20, 0, "genuine", "b")
    payload = cbor.encode(genuine)
    bundle = {1: 7, 2: MADE, 3: [{1: city_id, 2: point_of(keys[1].public), 3: 0, 4: 1, 5: 0, 6: 1}]}
    shapes = {
        "prefixes of 7 bytes": cbor.encode(genuine | {6: bytes(7)}),
        "prefixes a list": cbor.encode(genuine | {6: [prefix["b"]]}),
        "first after last": cbor.encode(genuine | {1: COMMUNITY + 1}),
        "since after the version": cbor.encode(genuine | {4: 21}),
        "version a text": cbor.encode(genuine | {3: "20"}),
        "since -1": cbor.encode(genuine | {4: -1}),
        "no time": cbor.encode({name: value for name, value in genuine.items() if name != 5}),
        "a field that nobody knows": cbor.encode(genuine | {7: 0}),
        "a field twice": b"\xa7" + payload[1:11] + payload[1:],
        "trailing byte in the content": payload + b"\x00",
        "content cut short": payload[:-1],
        "deep nesting": cbor.encode(genuine | {6: [[[[[]]]]]}),
        "nothing in it": b"",
    }
    return [
        ok("nothing was ever revoked", by_city(said(0)), 0, ""),
        ok("a whole list: the pass, its (r, n-s) twin, and nothing else", whole, 20, "genuine b"),
        ok("what was added", by_city(said(30, 20, "c")), 30, "genuine b c", [whole]),
        ok("what was added to an earlier version", by_city(said(30, 10, "b", "c")), 30, "genuine b c", [whole]),
        ok("the same again", whole, 20, "genuine b", [whole]),
        ok("a later whole list with less: nothing is forgotten", by_city(said(40, 0, "c")), 40, "genuine b c", [whole]),
        ok("a whole list of a server put back to an older copy", by_city(said(10, 0, "b")), 20, "genuine b", [whole]),
        ok("an older addition sent again", by_city(said(15, 10, "c")), 20, "genuine b c", [whole]),
        ok("the key of the one community", by_narrow(genuine), 20, "genuine b"),
        ok("the other key of the same id", by_city(genuine, key=private["twin"]), 20, "genuine b"),
        ok("(r, n-s) of the list", by_city(genuine, twin=True), 20, "genuine b"),
        ok("of the whole city", by_city(genuine | city), 20, "genuine b"),
        no("an addition to nothing", by_city(said(30, 20, "c")), "gap"),
        no("an addition to a later version than is held", by_city(said(40, 30, "c")), "gap", [whole]),
        no("of the neighbour", by_city(genuine | {1: COMMUNITY + 1, 2: COMMUNITY + 1}), "other_area"),
        no("read in another place", whole, "other_area", place=COMMUNITY - 1),
        no("of another area than is held", by_city(genuine | city), "other_area", [whole]),
        no("a key id that nobody has", by_city(genuine, protected=header(b"\xff\xff\xff\xff")), "unknown_key"),
        no("a bundle: the root signs no lists", of_root(bundle), "unknown_key"),
        no("a stranger under a known id", by_city(genuine, key=private["stranger"]), "forged"),
        no("a bundle under a signing key", by_city(bundle, external=b"SWB1"), "forged"),
        no("a list signed as a bundle is", by_city(genuine, external=b"SWB1"), "forged"),
        no("a list signed as a pass is, without external data", by_city(genuine, external=b""), "forged"),
        no("a community's key for the city", by_narrow(genuine | city), "forged"),
        no("made before the key is valid", by_narrow(genuine | {5: keys[2].not_before - 1}), "forged"),
        no("made after the key is valid", by_narrow(genuine | {5: keys[2].expires + 1}), "forged"),
        *(no(name, by_city(genuine, protected=protected), "forged") for name, protected in algorithms(city_id)),
        *(no(name, text, result) for name, text, result in broken(whole)),
        *(no(name, by_city(content), "damaged") for name, content in shapes.items()),
    ]  # fmt: skip


def root() -> dict[str, str]:
    return {"public": point_of(ROOT.public_key()).hex(), "fingerprint": fingerprint(ROOT.public_key())}
