"""A day at the gates: people going out and coming in, morning and evening peaks, some turned back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from shouwang.demo.invented.calls import NOW, ZONE
from shouwang.demo.invented.people import FIRST_DAY, TODAY
from shouwang.demo.invented.settlements import Settlement

_DENIED = 0.012


@dataclass(frozen=True, slots=True)
class Passage:
    """One person at one gate. ``early``: her household's turn has not come round yet, so the gate turns her back."""

    household: int
    member: int
    at: datetime
    out: bool
    temperature: Decimal
    mask: bool = True
    early: bool = False


def shoppers(settlement: Settlement) -> list[tuple[int, int]]:
    """(household, member) who goes out for each household: an adult below 66, the head if there is none."""
    found = []
    for i, household in enumerate(settlement.households):
        ages = [(TODAY - p.born).days // 365 for p in household.members]
        found.append((i, next((n for n, age in enumerate(ages) if 18 <= age < 66), 0)))
    return found


def passages(seed: int, settlement: Settlement, day: date, *, share: float = 0.5) -> list[Passage]:
    """The passages of one day in the order of time; ``share`` of the households whose turn it is do go out.

    A household may send one person out every three days, so households take turns by their place in the list.
    """
    rng = Random(f"{seed}:{settlement.code}:{day}:gates")
    turn = (day - FIRST_DAY).days % 3
    found: list[Passage] = []
    for household, member in shoppers(settlement):
        chance = rng.random()
        mine = household % 3 == turn
        if not (mine and chance < share) and not (not mine and chance < _DENIED):
            continue
        left = _moment(rng, day)
        mask = rng.random() > 0.006
        found.append(Passage(household, member, left, True, _temperature(rng), mask, early=not mine))
        if mine and mask:
            back = left + timedelta(minutes=rng.randrange(35, 150))
            found.append(Passage(household, member, back, False, _temperature(rng)))
    found.sort(key=lambda passage: passage.at)
    return [passage for passage in found if passage.at < NOW]


def _moment(rng: Random, day: date) -> datetime:
    """Three in five between seven and ten, the rest between half past three and seven in the evening."""
    if rng.random() < 0.6:
        start, minutes = time(7, 0), 180
    else:
        start, minutes = time(15, 30), 210
    return datetime.combine(day, start, ZONE) + timedelta(seconds=int(rng.betavariate(2, 2) * minutes * 60))


def _temperature(rng: Random) -> Decimal:
    return Decimal(max(355, min(371, 363 + round(rng.gauss(0, 2.5))))) / 10
