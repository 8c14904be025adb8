"""The signed pass against attackers, and against libraries that know nothing of ours."""

from uuid import UUID

import base45 as reference_base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from shouwang.gates.enums import PassKind
from shouwang.gates.rules.token import (
    Base45Error,
    CborError,
    Issuer,
    PassClaims,
    TokenRefused,
    TrustedKey,
    base45,
    cbor,
    verify_token,
)

N_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRIVATE = ec.derive_private_key(20200214, ec.SECP256R1())
OTHER = ec.derive_private_key(20200215, ec.SECP256R1())
KEY_ID = b"\x01\x02\x03\x04"
CLAIMS = PassClaims(
    UUID("018f2c3e-7a4b-7c1d-9e2f-001122334455"),
    PassKind.RESIDENT,
    429006001023,
    1582156800,
    1584662400,
    4711,
    "张*",
)


def trusted(key: ec.EllipticCurvePrivateKey = PRIVATE, **changes: int) -> TrustedKey:
    bounds = {"first": 429006000000, "last": 429006999999, "not_before": 0, "expires": 2**32} | changes
    return TrustedKey(KEY_ID, key.public_key(), **bounds)


TOKEN = Issuer(KEY_ID, PRIVATE).sign(CLAIMS)
KEYS = {KEY_ID: [trusted()]}


def parts(token: str) -> list:
    return cbor2.loads(reference_base45.b45decode(token[4:])).value


def text_of(message: list) -> str:
    return "SW1:" + base45.encode(cbor2.dumps(cbor2.CBORTag(18, message)))


def test_a_pass_comes_back_and_fits_its_code() -> None:
    assert verify_token(TOKEN, KEYS) == CLAIMS
    assert len(TOKEN) <= 221  # version 8 at level M, alphanumeric


def test_no_pass_ends_in_a_blank_that_a_form_would_cut_off() -> None:
    issuer = Issuer(KEY_ID, PRIVATE)
    assert not any(issuer.sign(CLAIMS).endswith(" ") for _ in range(300))


def test_a_general_library_reads_the_same() -> None:
    protected, unprotected, payload, signature = parts(TOKEN)
    assert cbor2.loads(protected) == {1: -7, 4: KEY_ID}
    assert unprotected == {}
    assert len(signature) == 64
    assert cbor2.loads(payload) == {
        1: CLAIMS.pass_id.bytes,
        2: 1,
        3: 429006001023,
        4: 1582156800,
        5: 1584662400,
        6: 4711,
        7: "张*",
    }


def test_keys_whose_ids_collide_are_all_tried() -> None:
    assert verify_token(TOKEN, {KEY_ID: [trusted(OTHER), trusted()]}) == CLAIMS


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({}, "unknown_key"),
        ({KEY_ID: [trusted(OTHER)]}, "forged"),
        ({KEY_ID: [trusted(last=429006000999)]}, "forged"),
        ({KEY_ID: [trusted(expires=1584662399)]}, "forged"),
        ({KEY_ID: [trusted(not_before=1582156801)]}, "forged"),
    ],
)
def test_only_a_key_that_may_sign_this_pass_counts(keys: dict, code: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        verify_token(TOKEN, keys)
    assert refused.value.code == code


def test_the_malleable_twin_is_the_same_pass() -> None:
    protected, unprotected, payload, signature = parts(TOKEN)
    s = int.from_bytes(signature[32:], "big")
    twin = text_of([protected, unprotected, payload, signature[:32] + (N_P256 - s).to_bytes(32, "big")])
    assert twin != TOKEN
    assert verify_token(twin, KEYS).pass_id == CLAIMS.pass_id


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from(base45.ALPHABET))
def test_one_changed_letter_is_never_another_pass(at: int, letter: str) -> None:
    changed = TOKEN[:at] + letter + TOKEN[at + 1 :]
    if changed != TOKEN:
        with pytest.raises(TokenRefused):
            verify_token(changed, KEYS)


@given(st.text(max_size=500) | st.binary(max_size=300).map(lambda data: "SW1:" + base45.encode(data)))
def test_rubbish_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(TokenRefused):
        verify_token(text, KEYS)


@pytest.mark.parametrize(
    "header",
    [{1: -35, 4: KEY_ID}, {1: 5, 4: KEY_ID}, {4: KEY_ID}, {1: -7, 4: KEY_ID, 2: [1]}, {1: -7}],
    ids=["ES384", "HMAC", "no algorithm", "critical header", "no key id"],
)
def test_the_token_does_not_choose_its_algorithm(header: dict) -> None:
    _, unprotected, payload, signature = parts(TOKEN)
    with pytest.raises(TokenRefused):
        verify_token(text_of([cbor2.dumps(header), unprotected, payload, signature]), KEYS)


def test_nothing_is_read_from_the_unprotected_header() -> None:
    protected, _, payload, signature = parts(TOKEN)
    with pytest.raises(TokenRefused) as refused:
        verify_token(text_of([protected, {4: KEY_ID}, payload, signature]), KEYS)
    assert refused.value.code == "damaged"


def test_a_p384_key_is_no_key_of_ours() -> None:
    with pytest.raises(ValueError, match="P-256"):
        TrustedKey(KEY_ID, ec.generate_private_key(ec.SECP384R1()).public_key(), 1, 2, 0, 1)


@pytest.mark.parametrize(
    "payload",
    [
        {1: b"short", 2: 1, 3: 1, 4: 0, 5: 1},
        {1: bytes(16), 2: 9, 3: 1, 4: 0, 5: 1},
        {1: bytes(16), 2: 1, 3: 1, 4: 5, 5: 1},
        {1: bytes(16), 2: 1, 3: 1, 4: 0},
        {1: bytes(16), 2: 1, 3: 1, 4: 0, 5: 1, 9: "new"},
        {1: bytes(16), 2: 1, 3: "here", 4: 0, 5: 1},
    ],
)
def test_claims_of_another_shape_are_refused(payload: dict) -> None:
    with pytest.raises(CborError):
        PassClaims.decode(cbor.encode(payload))


values = st.recursive(
    st.integers(-(2**53), 2**53 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(-50, 70000), inner, max_size=4),
    max_leaves=6,
)


@given(values)
def test_cbor_agrees_with_a_general_library(value: object) -> None:
    raw = cbor.encode(value)  # type: ignore[arg-type]
    assert cbor2.loads(raw) == value
    assert raw == cbor2.dumps(value, canonical=True) or isinstance(value, dict | list)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "1800",  # 0 in two bytes… and trailing
        "1817",  # 23 not in its shortest form
        "190017",
        "5f4101ff",  # indefinite
        "a201000100",  # key twice
        "a202000100",  # keys out of order
        "818181818101",  # too deep
        "0000",  # trailing
        "f5",  # true
        "fb3ff0000000000000",
        "c001",
        "9affffffff",
        "61ff",
        "1b0020000000000000",  # 2^53
    ],
)
def test_cbor_that_could_be_read_in_two_ways_is_refused(raw: str) -> None:
    with pytest.raises(CborError):
        cbor.decode(bytes.fromhex(raw))


@given(st.binary(max_size=200))
def test_base45_agrees_with_a_general_library(data: bytes) -> None:
    text = base45.encode(data)
    assert text == reference_base45.b45encode(data).decode()
    assert base45.decode(text) == data


@pytest.mark.parametrize("text", ["A", "ABCD", "abc", ":::", "::", "GGW", "张ab"])
def test_base45_refuses_what_is_none(text: str) -> None:
    with pytest.raises(Base45Error):
        base45.decode(text)
