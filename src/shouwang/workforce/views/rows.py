"""The list of caseloads beside the board."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shouwang.workforce.queries import CaseloadHere
from shouwang.workforce.queries.burden import Home
from shouwang.workforce.views import grid


@dataclass(frozen=True, slots=True)
class Row:
    """A caseload in the list: what it carries, beside the mean."""

    mark: grid.Mark
    caller: str
    households: int
    people: int
    load: float
    mean: float
    caseload: int | None
    here: int = 0
    fixed: int = 0
    before: int | None = None

    @property
    def share(self) -> int:
        """Of the mean, in percent."""
        return round(100 * self.load / self.mean) if self.mean else 0


def list_of(
    living: Sequence[Home],
    marks: Sequence[grid.Mark],
    place_of: Mapping[int, int],
    here: Sequence[CaseloadHere | None],
    now: Mapping[int, tuple[int, bool]],
    inside: set[int],
) -> list[Row]:
    """A line a caseload, with what it carries of ``living``; ``inside``: the households whose squares are shown."""
    households: Counter[int] = Counter()
    people: Counter[int] = Counter()
    local: Counter[int] = Counter()
    load: dict[int, float] = {}
    for home in living:
        number = place_of.get(home.household, grid.NOBODY)
        households[number] += 1
        people[number] += home.people
        load[number] = load.get(number, 0) + home.load
        local[number] += home.household in inside
    mean = sum(load.get(mark.place, 0) for mark in marks) / len(marks) if marks else 0
    before = Counter(caseload for caseload, _ in now.values())
    rows = [
        Row(
            mark, one.caller_name if one else "", households[mark.place], people[mark.place],
            round(load.get(mark.place, 0), 1), mean, one.id if one else None, local[mark.place],
            one.fixed if one else 0, before.get(one.id, 0) if one else None,
        )
        for mark, one in zip(marks, here, strict=True)
    ]  # fmt: skip
    # What has households on the squares shown comes first: that is where one drags to.
    return sorted(rows, key=lambda row: (row.here == 0, row.mark.place))
