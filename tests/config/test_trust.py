"""`shouwang trust`: the root goes offline, keys are changed, and nothing that is not signed by the root gets in."""

import json
import time
from pathlib import Path

import pytest

from shouwang.config import cli
from shouwang.gates.rules.token import PassClaims, open_bundle, point_of, verify_token
from shouwang.gates.rules.token.keyring import Keyring, read_keyring

COMMUNITY = "429006001023"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):
    def tell(*words: object, code: int = 0) -> str:
        assert cli.main([str(word) for word in words]) == code
        said = capsys.readouterr()
        return (said.out or said.err).strip()

    return tell


def ring(home: Path) -> Keyring:
    return read_keyring(home / "keys", int(time.time()))


def issued(told, *more: str) -> str:
    return told("pass", "issue", "--unregistered", "--area", COMMUNITY, *more)


def claims(home: Path, token: str) -> PassClaims:
    return verify_token(token, ring(home).bundle.by_id())


def test_everything_works_at_once_and_the_files_are_the_owners_alone(told, home: Path) -> None:
    said = json.loads(told("trust", "status", "--json"))
    assert said["root_here"]
    assert [key["own"] for key in said["keys"]] == [True]
    assert len(said["root"]) == 22
    assert {path.stat().st_mode & 0o077 for path in (home / "keys").iterdir()} == {0}
    assert "trust root --move" in told("trust", "status")


def test_the_root_is_moved_away_and_signs_from_there(told, home: Path, tmp_path: Path) -> None:
    before = json.loads(told("trust", "status", "--json"))
    root, request, bundle = (tmp_path / name for name in ("root.pem", "request.json", "bundle.json"))
    assert before["root"] in told("trust", "root", "--move", "--out", root)
    assert root.stat().st_mode & 0o777 == 0o600
    assert not json.loads(told("trust", "status", "--json"))["root_here"]
    assert told("trust", "root", "--show", root) == before["root"]

    old = issued(told)
    assert "once the root has signed it" in told("trust", "new-key", "--at-once")
    assert [key.key_id for key in ring(home).bundle.keys] == [bytes.fromhex(before["keys"][0]["key_id"])]
    told("trust", "request", "--out", request)
    assert "everywhere" in told("trust", "sign", request, "--root", root, "--out", bundle)
    told("trust", "install", bundle)
    after = json.loads(told("trust", "status", "--json"))
    assert after["root"] == before["root"], "phones stay enrolled"
    assert after["version"] > before["version"]
    assert len(after["keys"]) == 2
    assert not after["request_waits"]
    fresh = issued(told)
    assert claims(home, old) != claims(home, fresh), "passes of the old key stay good"
    assert ring(home).issuer(1, 1, 0, 0) is None


def test_a_new_key_signs_only_passes_that_begin_after_its_notice(told, home: Path) -> None:
    first = json.loads(told("trust", "status", "--json"))["keys"][0]["key_id"]
    assert "is installed" in told("trust", "new-key")  # the root is still here
    assert len(ring(home).bundle.keys) == 2
    by = [
        json.loads(issued(told, "--from", begins, "--until", "2027-06-01", "--json"))["key_id"]
        for begins in ("2026-01-01", "2027-05-01")
    ]
    assert by[0] == first
    assert by[1] != first


def test_a_key_left_out_ends_its_passes(told, home: Path) -> None:
    stolen = json.loads(told("trust", "status", "--json"))["keys"][0]["key_id"]
    token = issued(told)
    assert "no key would be left" in told("trust", "request", "--without", stolen, code=1)
    told("trust", "new-key", "--at-once")
    told("trust", "request", "--without", stolen)
    assert stolen not in [key.key_id.hex() for key in ring(home).bundle.keys]
    assert told("pass", "verify", token, code=4).startswith("unknown_key")
    assert told("pass", "verify", issued(told)).startswith("ok, valid")
    assert "no key is called ffffffff" in told("trust", "request", "--without", "ffffffff", code=1)


def test_a_key_of_one_area_signs_for_it_alone(told, home: Path) -> None:
    told("trust", "new-key", "--at-once", "--area", "429006001000")
    narrow = ring(home).bundle.keys[-1].key_id.hex()
    assert json.loads(issued(told, "--json"))["key_id"] == narrow
    elsewhere = told("pass", "issue", "--unregistered", "--area", "429006000000", "--json")
    assert json.loads(elsewhere)["key_id"] != narrow, "the town's key does not cover its city"


def test_what_the_root_did_not_sign_or_what_is_older_is_not_installed(
    told, home: Path, tmp_path: Path
) -> None:
    other, request, bundle, late = (tmp_path / name for name in ("o.pem", "r.json", "b.json", "late.json"))
    root = home / "keys" / "pass-root.pem"
    told("trust", "root", "--out", other)
    issued(told)
    request_of = tmp_path / "request.json"
    told("trust", "request", "--out", request)
    told("trust", "sign", request, "--root", other, "--out", bundle)
    assert "another root signed it" in told("trust", "install", bundle, code=1)
    asked = json.loads(request.read_text())
    for version, out in ((asked["version"] + 100, late), (asked["version"], bundle)):
        request_of.write_text(json.dumps(asked | {"version": version}))
        told("trust", "sign", request_of, "--root", root, "--out", out)
    told("trust", "install", late)
    told("trust", "install", late)  # twice is once
    installed = (home / "keys" / "pass-bundle").read_bytes()
    assert "a later one is installed" in told("trust", "install", bundle, code=1)
    forged = json.loads(late.read_text())
    forged["bundle"] = forged["bundle"][:-8] + "AAAA" + forged["bundle"][-4:]
    bundle.write_text(json.dumps(forged))
    assert "its signature is false" in told("trust", "install", bundle, code=1)
    assert (home / "keys" / "pass-bundle").read_bytes() == installed


def test_a_new_root_needs_its_fingerprint(
    told, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, request, bundle = (tmp_path / name for name in ("root.pem", "request.json", "bundle.json"))
    said = told("trust", "root", "--out", root)
    fingerprint = said.split("Fingerprint: ")[1].split("\n")[0]
    told("trust", "request", "--out", request)
    told("trust", "sign", request, "--root", root, "--out", bundle)
    assert "not AAAA" in told("trust", "install", bundle, "--new-root", "AAAA", code=1)
    assert "enrolled again" in told("trust", "install", bundle, "--new-root", fingerprint)
    status = json.loads(told("trust", "status", "--json"))
    assert (status["root"], status["root_here"]) == (fingerprint, False)
    open_bundle(ring(home).text, ring(home).root)
    assert len(point_of(ring(home).root)) == 65


def test_a_root_may_have_a_passphrase(told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    root = tmp_path / "root.pem"
    monkeypatch.setattr("sys.stdin", io.StringIO("a long sentence\n"))
    told("trust", "root", "--passphrase", "--out", root)
    assert b"ENCRYPTED" in root.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("another\n"))
    assert "passphrase is wrong" in told("trust", "root", "--show", root, code=1)
    monkeypatch.setattr("sys.stdin", io.StringIO("a long sentence\n"))
    assert len(told("trust", "root", "--show", root)) == 22
    assert "never overwritten" in told("trust", "root", "--out", root, code=1)


@pytest.mark.parametrize(
    ("spoil", "hint"),
    [
        (lambda keys: (keys / "pass-signing").write_bytes(b""), "must have 32 bytes"),
        (lambda keys: (keys / "pass-root.pub").unlink(), "missing or damaged"),
        (lambda keys: (keys / "pass-bundle").write_text("AAAA"), "put both back"),
        (lambda keys: [(keys / name).unlink() for name in ("pass-bundle", "pass-root.pem")], "lies elsewhere"),
    ],
    ids=["no secret", "no root", "another bundle", "no bundle and the root away"],
)  # fmt: skip
def test_damaged_key_files_are_named_and_never_made_anew(told, home: Path, spoil, hint: str) -> None:
    told("trust", "status")
    spoil(home / "keys")
    assert hint in told("trust", "status", code=1)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["root"], "--out FILE"),
        (["root", "--show", "/nowhere"], "No such file"),
        (["sign", "/nowhere", "--root", "x", "--out", "y"], "No such file"),
        (["new-key", "--until", "1999-01-01"], "before it begins"),
        (["new-key", "--area", "12"], "12 digits"),
    ],
)
def test_bad_input_is_told_what_to_do(told, words: list[str], hint: str) -> None:
    assert hint in told("trust", *words, code=1)
