"""A day at the gates: people going out and coming in, morning and evening peaks, some turned back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from shouwang.demo.invented.calls import NOW, ZONE
from shouwang.demo.invented.people import FIRST_DAY, TODAY
from shouwang.demo.invented.settlements import Settlement, away_until

_GO_OUT, _COME_EARLY, _WITHOUT_MASK = 0.125, 0.08, 0.01


@dataclass(frozen=True, slots=True)
class Passage:
    """One person at one gate, going out or coming home."""

    household: int
    member: int
    at: datetime
    out: bool
    temperature: Decimal
    mask: bool = True


def shoppers(settlement: Settlement) -> list[tuple[int, int]]:
    """(household, member) who goes out for each household: an adult below 66, the head if there is none."""
    found = []
    for i, household in enumerate(settlement.households):
        ages = [(TODAY - p.born).days // 365 for p in household.members]
        found.append((i, next((n for n, age in enumerate(ages) if 18 <= age < 66), 0)))
    return found


def passages(seed: int, settlement: Settlement, day: date) -> list[Passage]:
    """The passages of one day in the order of time.

    A household may send one person out every three days, so households take turns by their place in the list. One in
    eight makes use of it; of those, now and then one comes again a day too early.
    """
    rng = Random(f"{seed}:{settlement.code}:{day}:gates")
    habits = Random(f"{seed}:{settlement.code}:habits")
    age = (day - FIRST_DAY).days
    away = away_until(settlement)
    found: list[Passage] = []
    for household, member in shoppers(settlement):
        goes_out, chance = habits.random() < _GO_OUT, rng.random()
        mine = household % 3 == age % 3
        early = age > 0 and household % 3 == (age - 1) % 3 and chance < _COME_EARLY
        if not goes_out or not (mine or early) or day < away.get(household, day):
            continue
        left = _moment(rng, day)
        mask = rng.random() > _WITHOUT_MASK
        found.append(Passage(household, member, left, True, _temperature(rng), mask))
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
