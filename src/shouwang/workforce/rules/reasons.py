"""Why a proposed division gives a household another caller."""

from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum


class Why(StrEnum):
    """The first that holds is told."""

    NEW = "new"
    LEFT = "left"
    JOINED = "joined"
    WHOLE = "whole"
    LOAD = "load"
    NEARER = "nearer"


def why(
    now: Mapping[int, int],
    proposed: Mapping[int, int | None],
    *,
    carried: Collection[int],
    building: Mapping[int, str],
    load: Mapping[int, float],
    capacity: float,
) -> dict[int, Why]:
    """Household → the reason, for those that move. ``now`` and ``proposed`` name caseloads, None a new one.

    ``carried``: the caseloads that have a caller and go on; ``building`` of each household, empty: it stands alone.
    """
    split: dict[str, set[int]] = {}
    carries: Counter[int] = Counter()
    for household, caseload in now.items():
        carries[caseload] += load.get(household, 0)  # type: ignore[assignment]
        if building.get(household):
            split.setdefault(building[household], set()).add(caseload)
    after: dict[str, set[int | None]] = {}
    for household, then in proposed.items():
        if building.get(household):
            after.setdefault(building[household], set()).add(then)
    found = {}
    for household, then in proposed.items():
        before = now.get(household)
        if before is not None and before == then:
            continue
        house = building.get(household, "")
        if before is None:
            found[household] = Why.NEW
        elif before not in carried:
            found[household] = Why.LEFT
        elif then is None or then not in carries:
            found[household] = Why.JOINED
        elif len(split.get(house, ())) > len(after.get(house, ())):
            found[household] = Why.WHOLE
        elif carries[before] > capacity:
            found[household] = Why.LOAD
        else:
            found[household] = Why.NEARER
    return found
