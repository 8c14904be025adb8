"""The phone's verifier where it will run: in a browser, from our server, under our content policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
PUBLISHED = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "pass-vectors.json").read_text(encoding="utf-8")
)
VERIFY = """async ({ keys, vectors }) => {
  const { readTrust, verifyToken } = await import("/static/js/pass/token.js");
  const trusted = await readTrust(keys);
  const answers = [], took = [];
  for (const { token } of vectors) {
    const started = performance.now();
    answers.push(await verifyToken(token, trusted).then(() => "ok", (error) => error.code ?? String(error)));
    if (answers.at(-1) === "ok") took.push(performance.now() - started);
  }
  return { answers, median: took.sort((a, b) => a - b)[took.length >> 1] };
}"""


def test_a_browser_answers_as_published_and_at_once(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    page.goto(live_server.url)
    told = page.evaluate(VERIFY, PUBLISHED)
    assert told["answers"] == [vector["result"] for vector in PUBLISHED["vectors"]]
    assert told["median"] < 10  # milliseconds: the bar for decoding, verifying and judging together
