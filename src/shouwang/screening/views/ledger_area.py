"""The day's ledgers of the communities of a town or a city, alarms first."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from shouwang.access import clock
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.people.queries.population import populations
from shouwang.places import queries as places
from shouwang.screening.queries.ledger import closed_days
from shouwang.screening.queries.rounds import rounds_of_day
from shouwang.screening.rules import DayFigures


@dataclass(frozen=True, slots=True)
class Row:
    """A community's day. ``figures`` None while nothing is known; ``live``: it is not closed, and of those not reached
    only who is nobody's is told apart.
    """

    code: int
    name: str
    town: str
    figures: DayFigures | None
    signed: bool = False
    live: bool = False
    fevers: int = 0

    @property
    def unassigned(self) -> int:
        return self.figures.unassigned if self.figures else 0

    @property
    def not_reached(self) -> int:
        return self.figures.not_reached if self.figures else 0

    @property
    def tried(self) -> int:
        """Not reached, and somebody's."""
        return self.not_reached - self.unassigned


SORTS: dict[str, Callable[[Row], Any]] = {
    "alarm": lambda row: (row.unassigned == 0, row.figures is not None, -row.unassigned, -row.not_reached),
    "name": lambda row: row.code,
    "share": lambda row: row.figures.share if row.figures else -1,
    "not_reached": lambda row: row.not_reached,
    "unassigned": lambda row: row.unassigned,
}


def area_day(request: HttpRequest, scope: Scope, code: int, day: dt.date) -> dict[str, Any]:
    """The rows of all communities with people, and their sum. Reads kept figures: one row a community."""
    first, last = areas.span(code)
    there = places.communities(scope, first, last)
    held = populations(scope, first, last)
    towns = places.names({areas.ancestors_of(place.code)[0] for place in there})
    closed = {one.community: one for one in closed_days(scope, first, last, day)}
    live: dict[int, tuple[DayFigures, int]] = {}
    if day == clock.today():
        for round_ in rounds_of_day(scope, first, last, day):
            left = round_.residents_not_reached - round_.residents_unassigned
            figures = DayFigures(
                round_.residents_due,
                reached=round_.residents_reached,
                not_tried=left,
                unassigned=round_.residents_unassigned,
            )
            fevers = live[round_.community][1] if round_.community in live else 0
            live[round_.community] = (figures, max(fevers, round_.fevers))
    rows = []
    for place in there:
        if place.code not in held and place.code not in closed and place.code not in live:
            continue
        town = towns.get(areas.ancestors_of(place.code)[0], "")
        if one := closed.get(place.code):
            fevers = live[place.code][1] if place.code in live else 0
            rows.append(Row(place.code, place.name, town, one.figures, one.signed, fevers=fevers))
        elif place.code in live:
            figures, fevers = live[place.code]
            rows.append(Row(place.code, place.name, town, figures, live=True, fevers=fevers))
        else:
            rows.append(Row(place.code, place.name, town, None))
    asked = request.GET.get("sort", "alarm")
    rows.sort(key=SORTS.get(asked.lstrip("-"), SORTS["alarm"]), reverse=asked.startswith("-"))
    known = [row for row in rows if row.figures]
    return {
        "rows": rows,
        "total": sum((row.figures for row in known if row.figures), DayFigures()),
        "known": len(known),
        "signed": sum(row.signed for row in rows),
        "alarms": sum(bool(row.unassigned) for row in rows),
        "live": any(row.live for row in rows),
        "fevers": sum(row.fevers for row in rows),
    }
