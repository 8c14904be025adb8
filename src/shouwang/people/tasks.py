"""Work of the people's register that the clock calls for."""

from procrastinate.contrib.django import app

from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
from shouwang.people.actions.lists import enter_lines
from shouwang.people.actions.matching import match_waiting
from shouwang.people.actions.watches import close_due_watches


@app.periodic(
    cron="10 * * * *"
)  # every hour: the day ends when it ends where the response is, not where the server is
@app.task(queueing_lock="people.close_watches", name="people.close_watches")
def close_watches(timestamp: int = 0) -> None:
    """Close the watches whose last day is over; all but the first after midnight find none."""
    scope = Scope.system(reason="watch periods that are over")
    with acting(scope):
        close_due_watches(scope, on=clock.today())


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="people.match_sightings", name="people.match_sightings")
def match_sightings(timestamp: int = 0) -> None:
    """Match what the register of returnees kept before sightings were put together into people."""
    scope = Scope.system(reason="sightings still to be matched")
    with acting(scope):
        match_waiting(scope)


@app.task(name="people.enter_list")
def enter_list(list_id: int) -> None:
    """Enter the lines of a long list from above in the registers of their communities, a few at a time."""
    scope = Scope.system(reason="a list from above is entered")
    after: int | None = 0
    while after is not None:
        with acting(scope):
            after = enter_lines(scope, list_id=list_id, after=after, most=50)
