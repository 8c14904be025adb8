"""docs/gate-vectors.json: made again it is the same, and the rules answer as it says. The phone: tests/js."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from shouwang.gates.enums import Reason
from shouwang.gates.rules.codes import read_code
from shouwang.gates.rules.verdict import judge
from shouwang.kernel.areas import span
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.temperature import parse_temperature

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = (ROOT / "docs" / "gate-vectors.json").read_text(encoding="utf-8")
VECTORS = json.loads(WRITTEN)
MADE = runpy.run_path(str(ROOT / "scripts" / "gate_vectors.py"))


def test_made_again_they_are_the_same() -> None:
    if MADE["text"]() != WRITTEN:
        pytest.fail("run: python scripts/gate_vectors.py > docs/gate-vectors.json")


def test_the_rules_answer_as_written() -> None:
    profiles = [COVID_2020.with_settings(numbers) for numbers in VECTORS["profiles"]]
    for change, number, reason, next_out in VECTORS["judged"]:
        answer = judge(MADE["facts_of"](VECTORS["base"] | change), profiles[number])
        day = answer.next_out and answer.next_out.isoformat()
        assert (answer.verdict, answer.reason, day) == (
            VECTORS["reasons"][reason]["verdict"],
            reason,
            next_out,
        ), change


def test_every_reason_and_every_profile_is_there() -> None:
    assert {reason for _, _, reason, _ in VECTORS["judged"]} == set(Reason) == set(VECTORS["reasons"])
    assert {number for _, number, _, _ in VECTORS["judged"]} == set(range(len(VECTORS["profiles"])))
    assert len(VECTORS["judged"]) > 3000


@pytest.mark.parametrize(("written", "degrees", "code"), VECTORS["temperatures"])
def test_temperatures(written: str, degrees: str | None, code: str) -> None:
    if code:
        with pytest.raises(Refused) as refused:
            parse_temperature(written, COVID_2020)
        assert refused.value.code == code
    else:
        read = parse_temperature(written, COVID_2020)
        assert (None if read is None else str(read)) == degrees


def test_codes_and_areas() -> None:
    wrong: list[Any] = [row for row in VECTORS["codes"] if read_code(row[0]) != row[1]]
    wrong += [row for row in VECTORS["spans"] if list(span(row[0])) != row[1:]]
    assert not wrong
