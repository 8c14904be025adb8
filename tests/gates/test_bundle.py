"""Bundles of keys and lists of revoked passes against the published vectors, and against whatever else comes along."""

import base64
from collections.abc import Callable
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from gates.test_pass_vectors import PUBLISHED
from shouwang.gates.rules.token import (
    Issuer,
    Revoked,
    TokenRefused,
    TrustedKey,
    TrustRefused,
    base45,
    fingerprint,
    open_bundle,
    open_revoked,
    sign_bundle,
    sign_revoked,
    verify_token,
)

ROOT = ec.EllipticCurvePublicKey.from_encoded_point(
    ec.SECP256R1(), bytes.fromhex(PUBLISHED["root"]["public"])
)
COMMUNITY = 429006001023
KEYS = open_bundle(PUBLISHED["bundles"][0]["bundle"], ROOT).by_id()
BUNDLE, LIST = (
    base64.b64decode(PUBLISHED["bundles"][0]["bundle"]),
    base64.b64decode(PUBLISHED["lists"][1]["list"]),
)


def refusal(read: Callable[[], object]) -> str:
    try:
        read()
    except TrustRefused as refused:
        return refused.code
    return "ok"


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("vector", PUBLISHED["bundles"], ids=lambda vector: vector["name"])
def test_a_bundle_is_answered_as_published(vector: dict) -> None:
    held = open_bundle(vector["held"], ROOT) if vector["held"] else None
    assert refusal(lambda: open_bundle(vector["bundle"], ROOT, held)) == vector["result"]
    if vector["result"] == "ok":
        bundle = open_bundle(vector["bundle"], ROOT, held)
        assert (bundle.version, len(bundle.keys)) == (vector["version"], vector["keys"])


@pytest.mark.parametrize("vector", PUBLISHED["lists"], ids=lambda vector: vector["name"])
def test_a_list_is_answered_as_published(vector: dict) -> None:
    held: Revoked | None = None
    for before in vector["held"]:
        held = open_revoked(before, KEYS, held, COMMUNITY)
    assert refusal(lambda: open_revoked(vector["list"], KEYS, held, vector["place"])) == vector["result"]
    if vector["result"] == "ok":
        holds = open_revoked(vector["list"], KEYS, held, vector["place"])
        assert holds.version == vector["version"]
        assert sorted(prefix.hex() for prefix in holds.prefixes) == vector["prefixes"]
        for token, revoked in vector["tokens"].items():
            assert (verify_token(token, KEYS).pass_id in holds) == revoked


@pytest.mark.parametrize("kind", ["bundles", "lists"])
def test_every_code_has_a_vector_and_every_vector_its_own_name(kind: str) -> None:
    vectors = PUBLISHED[kind]
    own = {"bundles": {"older", "other_content"}, "lists": {"other_area", "gap"}}[kind]
    assert {vector["result"] for vector in vectors} == {"ok", "damaged", "unknown_key", "forged"} | own
    assert len({vector["name"] for vector in vectors}) == len(vectors)


def test_the_fingerprint_is_what_phones_pin() -> None:
    assert fingerprint(ROOT) == PUBLISHED["root"]["fingerprint"]
    assert len(fingerprint(ROOT)) == 22


def test_none_of_the_three_is_ever_read_as_another() -> None:
    pass_ = base45.decode(PUBLISHED["vectors"][0]["token"][4:])
    for other in (LIST, pass_):
        assert refusal(lambda other=other: open_bundle(text(other), ROOT)) != "ok"
    for other in (BUNDLE, pass_):
        assert refusal(lambda other=other: open_revoked(text(other), KEYS, None, COMMUNITY)) != "ok"
    for other in (LIST, BUNDLE):
        with pytest.raises(TokenRefused):
            verify_token("SW1:" + base45.encode(other), KEYS)


def altered(genuine: bytes) -> st.SearchStrategy[bytes]:
    """One byte changed, bytes cut out or put in, anywhere."""
    places = st.integers(0, len(genuine) - 1)
    changed = st.tuples(places, st.integers(1, 255)).map(
        lambda at: genuine[: at[0]] + bytes([genuine[at[0]] ^ at[1]]) + genuine[at[0] + 1 :]
    )
    cut = st.tuples(places, places).map(lambda at: genuine[: min(at)] + genuine[max(at) + 1 :])
    more = st.tuples(places, st.binary(min_size=1, max_size=9)).map(
        lambda at: genuine[: at[0]] + at[1] + genuine[at[0] :]
    )
    return changed | cut | more | st.binary(max_size=300)


@given(altered(BUNDLE))
def test_an_altered_bundle_is_refused_and_nothing_else_happens(data: bytes) -> None:
    if data != BUNDLE:
        assert refusal(lambda: open_bundle(text(data), ROOT)) in {"damaged", "forged", "unknown_key"}


@given(altered(LIST))
def test_an_altered_list_is_refused_and_nothing_else_happens(data: bytes) -> None:
    if data != LIST:
        code = refusal(lambda: open_revoked(text(data), KEYS, None, COMMUNITY))
        assert code in {"damaged", "forged", "unknown_key"}


@given(st.text(max_size=200))
def test_any_text_is_refused(rubbish: str) -> None:
    assert refusal(lambda: open_bundle(rubbish, ROOT)) == "damaged"
    assert refusal(lambda: open_revoked(rubbish, KEYS, None, COMMUNITY)) == "damaged"


PRIVATE = ec.derive_private_key(4711, ec.SECP256R1())
KEY = TrustedKey(b"\x00\x01\x02\x03", PRIVATE.public_key(), COMMUNITY, COMMUNITY, 0, 2**32)
steps = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50), st.sets(st.uuids(), max_size=3)), max_size=8
)


@given(steps)
def test_whatever_comes_in_whatever_order_nothing_is_forgotten(
    lists: list[tuple[int, int, set[UUID]]],
) -> None:
    held: Revoked | None = None
    known: set[bytes] = set()
    keys = {KEY.key_id: [KEY]}
    for version, since, passes in lists:
        said = sign_revoked(
            Issuer(KEY.key_id, PRIVATE), first=COMMUNITY, last=COMMUNITY, version=max(version, since), since=since,
            made_at=1, pass_ids=passes,
        )  # fmt: skip
        before = held.version if held else 0
        if since > before:
            with pytest.raises(TrustRefused, match="gap"):
                open_revoked(said, keys, held, COMMUNITY)
            continue
        held = open_revoked(said, keys, held, COMMUNITY)
        known |= {one.bytes[:8] for one in passes}
        assert held.prefixes == known
        assert held.version >= before


def test_what_no_verifier_would_take_is_not_signed() -> None:
    with pytest.raises(ValueError, match="no verifier"):
        sign_bundle(PRIVATE, version=1, made_at=1, keys=[])
