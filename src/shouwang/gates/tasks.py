"""Work of the gate that need not be done while a phone waits."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from shouwang.gates.actions.uncounted import TASK, connect_worker, count_waiting
from shouwang.kernel.scope import Scope

SOON = 3
"""Seconds from the first temperature that waits to its count: one call for whatever comes meanwhile."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock=TASK, name=TASK)
def count_temperatures(timestamp: int = 0) -> None:
    """Count the temperatures taken at gates in the rounds.

    Every minute also without being called: whoever noted one just when a worker had looked, calls nobody.
    """
    count_waiting(Scope.system(reason="temperatures of the gates"))


def _call() -> None:
    try:
        with (
            transaction.atomic()
        ):  # a second call is an error in the database, which must not spoil the checks
            count_temperatures.configure(schedule_in={"seconds": SOON}).defer()
    except AlreadyEnqueued:
        pass


connect_worker(_call)
