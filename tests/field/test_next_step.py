"""What the phone says to try next is what the server says: every history of up to four attempts, by node."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from shouwang.screening.enums import NextStep, Outcome
from shouwang.screening.rules import next_step

RULE = Path(__file__).resolve().parents[2] / "src/shouwang/field/static/field/rules/next-step.js"
PROGRAM = """
import { readFileSync } from "node:fs";
const { nextStep } = await import(process.argv[1]);
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(nextStep)));
"""


def histories() -> list[dict[str, Any]]:
    return [
        {"outcomes": list(outcomes), "reached": reached, "phones": phones, "half": half, "evening": evening}
        for length in range(5)
        for outcomes in itertools.product(list(Outcome), repeat=length)
        for reached, phones, half, evening in itertools.product((0, 2), (0, 1, 2), (0, 1), (False, True))
    ]


def test_phone_and_server_try_the_same() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is missing: apt-get install nodejs, or let `make test` do it", pytrace=False)
    asked = histories()
    done = subprocess.run(
        [node, "--input-type=module", "-e", PROGRAM, RULE.as_uri()],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [str(next_step(**one)) for one in asked]
    differing = [
        (one, phone, server)
        for one, phone, server in zip(asked, json.loads(done.stdout), ours, strict=True)
        if phone != server
    ]
    assert not differing, differing[:5]
    assert set(ours) == set(NextStep), "each of them comes up"
