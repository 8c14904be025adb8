"""What a phone seals the office opens: the JavaScript of the phone against the Python of the server, by node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from shouwang.sync import sealing

SEALING = (
    Path(__file__).resolve().parents[2] / "src" / "shouwang" / "field" / "static" / "field" / "sealing.js"
)
PROGRAM = """
import { webcrypto } from "node:crypto";
globalThis.crypto ??= webcrypto;
const { seal, handover } = await import(process.argv[1]);
const { texts, point } = JSON.parse(process.argv[2]);
const sealed = [];
for (const text of texts) sealed.push(await seal(text, point));
console.log(JSON.stringify({ sealed, file: Buffer.from(await handover(texts[0], point)).toString("base64") }));
"""
TEXTS = ["429006199001011234", "", "张三丰 🏮", "长" * 5000]


def by_the_phone(texts: list[str]) -> dict[str, list[str]]:
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is missing: apt-get install nodejs, or let `make test` do it", pytrace=False)
    given = json.dumps({"texts": texts, "point": sealing.public_point().hex()})
    done = subprocess.run(
        [node, "--input-type=module", "-e", PROGRAM, SEALING.as_uri(), given],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_office_opens_what_a_phone_sealed() -> None:
    sealed = by_the_phone(TEXTS)["sealed"]
    assert [sealing.unseal(text) for text in sealed] == TEXTS
    assert len(set(by_the_phone(["x", "x"])["sealed"])) == 2, "two seals of one text tell nothing"


def test_a_bit_changed_is_noticed() -> None:
    [sealed] = by_the_phone(["429006199001011234"])["sealed"]
    other = sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:]
    with pytest.raises(sealing.Unopened):
        sealing.unseal(other)
