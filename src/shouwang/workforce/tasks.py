"""The planner's work, which takes longer than a page should."""

from procrastinate.contrib.django import app

from shouwang.kernel.scope import Scope
from shouwang.workforce.actions.dividing import connect_worker, work_out


@app.task(name="workforce.divide")
def divide(division_id: int) -> None:
    """Work out a proposed division."""
    work_out(Scope.system(reason="dividing a community"), division_id)


def _call(division_id: int) -> None:
    divide.defer(division_id=division_id)


connect_worker(_call)
