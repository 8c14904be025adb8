"""What became of everybody of a community on a day, from the facts: the one computation behind every ledger.

Reads the rounds of that day and the roster, never history: day 60 costs what day 1 costs.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from shouwang.access import clock
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.queries import roster
from shouwang.people.queries.roster import PresenceHere
from shouwang.screening import rules
from shouwang.screening.enums import DayState
from shouwang.screening.models import DueList, Ledger, Round
from shouwang.screening.models.ledger import STATES
from shouwang.screening.queries.board import tries_of
from shouwang.screening.queries.effective import BY_PERSON
from shouwang.screening.queries.rounds import rounds_of_day
from shouwang.workforce.queries import owners


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person on one day, and the household under which she stood."""

    resident_id: int
    household_id: int
    state: DayState


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the rounds of a day say. ``reached``: everybody due, and whether in all rounds of the day she is due in."""

    households: dict[int, int]
    reached: dict[int, bool]
    left: dict[int, int]
    unowned: set[int]


def stood(row: Ledger) -> list[PersonDay]:
    """Everybody as the day was closed."""
    return [
        PersonDay(resident, household, DayState(STATES[state]))
        for resident, household, state in zip(row.residents, row.households, row.states, strict=True)
    ]


def everybody(scope: Scope, community: int, day: dt.date, row: Ledger | None) -> list[PersonDay]:
    """Everybody as the facts say now, each in exactly one state; ``row`` is the day as it was closed, if it was.

    Who counts on the day: everybody on its lists, those who left them, those in ``row``; while the day runs, or if it
    was never closed, also everybody else on the roster, here or away, who was entered before its end.
    """
    rounds = rounds_of_day(scope, community, community, day)
    lists = _lists(rounds)
    absent = roster.presences(scope, community)
    before = {one.resident_id: one for one in stood(row)} if row else {}
    found = {one.resident_id: one.household_id for one in before.values()}
    if row is None or day == clock.today():
        followed = day == clock.today() and any(one.closed_at is None for one in rounds)
        found |= _on_roster(scope, community, day, absent, present=not followed)
    found |= lists.left | lists.households
    asked = {r for r, one in before.items() if one.state in (DayState.AWAY, DayState.MOVED)} | set(lists.left)
    now = absent | roster.presences(scope, community, resident_ids=asked) if asked else absent
    nobodys = _unowned(scope, community, day, lists, before.values(), found.values(), bool(rounds))
    last = _last_outcomes(rounds)
    return [
        PersonDay(
            resident,
            household,
            rules.day_state(
                reached=lists.reached.get(resident, False),
                left=_left(resident, day, now, before, lists),
                assigned=household not in nobodys,
                last_outcome=last.get(household),
            ),
        )
        for resident, household in found.items()
    ]


def _lists(rounds: Collection[Round]) -> _Lists:
    found = _Lists({}, {}, {}, set())
    for round_ in rounds:
        with connection.cursor() as cursor:
            cursor.execute(
                f"select household, resident, reached from ({BY_PERSON.format(these_due='', these_told='')}) person",  # noqa: S608
                {"community": round_.community, "round": round_.pk},
            )
            for household, resident, reached in cursor.fetchall():
                found.households[resident] = household
                found.reached[resident] = reached and found.reached.get(resident, True)
        kept = DueList.objects.filter(round=round_).values_list(
            "unowned", "left_residents", "left_households"
        )
        for unowned, residents, households in kept:
            found.unowned.update(unowned)
            found.left.update(zip(residents, households, strict=True))
    return found


def _on_roster(
    scope: Scope, community: int, day: dt.date, absent: Mapping[int, PresenceHere], *, present: bool
) -> dict[int, int]:
    """Who is on the roster and was so before the day's end: here, away, or gone on this very day.

    Who is here need not be read where a round is open: its list follows the roster.
    """
    end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    here = roster.due_residents(scope, community, entered_before=end) if present else []
    found = {resident: household for household, resident in here}
    found |= {
        resident: one.household_id
        for resident, one in absent.items()
        if one.entered_at < end
        and (one.since == day or (one.presence == Presence.AWAY and one.in_use and _by(one, day)))
    }
    return found


def _by(one: PresenceHere, day: dt.date) -> bool:
    return one.since is None or one.since <= day


def _left(
    resident: int,
    day: dt.date,
    now: Mapping[int, PresenceHere],
    before: Mapping[int, PersonDay],
    lists: _Lists,
) -> DayState | None:
    """Whether she was away, or gone, that day: as the roster dates it; if it does not, as the day was closed."""
    one = now.get(resident)
    if one is not None and _by(one, day):
        if one.presence == Presence.PRESENT:
            return None
        return DayState.AWAY if one.presence == Presence.AWAY else DayState.MOVED
    was = before[resident].state if resident in before else None
    if was in (DayState.AWAY, DayState.MOVED):
        return was
    gone = one is None and resident in lists.left and resident not in lists.households
    return DayState.MOVED if gone else None  # to another community, where the roster here does not see her


def _unowned(
    scope: Scope,
    community: int,
    day: dt.date,
    lists: _Lists,
    before: Iterable[PersonDay],
    households: Iterable[int],
    had_round: bool,
) -> set[int]:
    """The households that were nobody's that day; the rounds kept it, else how it was closed, else how it is."""
    if day != clock.today():
        if had_round:
            return lists.unowned
        if closed := list(before):
            return {one.household_id for one in closed if one.state is DayState.UNASSIGNED}
    return set(households) - owners(scope, community).keys()


def _last_outcomes(rounds: Iterable[Round]) -> dict[int, str]:
    """Household → outcome of its last attempt of the day."""
    found: dict[int, str] = {}
    for round_ in rounds:
        found |= {household: outcomes[-1] for household, (outcomes, _) in tries_of(round_).items()}
    return found
