"""A day of calls and visits: who is reached and who is not, what is said, when.

More are reached every day (70 % on the 14th, 97 % on the 20th); on the last day it is half past nine in the morning.
Some households are hard to reach on every day, as in life.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from shouwang.demo.invented.people import FIRST_DAY, TODAY, Household
from shouwang.demo.invented.settlements import (
    MAIN_COMPOUND,
    NEW_TOWN,
    RELEASED_ON,
    TWIN_LAKES,
    Settlement,
    away_until,
)

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = tuple(FIRST_DAY + timedelta(days=n) for n in range((TODAY - FIRST_DAY).days + 1))
REACH = dict(zip(DAYS, (0.70, 0.76, 0.81, 0.86, 0.90, 0.94, 0.97, 0.97), strict=True))
NOW = datetime.combine(TODAY, time(9, 30), ZONE)
_OPENS, _CLOSES = time(7, 40), time(20, 30)
_NEEDS = (
    "降压药还剩两天的量",
    "米、油快吃完了，要10斤米一桶油",
    "婴儿奶粉两罐",
    "二甲双胍一盒，要原来的厂家",
    "青菜、鸡蛋",
    "口罩用完了",
    "液化气要换一瓶",
    "成人尿不湿一包",
)
_SYMPTOMS = ("cough", "fatigue", "diarrhoea", "sore_throat")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said of one member: ``member`` is her place in the household; °C."""

    member: int
    temperature: Decimal
    symptoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt. ``outcome`` is ``reached``, ``no_answer``, ``nobody_home``, ``refused`` or ``wrong_number``."""

    household: int
    at: datetime
    caller: int
    outcome: str
    visit: bool = False
    answered_by: int = 0
    readings: tuple[Reading, ...] = ()
    needs: str = ""
    remarks: str = ""


# (community, day): what must happen there so that headquarters has something to look at.
_FEVERS: dict[tuple[int, date], tuple[str, Decimal, tuple[str, ...]]] = {
    (TWIN_LAKES, date(2020, 2, 17)): ("四组", Decimal("37.5"), ("cough",)),
    (NEW_TOWN, date(2020, 2, 18)): ("百合家园", Decimal("38.1"), ("cough", "fatigue")),
    (NEW_TOWN, TODAY): (MAIN_COMPOUND, Decimal("37.8"), ("cough",)),
}


def calls(seed: int, settlement: Settlement, day: date, callers: int) -> list[Call]:
    """All attempts of one day in one community in the order of time, those of today only up to now."""
    rng = Random(f"{seed}:{settlement.code}:{day}:calls")
    stubborn = _stubbornness(seed, settlement.code, len(settlement.households))
    reach = REACH[day]
    away = away_until(settlement)
    found: list[Call] = []
    for i, household in enumerate(settlement.households):
        if i in away:
            if day >= away[i]:
                found.append(_welcome(rng, i, household, day, callers - 1))
            continue
        hard = 0.75 * stubborn[i] + 0.25 * rng.random()
        found += _household(rng, i, household, day, i * callers // len(settlement.households), hard, reach)
    _insert_fever(found, settlement, day)
    found.sort(key=lambda call: call.at)
    return [call for call in found if call.at < NOW]


@lru_cache(maxsize=8)
def _stubbornness(seed: int, code: int, count: int) -> list[float]:
    rng = Random(f"{seed}:{code}:hard")
    return [rng.random() for _ in range(count)]


def _household(
    rng: Random, at: int, household: Household, day: date, caller: int, hard: float, reach: float
) -> Iterator[Call]:
    first = _moment(rng, day)
    reached = hard < _quantile(reach)
    if reached and rng.random() > 0.16:
        yield _reached(rng, at, household, first, caller)
        return
    if not reached and rng.random() < 0.25 and hard > 0.9:
        return  # nobody got round to them
    chance = rng.random()
    outcome = "no_answer" if chance < 0.82 else "wrong_number" if chance < 0.93 else "refused"
    yield Call(at, first, caller, outcome)
    if reached or (outcome == "no_answer" and rng.random() < 0.5):
        second = first + timedelta(minutes=rng.randrange(70, 300))
        late = datetime.combine(day, time(21, 0), ZONE)
        second = min(second, late + timedelta(seconds=rng.randrange(1500)))
        if reached:
            yield _reached(rng, at, household, second, caller, visit=rng.random() < 0.35)
        else:
            visit = rng.random() < 0.3
            yield Call(at, second, caller, "nobody_home" if visit else "no_answer", visit)


def _welcome(rng: Random, at: int, household: Household, day: date, caller: int) -> Call:
    """The family is brought home in the afternoon, and looked in on the morning after."""
    home = day == RELEASED_ON
    moment = datetime.combine(day, time(17, 10) if home else time(8, 40), ZONE)
    return replace(
        _reached(rng, at, household, moment, caller, visit=True),
        readings=tuple(_reading(rng, member) for member in range(len(household.members))),
        needs="",
        remarks="隔离期满，村里接回到家，已交代居家事项和联系电话"
        if home
        else "次日回访：体温正常，屋内已消毒，生活物资够用",
    )


def _reached(
    rng: Random, at: int, household: Household, moment: datetime, caller: int, *, visit: bool = False
) -> Call:
    adults = [i for i, p in enumerate(household.members) if p.phone] or [0]
    answered = adults[0] if rng.random() < 0.7 else rng.choice(adults)
    # Of the head there is always word: her row in the roster is never one of those that could not be read.
    readings = tuple(_reading(rng, i) for i in range(len(household.members)) if not i or rng.random() < 0.995)
    needs = rng.choice(_NEEDS) if rng.random() < 0.04 else ""
    return Call(at, moment, caller, "reached", visit, answered, readings, needs)


def _reading(rng: Random, member: int) -> Reading:
    tenths = 365 + round(rng.gauss(0, 2.2))
    symptoms = (rng.choice(_SYMPTOMS),) if rng.random() < 0.002 else ()
    return Reading(member, Decimal(max(359, min(371, tenths))) / 10, symptoms)


def _moment(rng: Random, day: date) -> datetime:
    """Calls fall between 7:40 and 20:30, most in the morning; today about half are done by half past nine."""
    opens = datetime.combine(day, _OPENS, ZONE)
    hours = datetime.combine(day, _CLOSES, ZONE) - opens
    share = rng.betavariate(1.0, 5.2) if day == TODAY else rng.betavariate(1.3, 1.9)
    return opens + timedelta(seconds=int(share * hours.total_seconds()))


def _quantile(share: float) -> float:
    """The value below which 0.75 u + 0.25 v (u, v even on 0..1) lies with probability ``share`` ≥ 1/6."""
    # density: rises on 0..¼, flat 4/3 on ¼..¾, falls on ¾..1
    if share <= 5 / 6:
        return 0.25 + (share - 1 / 6) * 0.75
    return 1 - ((1 - share) * 2 * 0.25 * 0.75) ** 0.5


def _insert_fever(found: list[Call], settlement: Settlement, day: date) -> None:
    if (settlement.code, day) not in _FEVERS:
        return
    place, temperature, symptoms = _FEVERS[settlement.code, day]
    for n, call in enumerate(found):
        home = settlement.households[call.household].home
        if call.outcome == "reached" and home.compound == place and call.at < NOW:
            head = Reading(0, temperature, symptoms)
            rest = tuple(r for r in call.readings if r.member != 0)
            found[n] = Call(
                call.household,
                call.at,
                call.caller,
                "reached",
                call.visit,
                0,
                (head, *rest),
                "请派人上门复测",
            )
            return
    raise ValueError(f"nobody was reached in {place} on {day}")
