"""The published vectors: made again they are the same, and the server answers as they say. The phone: tests/js."""

import json
import runpy
from dataclasses import asdict
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.gates.rules.token import (
    TokenRefused,
    TrustedKey,
    TrustError,
    read_trust,
    verify_token,
    write_key,
)

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = json.loads((ROOT / "docs" / "pass-vectors.json").read_text(encoding="utf-8"))
KEYS = read_trust(PUBLISHED["keys"])


def answer(token: str) -> dict:
    try:
        claims = verify_token(token, KEYS)
    except TokenRefused as refused:
        return {"result": refused.code}
    return {"result": "ok", "claims": asdict(claims) | {"pass_id": str(claims.pass_id)}}


@pytest.mark.parametrize("vector", PUBLISHED["vectors"], ids=lambda vector: vector["name"])
def test_the_server_answers_as_published(vector: dict) -> None:
    expected = {word: vector[word] for word in ("result", "claims") if word in vector}
    assert answer(vector["token"]) == expected


def test_made_again_they_are_the_same() -> None:
    if runpy.run_path(str(ROOT / "scripts" / "pass_vectors.py"))["document"]() != PUBLISHED:
        pytest.fail("run: python scripts/pass_vectors.py > docs/pass-vectors.json")


def test_each_says_something_of_its_own() -> None:
    vectors = PUBLISHED["vectors"]
    assert len({vector["token"] for vector in vectors}) == len({v["name"] for v in vectors}) == len(vectors)


def test_what_is_written_of_a_key_is_read_again() -> None:
    keys = [key for same_id in KEYS.values() for key in same_id]
    assert [write_key(key) for key in keys] == PUBLISHED["keys"]
    assert all(isinstance(key, TrustedKey) for key in keys)


def point(curve: ec.EllipticCurve, form: str) -> str:
    numbers = ec.derive_private_key(7, curve).public_key().public_numbers()
    width = (curve.key_size + 7) // 8 * 2
    return form + f"{numbers.x:0{width}x}" + (f"{numbers.y:0{width}x}" if form == "04" else "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key_id": "010203"}, "key 2: key_id has 4 bytes"),
        ({"key_id": "not hex!"}, "key 2: non-hexadecimal"),
        ({"public": point(ec.SECP256R1(), "02")}, "65 bytes"),
        ({"public": point(ec.SECP384R1(), "04")}, "65 bytes"),
        ({"public": "04" + "11" * 64}, "key 2"),
        ({"first": 429007000000, "last": 429006000000}, "first comes after last"),
        ({"not_before": 5, "expires": 4}, "not_before after expires"),
        ({"expires": "2021-01-01"}, "whole numbers"),
        ({"expires": True}, "whole numbers"),
        ({"last": 2**53}, "whole numbers"),
    ],
)
def test_a_key_that_is_wrongly_written_is_named(change: dict, words: str) -> None:
    good = PUBLISHED["keys"][0]
    with pytest.raises(TrustError, match=words):
        read_trust([good, good | change])


@pytest.mark.parametrize("entries", [None, {}, [], "keys", [[]], [{"key_id": "01020304"}]])
def test_what_is_no_list_of_keys_is_refused(entries: object) -> None:
    with pytest.raises(TrustError):
        read_trust(entries)
