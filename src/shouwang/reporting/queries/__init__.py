"""The ways to read the day: everything here is derived from what others recorded."""

from shouwang.reporting.queries.day import CommunityDay, DayOfArea, Group, day_of
from shouwang.reporting.queries.fevers import FeverLine, fever_lines
from shouwang.reporting.queries.trend import TREND_DAYS, trend

__all__ = [
    "TREND_DAYS",
    "CommunityDay",
    "DayOfArea",
    "FeverLine",
    "Group",
    "day_of",
    "fever_lines",
    "trend",
]
