"""`shouwang pass`: made on one machine, verified on another that has nothing but the trust file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shouwang.config import cli

ROOT = Path(__file__).resolve().parents[2]
COMMUNITY = "429006001023"
SIGN = ["issue", "--unregistered", "--area", COMMUNITY]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):
    def tell(*words: str, code: int = 0) -> str:
        assert cli.main(["pass", *words]) == code
        said = capsys.readouterr()
        return (said.out or said.err).strip()

    return tell


def test_a_pass_is_issued_and_verified(told, home: Path) -> None:
    issued = json.loads(
        told("issue", "--unregistered", "--community", COMMUNITY, "--label", "张*", "--household", "7",
             "--from", "2020-02-20", "--until", "2020-03-20", "--json")
    )  # fmt: skip
    assert issued["claims"]["not_before"] == 1582128000  # 00:00 in China
    assert issued["claims"]["expires"] == 1584719999  # 23:59:59 there
    assert (home / "keys" / "pass-signing").stat().st_mode & 0o777 == 0o600

    answer = json.loads(told("verify", issued["token"], "--at", "2020-03-20T23:59:59", "--json"))
    assert answer == {"result": "ok", "state": "valid", "code": None, "claims": issued["claims"]}
    assert "expired" in told("verify", issued["token"], code=3)
    assert "early" in told("verify", issued["token"], "--at", "2020-02-19", code=3)


def test_another_machine_needs_only_the_trust_file(
    told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, outside = (
        told("issue", "--unregistered", "--community", code) for code in (COMMUNITY, "429007001023")
    )
    trust = tmp_path / "trust.json"
    said = json.loads(told("trust"))
    said["keys"][0] |= {"first": 429006000000, "last": 429006999999}
    trust.write_text(json.dumps(said))
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(elsewhere))
    assert told("verify", inside, "--trust", str(trust)).startswith("ok, valid: resident pass")
    assert told("verify", outside, "--trust", str(trust), code=4).startswith("forged:")
    assert not elsewhere.exists()


def test_published_vectors_go_through_the_command(told) -> None:
    vectors = ROOT / "docs" / "pass-vectors.json"
    seen = {}
    for vector in json.loads(vectors.read_text(encoding="utf-8"))["vectors"]:
        if vector["result"] in seen or not vector["token"]:
            continue
        code = 4 * (vector["result"] != "ok")
        answer = json.loads(
            told(
                "verify", vector["token"], "--trust", str(vectors), "--at", "2020-02-21", "--json", code=code
            )
        )
        seen[vector["result"]] = answer["result"]
        assert code == 0 or answer["hint"]
    assert seen == {code: code for code in ("ok", "not_a_pass", "damaged", "unknown_key", "forged")}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["issue", "--resident", "7"], "no database is here"),
        (["issue", "--kind", "supply", "--area", COMMUNITY], "needs --holder, --plate"),
        (["issue", "--kind", "visitor", "--area", COMMUNITY, "--visit", "7"], "no id of a registration"),
        (["issue", "--unregistered"], "--area CODE"),
        (["revoke", "KXM4T7", "--reason", "lost"], "no database is here"),
        (["issue", "--unregistered", "--community", "12"], "12 digits"),
        ([*SIGN, "--until", "soon"], "write 2020-03-20"),
        ([*SIGN, "--from", "2020-03-20", "--until", "2020-03-19"], "before it begins"),
        ([*SIGN, "--until", "9999-12-31"], "between 1971 and 2199"),
        ([*SIGN, "--days", "0"], "--days is 1"),
        ([*SIGN, "--label", "1234567890123"], "at most 12"),
        ([*SIGN, "--label", "\udcff"], "printable"),
        ([*SIGN, "--household", "-1"], "whole number"),
        (["verify", "SW1:"], "give --trust FILE"),
        (["verify", "SW1:", "--trust", "/nowhere"], "No such file"),
        (["verify", "SW1:", "--trust", str(ROOT / "LICENSE")], "not JSON"),
        (["verify", "SW1:", "--trust", str(ROOT / "package.json")], "no list of keys"),
    ],
)  # fmt: skip
def test_bad_input_is_told_what_to_do(told, home: Path, words: list[str], hint: str) -> None:
    assert hint in told(*words, code=1)
    assert not home.exists()


def test_a_damaged_key_signs_nothing(told, home: Path) -> None:
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "pass-signing").write_bytes(b"")
    assert "put it back from your copy" in told("issue", "--unregistered", "--community", COMMUNITY, code=1)


def test_a_pass_comes_through_a_pipe_and_rubbish_too(home: Path, told) -> None:
    token = told("issue", "--unregistered", "--community", COMMUNITY)
    for line, code in ((token.encode() + b"\r\n", 0), (b"\xff\xfe\n", 4), (b"", 4)):
        asked = subprocess.run(
            [sys.executable, "-m", "shouwang", "pass", "verify", "-"],
            input=line, env=dict(os.environ), capture_output=True, check=False,
        )  # fmt: skip
        assert asked.returncode == code
        assert asked.stderr == b""
