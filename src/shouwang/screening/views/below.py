"""The rounds of the places below an area, summed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.screening.models import Round
from shouwang.screening.queries.rounds import rounds_of_day


@dataclass(frozen=True, slots=True)
class Below:
    """A place below: communities with a round today, of all; and what these have reached."""

    code: int
    name: str
    communities: int = 0
    opened: int = 0
    households_due: int = 0
    households_reached: int = 0
    residents_due: int = 0
    residents_reached: int = 0
    fevers: int = 0
    round_id: int | None = None

    @property
    def missing(self) -> int:
        return self.communities - self.opened

    @property
    def not_reached(self) -> int:
        return self.residents_due - self.residents_reached


SUMMED = (
    "communities", "opened", "households_due", "households_reached", "residents_due", "residents_reached", "fevers",
)  # fmt: skip


def below(scope: Scope, code: int, day: dt.date) -> list[Below]:
    """The places right below ``code``, each with the sums of its communities."""
    first, last = areas.span(code)
    rounds: dict[int, list[Round]] = defaultdict(list)
    for one in rounds_of_day(scope, first, last, day):
        rounds[one.community].append(one)
    communities = [place.code for place in places.communities(scope, first, last)]
    rows = []
    for place in places.children(scope, code):
        low, high = areas.span(place.code)
        inside = [community for community in communities if low <= community <= high]
        found = [_community(community, rounds[community]) for community in inside]
        row = replace(total(found), code=place.code, name=place.name)
        only = rounds[place.code]
        rows.append(replace(row, round_id=only[-1].pk if only else None))
    return rows


def total(rows: Iterable[Below]) -> Below:
    rows = list(rows)
    return Below(0, "", **{name: sum(getattr(row, name) for row in rows) for name in SUMMED})


def _community(code: int, rounds: list[Round]) -> Below:
    """The last round of the day is where the community stands; a fever of any of them counts."""
    if not rounds:
        return Below(code, "", communities=1)
    last = rounds[-1]
    return Below(
        code, "", 1, 1, last.households_due, last.households_reached, last.residents_due, last.residents_reached,
        max(one.fevers for one in rounds), last.pk,
    )  # fmt: skip
