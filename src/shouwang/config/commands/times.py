"""Times as an operator writes and reads them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from shouwang.config.cli import Problem

ZONE = ZoneInfo("Asia/Shanghai")  # as in the settings; to read them would make keys that a pass does not need


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def moment(text: str, *, last: bool = False) -> dt.datetime:
    """A time; without a zone it is the installation's. A day alone is its first second, or its ``last``."""
    try:
        told = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f"{text!r} is no time: write 2020-03-20, or 2020-03-20T18:00") from None
    if last and len(text) == len("2020-03-20"):
        told += dt.timedelta(days=1, seconds=-1)
    told = told if told.tzinfo else told.replace(tzinfo=ZONE)
    if not 1970 < told.year < 2200:
        raise Problem(f"{text} does not lie between 1971 and 2199")
    return told


def seconds(at: dt.datetime) -> int:
    return int(at.timestamp())


def local(at: int) -> str:
    try:
        return f"{dt.datetime.fromtimestamp(at, ZONE):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # a trusted key may sign for any year
        return f"second {at}"
