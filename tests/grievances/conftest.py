from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from screening.world import Home


@pytest.fixture
def homes(db: None) -> Iterator[list[Home]]:
    """Three households; the wall is open for all of the test."""
    from screening.world import inside, settle  # only now: this file is read before Django is set up

    with inside():
        yield settle([3, 1, 2])
