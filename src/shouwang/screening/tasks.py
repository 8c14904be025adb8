"""Work of the rounds that the clock calls for."""

from procrastinate.contrib.django import app

from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.screening.actions.call_backs import draw_call_backs
from shouwang.screening.actions.ledger import close_day, days_to_close


@app.periodic(cron="5 * * * *")  # every hour: each place has its own cut-off
@app.task(queueing_lock="screening.close_days", name="screening.close_days")
def close_days(timestamp: int = 0) -> None:
    """Close the days whose cut-off has passed and that nobody has signed off, each in a transaction of its own.

    Of a day so closed the sample to be rung again is drawn too, unless the office has drawn it.
    """
    scope = Scope.system(reason="days whose cut-off has passed")
    with acting(scope):
        waiting = list(days_to_close(scope))
    for community, day in waiting:
        with acting(scope):
            if close_day(scope, community=community, day=day):
                draw_call_backs(scope, community=community, day=day)
