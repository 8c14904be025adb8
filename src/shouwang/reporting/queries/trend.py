"""The last days of an area, for the chart."""

import datetime as dt

from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.reporting.rules import Figures
from shouwang.screening.queries.rounds import sums_by_day

TREND_DAYS = 8


def trend(scope: Scope, code: int, until: dt.date) -> list[tuple[dt.date, Figures | None]]:
    """The last `TREND_DAYS` days up to ``until``, the earliest first; ``None`` for a day without any round."""
    first, last = areas.span(code)
    since = until - dt.timedelta(days=TREND_DAYS - 1)
    days = {
        day: Figures(rounds_opened=rounds, residents_due=due, residents_reached=reached, fevers=fevers)
        for day, rounds, due, reached, fevers in sums_by_day(scope, first, last, since, until)
    }
    return [(day, days.get(day)) for day in (since + dt.timedelta(days=back) for back in range(TREND_DAYS))]
