"""The clock of the scene, and the small city. Imports wait until Django is set up."""

import datetime as dt
from typing import Any

import pytest


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    from reporting.little_city import NOW

    monkeypatch.setattr("shouwang.access.clock.now", lambda: NOW)
    return NOW


@pytest.fixture
def city(db: None, moment: dt.datetime) -> Any:
    from reporting.little_city import make_city

    return make_city(1)
