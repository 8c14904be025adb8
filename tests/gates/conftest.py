from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from gates.village import Village
    from shouwang.access.enums import Role


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    """It is noon; everybody got a pass ten days ago."""
    from gates.village import settle  # only now: this file is read before Django is set up

    return settle(monkeypatch)


@pytest.fixture
def signed_in(village: Village) -> Callable[[Role], Client]:
    """A browser of somebody with this role, reading English."""
    from gates.village import sign_in

    return sign_in


@pytest.fixture(autouse=True)
def nothing_believed() -> None:
    """What the intake believes for a moment belongs to the test before."""
    from shouwang.gates.actions import sent_checks

    sent_checks._known.clear()
