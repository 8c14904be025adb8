"""The last days of an area, for the chart."""

import datetime as dt

from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.reporting.rules import Figures
from shouwang.screening.queries.rounds import history_between

TREND_DAYS = 8


def trend(scope: Scope, code: int, until: dt.date) -> list[tuple[dt.date, Figures | None]]:
    """The last `TREND_DAYS` days up to ``until``, the earliest first; ``None`` for a day without any round."""
    first, last = areas.span(code)
    since = until - dt.timedelta(days=TREND_DAYS - 1)
    days: dict[dt.date, list[int]] = {}
    for one in history_between(scope, first, last, since, until):
        sums = days.setdefault(one.day, [0, 0, 0, 0])
        sums[0] += 1
        sums[1] += one.residents_due
        sums[2] += one.residents_reached
        sums[3] += one.fevers
    found: list[tuple[dt.date, Figures | None]] = []
    for back in range(TREND_DAYS):
        day = since + dt.timedelta(days=back)
        known = days.get(day)
        figures = known and Figures(
            rounds_opened=known[0], residents_due=known[1], residents_reached=known[2], fevers=known[3]
        )
        found.append((day, figures or None))
    return found
