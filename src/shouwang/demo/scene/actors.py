"""Who acts, and when: the scope of a player, and the clock set to a moment of the scene."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model

from shouwang.access import clock
from shouwang.access.queries import scope_of
from shouwang.access.wall import acting
from shouwang.demo.invented.calls import ZONE
from shouwang.kernel.scope import Scope


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


@contextmanager
def acting_at(when: dt.datetime, username: str) -> Iterator[Scope]:
    """One transaction of one player at a moment of the scene."""
    with clock_at(when):
        scope = scope_of(get_user_model().objects.get(username=username))
        with acting(scope):
            yield scope


@contextmanager
def clock_at(when: dt.datetime) -> Iterator[None]:
    """Set the clock to ``when``; it runs on from there."""
    before = settings.SHOUWANG_SCENE
    settings.SHOUWANG_SCENE = when
    settings.SHOUWANG_SCENE = when - (
        clock.now() - when
    )  # the clock adds what has passed since the process began
    try:
        yield
    finally:
        settings.SHOUWANG_SCENE = before
