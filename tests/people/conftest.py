from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from shouwang.access.enums import Role


@pytest.fixture
def wall(db: None) -> Iterator[None]:
    """The communities are there, and the wall is open for all of the test."""
    from people.town import settled  # only now: this file is read before Django is set up

    with settled():
        yield


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """A browser of somebody with this role, reading English."""
    from people.town import sign_in

    def make(role: Role, community: int | None = None) -> Client:
        return sign_in(role) if community is None else sign_in(role, community)

    return make
