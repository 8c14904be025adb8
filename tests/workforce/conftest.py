from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from screening.world import Home


@pytest.fixture
def homes(db: None) -> Iterator[list[Home]]:
    """Twenty households of two in four buildings; the wall is open for all of the test."""
    from screening.world import inside, settle

    with inside():
        yield settle([2] * 20)
