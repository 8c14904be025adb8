from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from screening.world import Home


@pytest.fixture
def homes(db: None) -> Iterator[list[Home]]:
    """Three households of 3, 1 and 2 people; the wall is open for all of the test."""
    from screening.world import inside, settle  # only now: this file is read before Django is set up

    with inside():
        yield settle([3, 1, 2])


@pytest.fixture
def places(db: None) -> list[Home]:
    """A city with two towns and a community in each; in one of these the three households."""
    from screening.world import COMMUNITY, ELSEWHERE, inside, settle
    from shouwang.places.models import Area

    with inside():
        for code, name, level, parent in (
            (429006000000, "天门市", 3, None),
            (429006001000, "竟陵街道", 4, 429006000000),
            (429006002000, "侨乡街道", 4, 429006000000),
            (COMMUNITY, "新城社区", 5, 429006001000),
            (ELSEWHERE, "别处社区", 5, 429006002000),
        ):
            Area.objects.create(code=code, name=name, level=level, parent_id=parent)
        return settle([3, 1, 2])
