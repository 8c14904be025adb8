"""The board of a round: every household due, where it is, how far it is."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door
from shouwang.people.queries.walking import doors_in_order
from shouwang.screening import rules
from shouwang.screening.enums import HouseholdState, NextStep
from shouwang.screening.models import DueList, Round
from shouwang.screening.queries.effective import ATTEMPTS, by_household


@dataclass(frozen=True, slots=True)
class HouseholdProgress:
    """A household in a round: ``reached`` of ``due`` people are reached; ``outcomes`` the oldest first.

    ``want_evening`` more were reached in the morning and are to be reached again in the evening, ``want_morning`` the
    other way round. ``unowned``: it is in nobody's caseload.
    """

    door: Door
    due: int
    reached: int
    fevers: int
    want_evening: int
    want_morning: int
    unowned: bool
    outcomes: tuple[str, ...]
    last_at: dt.datetime | None

    @property
    def household_id(self) -> int:
        return self.door.household_id

    @property
    def tries(self) -> int:
        return len(self.outcomes)

    @property
    def last_outcome(self) -> str | None:
        return self.outcomes[-1] if self.outcomes else None

    @property
    def half(self) -> int:
        """People who have had one half of their day."""
        return self.want_evening + self.want_morning

    @property
    def complete(self) -> bool:
        return self.reached >= self.due

    @property
    def state(self) -> HouseholdState:
        return rules.household_state(
            due=self.due,
            reached=self.reached,
            fever=self.fevers > 0,
            last_outcome=self.last_outcome,
            half=self.half,
        )


@dataclass(frozen=True, slots=True)
class NotReached:
    """A household with somebody still to be reached, and what to try next."""

    household: HouseholdProgress
    members: tuple[roster.Member, ...]
    next_step: NextStep


def board(
    scope: Scope,
    round_: Round,
    *,
    compound_id: int | None = None,
    households: Collection[int] | None = None,
) -> list[HouseholdProgress]:
    """All households due, those of one compound, or of these ``households``, in the order in which one walks past."""
    scope.require(Permission.READ_ROUND, round_.community)
    tries = tries_of(round_, households)
    statement, params = by_household(round_, households)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = {row[0]: row for row in cursor.fetchall()}
    return [
        _progress(door, rows[home], tries.get(home, ((), None)))
        for home, door in doors_in_order(scope, round_.community).items()
        if home in rows and (compound_id is None or door.compound_id == compound_id)
    ]


def left(scope: Scope, round_: Round) -> list[HouseholdProgress]:
    """The households with somebody still to be reached, in the order in which one walks past them."""
    scope.require(Permission.READ_ROUND, round_.community)
    statement, params = by_household(round_)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} having count(*) filter (where reached) < count(*)", params)
        rows = {row[0]: row for row in cursor.fetchall()}
    tries = tries_of(round_, rows)
    return [
        _progress(door, rows[home], tries.get(home, ((), None)))
        for home, door in doors_in_order(scope, round_.community).items()
        if home in rows
    ]


def not_reached(
    scope: Scope, round_: Round, households: list[HouseholdProgress], *, limit: int | None = None
) -> list[NotReached]:
    """Of these households those with somebody still to be reached: the least tried first, in walking order.

    ``limit`` is how many to look up the people of.
    """
    waiting = sorted((h for h in households if not h.complete), key=lambda h: h.tries)[:limit]
    by_home: dict[int, list[roster.Member]] = {}
    for member in roster.members(scope, [h.household_id for h in waiting]):
        by_home.setdefault(member.household_id, []).append(member)
    evening = is_evening(round_)
    return [
        NotReached(
            home,
            tuple(people := by_home.get(home.household_id, ())),
            step_for(home, people, evening=evening),
        )
        for home in waiting
    ]


def next_after(households: list[HouseholdProgress], household_id: int) -> HouseholdProgress | None:
    """Whom to reach next after this household: onwards in walking order, the least tried first; None if all are."""
    at = next((n for n, home in enumerate(households) if home.household_id == household_id), -1)
    onwards = [home for home in households[at + 1 :] + households[:at] if not home.complete]
    same = households[at].door.compound_id if at >= 0 else None
    return min(onwards, key=lambda home: (home.tries, home.door.compound_id != same), default=None)


def is_evening(round_: Round) -> bool:
    """Whether the second half of the round's day has begun, for those who are to be reached in both."""
    at = DueList.objects.filter(round=round_).values_list("evening_at", flat=True).first()
    return at is None or clock.now() >= at


def step_for(home: HouseholdProgress, members: Iterable[roster.Member], *, evening: bool) -> NextStep:
    phones = len({member.phone_mask for member in members if member.phone_mask})
    return rules.next_step(
        reached=home.reached, outcomes=home.outcomes, phones=phones, half=home.want_evening, evening=evening
    )


def progress_of(round_: Round, door: Door) -> HouseholdProgress:
    """One household of the round."""
    statement, params = by_household(round_, [door.household_id])
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    tries = tries_of(round_, [door.household_id]).get(door.household_id, ((), None))
    return _progress(door, row or (door.household_id, 0, 0, 0, 0, 0, False), tries)


def _progress(
    door: Door, row: tuple[Any, ...], tries: tuple[tuple[str, ...], dt.datetime | None]
) -> HouseholdProgress:
    _, due, reached, fevers, want_evening, want_morning, unowned = row
    return HouseholdProgress(door, due, reached, fevers, want_evening, want_morning, unowned, *tries)


def tries_of(
    round_: Round, households: Collection[int] | None = None
) -> dict[int, tuple[tuple[str, ...], dt.datetime | None]]:
    """Household → outcomes of its attempts, the oldest first, and when the last was made; of all tried, or of these."""
    only = "" if households is None else "and a.household = any(%(these)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "select household, array_agg(outcome::text order by made_at, id), max(made_at)"  # noqa: S608
            f" from ({ATTEMPTS} {only}) a group by household",
            {"community": round_.community, "round": round_.pk, "these": list(households or ())},
        )
        return {home: (tuple(outcomes), last) for home, outcomes, last in cursor.fetchall()}
