"""One day of an area: the figures of its communities, added up to towns and to the whole.

Reads the figures that are kept beside the facts (one row a community and day or gate and day), never the facts, so a
city of a million costs what its 632 communities cost, on day 60 as on day 1.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from shouwang.access import clock
from shouwang.gates.queries.checks import Figures as GateFigures
from shouwang.gates.queries.checks import figures_of_communities
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.population import populations
from shouwang.places import queries as places
from shouwang.places.enums import EntranceStatus
from shouwang.reporting.rules import Figures, rounds_expected
from shouwang.screening.queries.rounds import rounds_of_day


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as the day shows it."""

    id: int
    slot: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    households_due: int
    households_reached: int
    residents_due: int
    residents_reached: int
    fevers: int

    @property
    def not_reached(self) -> int:
        return self.residents_due - self.residents_reached


@dataclass(frozen=True, slots=True)
class CommunityDay:
    """One community's day."""

    code: int
    name: str
    figures: Figures
    rounds: tuple[RoundLine, ...] = ()

    @property
    def missing(self) -> int:
        """Rounds owed and not opened."""
        return max(self.figures.rounds_expected - self.figures.rounds_opened, 0)

    @property
    def tenths(self) -> int:
        """How many tenths of its people are reached, for a square filled so far."""
        return (self.figures.reached_percent or 0) // 10


@dataclass(frozen=True, slots=True)
class Group:
    """The places below an area, each with its communities added up."""

    code: int
    name: str
    level: int
    figures: Figures
    communities: tuple[CommunityDay, ...]


@dataclass(frozen=True)
class DayOfArea:
    """A day of an area. ``live``: it is today, and goes on."""

    code: int
    name: str
    level: int
    day: dt.date
    as_of: dt.datetime
    live: bool
    communities: tuple[CommunityDay, ...]
    groups: tuple[Group, ...] = field(default=())

    @cached_property
    def figures(self) -> Figures:
        return sum((community.figures for community in self.communities), Figures())

    @cached_property
    def not_opened(self) -> list[CommunityDay]:
        return [community for community in self.communities if community.missing]


def day_of(scope: Scope, code: int, day: dt.date) -> DayOfArea:
    """The day of a community, a town or a city.

    Raises `NotFound` outside the jurisdiction, `Refused` for a day to come.
    """
    area = places.area(scope, code)
    now = clock.now()
    today = clock.today()
    if day > today:
        raise Refused(
            "day_to_come", gettext_noop("This day has not come yet: the latest report is that of today.")
        )
    live = day == today
    communities = _communities(scope, *areas.span(code), day, now if live else None)
    groups = () if area.level == Level.COMMUNITY else _groups(scope, code, communities)
    end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    return DayOfArea(
        code, area.name, area.level, day, now if live else end, live, tuple(communities), tuple(groups)
    )


def _communities(
    scope: Scope, first: int, last: int, day: dt.date, now: dt.datetime | None
) -> list[CommunityDay]:
    there = places.communities(scope, first, last)
    people = populations(scope, first, last)
    gates = figures_of_communities(scope, first=first, last=last, day=day)
    profiles = places.profiles_for(scope, (area.code for area in there))
    hour = timezone.localtime(now).hour if now else 24
    following = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    ways = places.statuses_at(scope, first, last, moment=following)
    rounds: dict[int, list[RoundLine]] = {}
    attempts: Counter[int] = Counter()
    for one in rounds_of_day(scope, first, last, day):
        rounds.setdefault(one.community, []).append(
            RoundLine(
                one.pk, one.slot, one.opened_at, one.closed_at, one.households_due, one.households_reached,
                one.residents_due, one.residents_reached, one.fevers,
            )
        )  # fmt: skip
        attempts[one.community] += one.attempts
    found = []
    for area in there:
        held, opened, gate = people.get(area.code), rounds.get(area.code, []), gates.get(area.code)
        if not area.active and not opened and gate is None and not (held and held.residents):
            continue
        empty = not opened and not (held and held.present)
        expected = 0 if empty else rounds_expected(profiles[area.code].rounds_per_day, hour=hour)
        gate, standing = gate or GateFigures(), ways.get(area.code, Counter())
        figures = Figures(
            communities=1,
            empty=int(empty),
            rounds_expected=expected,
            rounds_opened=len(opened),
            not_opened=int(len(opened) < expected),
            households=(held.households if held else 0) if now else None,
            residents=(held.residents if held else 0) if now else None,
            present=(held.present if held else 0) if now else None,
            households_due=sum(one.households_due for one in opened),
            households_reached=sum(one.households_reached for one in opened),
            residents_due=sum(one.residents_due for one in opened),
            residents_reached=sum(one.residents_reached for one in opened),
            attempts=attempts[area.code],
            fevers=sum(one.fevers for one in opened),
            checks=gate.checks,
            passed=gate.passed,
            turned_back=gate.refused,
            gate_fevers=gate.fevers,
            entrances_open=standing[EntranceStatus.OPEN],
            entrances_emergency=standing[EntranceStatus.EMERGENCY],
            entrances_sealed=standing[EntranceStatus.SEALED],
        )
        found.append(CommunityDay(area.code, area.name, figures, tuple(opened)))
    return found


def _groups(scope: Scope, code: int, communities: list[CommunityDay]) -> list[Group]:
    """The areas right below, with what lies in them; a community that hangs on the area itself is its own group."""
    found = []
    for below in places.children(scope, code):
        first, last = areas.span(below.code)
        inside = tuple(c for c in communities if first <= c.code <= last)
        if inside:
            total = sum((c.figures for c in inside), Figures())
            found.append(Group(below.code, below.name, below.level, total, inside))
    return found
