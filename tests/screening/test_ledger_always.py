"""Whatever is told, corrected and changed on the roster, in whatever order: the seven states add up, each person in
one, and the kept figures are the recount.

The machine keeps the roster and the readings in plain sets of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from screening.test_attempts import miss, reach
from screening.test_ledger import own, watch_twice
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, settle
from shouwang.access import clock
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident, Watch
from shouwang.screening.actions import close_day, follow_roster, open_round
from shouwang.screening.enums import DayState
from shouwang.screening.models import DueList, Ledger, Round
from shouwang.screening.queries import ledger
from shouwang.screening.queries.board import board
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.queries.everybody import everybody
from shouwang.workforce.models import Assignment

ANY = st.integers(min_value=0, max_value=10_000)
NOT_REACHED = (DayState.REFUSED, DayState.UNREACHABLE, DayState.NOT_TRIED, DayState.UNASSIGNED)


class Days(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.wall = inside()
        self.wall.__enter__()
        self.homes: list[Home] = settle([3, 1, 2, 1])
        self.entered = {person for home in self.homes for person in home.people}
        self.told: set[int] = set()
        self.gone: dict[int, DayState] = {}
        self.owned: set[int] = set()
        self.said: dict[Any, tuple[Home, tuple[int, ...]]] = {}
        self.for_good: set[int] = set()
        self.closed: ledger.DayFigures | None = None

    def teardown(self) -> None:
        self.wall.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def round(self) -> Round | None:
        return Round.objects.first()

    def any_home(self, which: int) -> Home:
        return self.homes[which % len(self.homes)]

    @rule()
    def open(self) -> None:
        if any(person not in self.gone for person in self.entered):
            open_round(OFFICE, community=COMMUNITY)

    @precondition(lambda self: self.round is not None)
    @rule(which=ANY, some=ANY)
    def reach_some(self, which: int, some: int) -> None:
        home = self.any_home(which)
        here = [person for person in home.people if self.gone.get(person) is not DayState.MOVED]
        people = tuple(here[: 1 + some % len(here)]) if here else ()
        if people:
            record: Any = reach(home, *people)
            self.said[record.attempt_id] = (home, people)
            self.told |= set(people)

    @precondition(lambda self: self.round is not None)
    @rule(which=ANY, outcome=st.sampled_from(["no_answer", "wrong_number", "refused"]))
    def try_in_vain(self, which: int, outcome: str) -> None:
        miss(self.any_home(which), outcome=outcome, answered_by="resident" if outcome == "refused" else None)

    @precondition(lambda self: self.said)
    @rule(which=ANY)
    def take_back(self, which: int) -> None:
        attempt = sorted(self.said)[which % len(self.said)]
        home, _people = self.said.pop(attempt)
        miss(home, corrects=attempt)
        self.told = self.for_good | {person for _home, people in self.said.values() for person in people}

    @rule(which=ANY, presence=st.sampled_from([Presence.AWAY, Presence.MOVED, Presence.DIED]))
    def somebody_goes(self, which: int, presence: Presence) -> None:
        person = sorted(self.entered)[which % len(self.entered)]
        if not Resident.objects.filter(pk=person, community=COMMUNITY).exists():
            return  # she lives elsewhere by now, and what becomes of her there is not told here
        self.set_presence(person, presence)
        self.gone[person] = DayState.AWAY if presence == Presence.AWAY else DayState.MOVED

    @precondition(lambda self: self.gone)
    @rule(which=ANY)
    def somebody_comes_back(self, which: int) -> None:
        person = sorted(self.gone)[which % len(self.gone)]
        if Resident.objects.filter(pk=person, community=COMMUNITY).exists():
            self.set_presence(person, Presence.PRESENT)
            del self.gone[person]

    def set_presence(self, person: int, presence: Presence) -> None:
        Resident.objects.filter(pk=person).update(presence=presence, presence_since=clock.today())
        follow_roster(OFFICE, community=COMMUNITY)

    @rule(size=st.integers(min_value=1, max_value=3))
    def somebody_moves_in(self, size: int) -> None:
        (home,) = settle([size])
        self.homes.append(home)
        self.entered |= set(home.people)
        follow_roster(OFFICE, community=COMMUNITY)

    @precondition(lambda self: self.round is not None)
    @rule(which=ANY)
    def somebody_moves_to_another_community(self, which: int) -> None:
        person = sorted(self.entered)[which % len(self.entered)]
        if person in self.gone or Ledger.objects.exists():
            return
        (there,) = settle([0], community=ELSEWHERE)
        Resident.objects.filter(pk=person).update(community=ELSEWHERE, household=there.id)
        follow_roster(OFFICE, community=COMMUNITY)
        self.gone[person] = DayState.MOVED

    @rule(which=ANY, into=ANY)
    def a_household_is_merged_into_another(self, which: int, into: int) -> None:
        home, other = self.any_home(which), self.any_home(into)
        if home is other:
            return
        Resident.objects.filter(household=home.id, community=COMMUNITY).update(household=other.id)
        Household.objects.filter(pk=home.id).update(active=False)
        self.homes.remove(home)
        self.homes.remove(other)
        self.homes.append(Home(other.id, (*other.people, *home.people)))
        # Whose record may be corrected where is looked at in test_attempts.
        for attempt, (_home, people) in list(self.said.items()):
            if not set(people).isdisjoint(home.people) or not set(people).isdisjoint(other.people):
                self.for_good |= set(self.said.pop(attempt)[1])
        follow_roster(OFFICE, community=COMMUNITY)

    @rule(which=ANY)
    def a_caller_takes_a_household(self, which: int) -> None:
        home = self.any_home(which)
        if home.id not in self.owned:
            own(home)
            self.owned.add(home.id)

    @rule(which=ANY)
    def a_caller_leaves(self, which: int) -> None:
        home = self.any_home(which)
        Assignment.objects.filter(household=home.id).delete()
        self.owned.discard(home.id)
        follow_roster(OFFICE, community=COMMUNITY)

    @rule(which=ANY)
    def somebody_is_watched(self, which: int) -> None:
        home = self.any_home(which)
        person = home.people[which % len(home.people)]
        if not Watch.objects.filter(resident=person).exists():
            watch_twice(person, home.id)
            follow_roster(OFFICE, community=COMMUNITY)

    @rule()
    def close(self) -> None:
        if self.closed is None and close_day(OFFICE, community=COMMUNITY, day=clock.today()):
            self.closed = ledger.day(OFFICE, COMMUNITY, clock.today()).stood

    @invariant()
    def everybody_stands_in_exactly_one_state(self) -> None:
        row = Ledger.objects.first()
        found = everybody(OFFICE, COMMUNITY, clock.today(), row)
        states = {one.resident_id: one.state for one in found}
        assert len(states) == len(found)
        assert set(states) == self.entered
        twice = {one for kept in DueList.objects.values_list("twice", flat=True) for one in kept}
        for person, state in states.items():
            if person in self.told and person not in twice:
                assert state is DayState.REACHED
            elif person in self.gone:
                assert state is self.gone[person]
            else:
                assert state in NOT_REACHED
        figures = ledger.day(OFFICE, COMMUNITY, clock.today())
        assert figures.now.due == sum(figures.now.of(state) for state in DayState) == len(found)
        assert figures.stood == self.closed

    @invariant()
    def the_kept_figures_are_the_recount(self) -> None:
        if self.round is None:
            return
        assert kept(self.round) == recount(self.round)
        rows = board(OFFICE, self.round)
        assert sum(row.due for row in rows) == self.round.residents_due
        assert sum(row.due - row.reached for row in rows if row.unowned) == self.round.residents_unassigned


@pytest.mark.django_db
def test_the_states_always_add_up() -> None:
    run_state_machine_as_test(
        Days,
        settings=settings(
            max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_cut_off_is_local() -> None:
    from shouwang.kernel.profile import COVID_2020
    from shouwang.screening.rules import ends_at

    zone = dt.timezone(dt.timedelta(hours=8))
    day = dt.date(2020, 2, 15)
    assert ends_at(day, zone, COVID_2020) == dt.datetime(2020, 2, 16, tzinfo=zone)
    early = COVID_2020.with_settings({"day_cutoff_hour": 20})
    assert ends_at(day, zone, early) == dt.datetime(2020, 2, 15, 20, tzinfo=zone)
