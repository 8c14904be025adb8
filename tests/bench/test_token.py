"""The measurement of the pass itself: it measures what it says, and its bar decides."""

import pytest

from shouwang.bench import token


def test_it_tells_its_ratio_and_its_bar_decides(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token, "PASSES", 20)
    monkeypatch.setattr(token, "BAR", 0.0)
    assert token.run(["3"]) == 0
    assert "× the bare verification" in capsys.readouterr().out
    monkeypatch.setattr(token, "BAR", 1.0)  # decoding cannot cost nothing
    assert token.run(["3"]) == 1
