from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def notes_are_taken() -> Iterator[None]:
    """What phones send here are notes; afterwards the real table is back."""
    from shouwang.config.wiring import TAKERS
    from shouwang.sync.actions import connect_takers
    from sync.phone import take_notes

    connect_takers({**TAKERS, "note": take_notes})
    yield
    connect_takers(TAKERS)
