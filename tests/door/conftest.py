from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from door.street import Street


@pytest.fixture
def street(db: None) -> Iterator[Street]:
    """Two communities with linked households; the wall is open for all of the test."""
    from door.street import build  # only now: this file is read before Django is set up
    from screening.world import inside

    with inside():
        yield build()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test has communities of its own behind the same codes."""
    from shouwang.door.views import opened

    opened._kept.clear()
