"""What time it is. In the demo the clock stands in the scene of February 2020."""

import datetime as dt
import time

from django.conf import settings
from django.utils import timezone

_started = time.monotonic()


def now() -> dt.datetime:
    """The moment, aware. In the demo: the scene's moment at start-up plus the time run since, never past its day."""
    scene: dt.datetime | None = settings.SHOUWANG_SCENE
    if scene is None:
        return timezone.now()
    end_of_day = scene.replace(hour=23, minute=59, second=0)
    return min(scene + dt.timedelta(seconds=time.monotonic() - _started), end_of_day)


def today() -> dt.date:
    """The local day."""
    return timezone.localdate(now())
