"""The completeness ledger: a day of a community as it stood and as it is, the last days, the areas above."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.queries import account_names
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door, Member
from shouwang.screening.enums import DayState
from shouwang.screening.models import Ledger
from shouwang.screening.queries.board import tries_of
from shouwang.screening.queries.everybody import PersonDay, everybody, stood
from shouwang.screening.queries.rounds import rounds_of_day
from shouwang.screening.rules import DayFigures, count_states
from shouwang.screening.rules.days import FIGURE_NAMES
from shouwang.workforce.queries import Owner, owners


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """A day of a community. ``stood``: as it was closed, None while it is open; ``now``: as the facts say.

    ``signed_off_at`` None in a closed day: the clock closed it, nobody signed.
    """

    community: int
    day: dt.date
    stood: DayFigures | None
    now: DayFigures
    signed_off_at: dt.datetime | None
    signed_off_by: str
    note: str
    closed_at: dt.datetime | None
    changed: int = 0
    """People in another state now than when the day was closed, or not counted then."""

    @property
    def change(self) -> DayFigures | None:
        """What came after the close."""
        return None if self.stood is None else self.now - self.stood


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of the strip: nothing is known of it, it was closed by the clock, or somebody signed it."""

    day: dt.date
    figures: DayFigures | None
    signed: bool


@dataclass(frozen=True, slots=True)
class CommunityDay:
    """A closed day of one community in a list."""

    community: int
    figures: DayFigures
    signed: bool


class Tried(NamedTuple):
    """How often a household was tried on a day, and what came last."""

    tries: int
    last_outcome: str | None
    last_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person behind a figure, with the tries at her household that day, and whose household it is."""

    person: PersonDay
    member: Member | None
    door: Door | None
    tried: Tried
    owner: Owner | None


def ledger_row(community: int, day: dt.date) -> Ledger | None:
    """The day as it was closed."""
    return Ledger.objects.select_related("signed_off_by").filter(community=community, day=day).first()


def day(scope: Scope, community: int, day: dt.date) -> LedgerDay:
    """Raises ``Forbidden``, and ``Refused`` for a day to come."""
    scope.require(Permission.READ_ROUND, community)
    if day > clock.today():
        raise Refused("day_to_come", gettext_noop("This day has not come yet."))
    row = ledger_row(community, day)
    found = everybody(scope, community, day, row)
    now = count_states(one.state for one in found)
    if row is None:
        return LedgerDay(community, day, None, now, None, "", "", None)
    signed_by = account_names([row.signed_off_by_id]) if row.signed_off_by_id else {}
    return LedgerDay(
        community,
        day,
        figures_of(row),
        now,
        row.signed_off_at,
        signed_by.get(str(row.signed_off_by_id), ""),
        row.note,
        row.updated_at,
        len(_changed(row, found)),
    )


def figures_of(row: Ledger) -> DayFigures:
    return DayFigures(*(getattr(row, name) for name in FIGURE_NAMES))


def people(
    scope: Scope, community: int, day: dt.date, *, states: Collection[DayState], as_stood: bool = False
) -> list[PersonDay]:
    """Everybody in these states on the day, as it stood or as the facts say, by household."""
    scope.require(Permission.READ_ROUND, community)
    row = ledger_row(community, day)
    found = stood(row) if as_stood and row else everybody(scope, community, day, row)
    return sorted(
        (one for one in found if one.state in states), key=lambda one: (one.household_id, one.resident_id)
    )


def changed(scope: Scope, community: int, day: dt.date) -> list[tuple[PersonDay | None, PersonDay]]:
    """Who is in another state than when the day was closed: how she stood (None: not counted then), how she is."""
    scope.require(Permission.READ_ROUND, community)
    row = ledger_row(community, day)
    if row is None:
        return []
    return _changed(row, everybody(scope, community, day, row))


def _changed(row: Ledger, found: Iterable[PersonDay]) -> list[tuple[PersonDay | None, PersonDay]]:
    before = {one.resident_id: one for one in stood(row)}
    pairs = ((before.get(one.resident_id), one) for one in found)
    return [(was, now) for was, now in pairs if was is None or was.state != now.state]


def lines(scope: Scope, community: int, day: dt.date, persons: Collection[PersonDay]) -> list[PersonLine]:
    """These people with name, door, tries and owner, in the order given."""
    households = {one.household_id for one in persons}
    members = roster.members_by_id(scope, {one.resident_id for one in persons})
    doors = {door.household_id: door for door in roster.doors(scope, household_ids=households)}
    tried: dict[int, Tried] = {}
    for round_ in rounds_of_day(scope, community, community, day):
        for household, (outcomes, last_at) in tries_of(round_, households).items():
            earlier = tried[household].tries if household in tried else 0
            tried[household] = Tried(earlier + len(outcomes), outcomes[-1], last_at)
    owned, never = owners(scope, community), Tried(0, None, None)
    return [
        PersonLine(
            one,
            members.get(one.resident_id),
            doors.get(one.household_id),
            tried.get(one.household_id, never),
            owned.get(one.household_id),
        )
        for one in persons
    ]


def strip(scope: Scope, community: int, *, until: dt.date, days: int = 14) -> list[DayMark]:
    """The last days up to ``until``, the earliest first."""
    scope.require(Permission.READ_ROUND, community)
    since = until - dt.timedelta(days=days - 1)
    rows = _figures(Ledger.objects.filter(community=community, day__range=(since, until)))
    closed = {row["day"]: row for row in rows}
    return [
        DayMark(one, _of(closed[one]), closed[one]["signed_off_at"] is not None)
        if one in closed
        else DayMark(one, None, False)
        for one in (since + dt.timedelta(days=n) for n in range(days))
    ]


def closed_days(scope: Scope, first: int, last: int, day: dt.date) -> list[CommunityDay]:
    """The day as it was closed in each community from ``first`` to ``last`` that has closed it, by code."""
    rows = _figures(Ledger.objects.filter(day=day, community__range=(first, last)).order_by("community"))
    return [
        CommunityDay(row["community"], _of(row), row["signed_off_at"] is not None)
        for row in rows
        if scope.may(Permission.READ_ROUND, row["community"])
    ]


def _figures(rows: "QuerySet[Ledger]") -> list[dict[str, Any]]:
    return list(rows.values("community", "day", "signed_off_at", *FIGURE_NAMES))


def _of(row: dict[str, Any]) -> DayFigures:
    return DayFigures(*(row[name] for name in FIGURE_NAMES))
