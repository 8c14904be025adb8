"""Whatever is recorded, sent again, corrected or measured at a gate, in whatever order: the figures are true.

The machine keeps a model of its own, of plain sets, which knows nothing of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

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

from screening.test_gate import Taken
from screening.world import CALLER, COMMUNITY, GATE, OFFICE, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.kernel.errors import Refused
from shouwang.people.enums import Presence
from shouwang.people.models import Resident
from shouwang.screening.actions import (
    close_round,
    correct_reading,
    count_gate_temperature,
    follow_roster,
    open_round,
    record_attempt,
    reopen_round,
)
from shouwang.screening.enums import HouseholdState
from shouwang.screening.models import Reading, Round
from shouwang.screening.queries.board import board
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import ReadingInput

DEGREES = st.sampled_from(["35.9", "36.5", "37.3", "37.4", "39.0"])
UNREACHED = st.sampled_from(["no_answer", "wrong_number", "refused"])
ANY = st.integers(min_value=0, max_value=10_000)


def is_fever(degrees: str) -> bool:
    return Decimal(degrees) > Decimal("37.3")


@dataclass
class Told:
    """What one attempt or check says: person → fever, while it holds; and what was sent, to send it again."""

    people: dict[int, bool]
    sent: dict[str, Any] = field(default_factory=dict)
    taken: Taken | None = None
    holds: bool = True


class Rounds(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.wall = inside()
        self.wall.__enter__()
        self.homes: list[Home] = settle([3, 1, 2, 1])
        self.due = {person: home.id for home in self.homes for person in home.people}
        self.attempts: list[Told] = []
        self.checks: list[Told] = []
        self.tries = 0

    def teardown(self) -> None:
        self.wall.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def round(self) -> Round | None:
        return Round.objects.first()

    def is_open(self) -> bool:
        return self.round is not None and self.round.closed_at is None

    @rule()
    def open(self) -> None:
        open_round(OFFICE, community=COMMUNITY)

    @precondition(lambda self: self.is_open())
    @rule()
    def close_and_reopen(self) -> None:
        close_round(OFFICE, round_id=self.round.pk)
        reopen_round(OFFICE, round_id=self.round.pk)

    def record(self, home: Home, people: dict[int, str], outcome: str, corrects: UUID | None = None) -> None:
        sent = {
            "attempt_id": new_id(), "community": COMMUNITY, "household_id": home.id, "channel": "call",
            "outcome": outcome, "answered_by": "resident" if outcome in ("reached", "refused") else None,
            "readings": [ReadingInput(person, degrees, []) for person, degrees in people.items()], "corrects": corrects,
        }  # fmt: skip
        record_attempt(CALLER, **sent)
        self.attempts.append(Told({person: is_fever(degrees) for person, degrees in people.items()}, sent))
        self.tries += corrects is None

    @precondition(lambda self: self.is_open())
    @rule(which=ANY, some=ANY, degrees=DEGREES)
    def reach(self, which: int, some: int, degrees: str) -> None:
        home = self.homes[which % len(self.homes)]
        people = home.people[: 1 + some % len(home.people)]
        self.record(home, dict.fromkeys(people, degrees), "reached")
        self.due |= dict.fromkeys(people, home.id)

    @precondition(lambda self: self.is_open())
    @rule(which=ANY, outcome=UNREACHED)
    def miss(self, which: int, outcome: str) -> None:
        self.record(self.homes[which % len(self.homes)], {}, outcome)

    @precondition(lambda self: self.is_open())
    @rule(which=ANY, outcome=UNREACHED)
    def unreached_with_a_temperature(self, which: int, outcome: str) -> None:
        home = self.homes[which % len(self.homes)]
        with pytest.raises(Refused):
            self.record(home, {home.people[0]: "36.5"}, outcome)

    @precondition(lambda self: self.attempts)
    @rule(which=ANY)
    def send_again(self, which: int) -> None:
        assert record_attempt(CALLER, **self.attempts[which % len(self.attempts)].sent).repeated

    @precondition(lambda self: self.attempts)
    @rule(which=ANY)
    def send_again_changed(self, which: int) -> None:
        sent = self.attempts[which % len(self.attempts)].sent
        with pytest.raises(Refused):
            record_attempt(CALLER, **{**sent, "remarks": "another"})

    @precondition(lambda self: self.is_open() and any(told.holds for told in self.attempts))
    @rule(which=ANY, degrees=DEGREES, reached=st.booleans())
    def correct_attempt(self, which: int, degrees: str, reached: bool) -> None:
        holding = [told for told in self.attempts if told.holds]
        wrong = holding[which % len(holding)]
        home = next(home for home in self.homes if home.id == wrong.sent["household_id"])
        people = {home.people[-1]: degrees} if reached else {}
        self.record(home, people, "reached" if reached else "no_answer", wrong.sent["attempt_id"])
        self.due |= dict.fromkeys(people, home.id)
        wrong.holds = False
        with pytest.raises(Refused):
            self.record(home, {}, "no_answer", wrong.sent["attempt_id"])

    @rule(which=ANY, degrees=DEGREES)
    def pass_a_gate(self, which: int, degrees: str) -> None:
        home = self.homes[which % len(self.homes)]
        person = home.people[which % len(home.people)]
        taken = Taken(COMMUNITY, new_id(), home.id, person, Decimal(degrees), clock.now())
        count_gate_temperature(GATE, taken)
        self.checks.append(Told({person: is_fever(degrees)}, taken=taken))
        self.due |= {person: home.id}

    @precondition(lambda self: self.checks)
    @rule(which=ANY)
    def tell_a_check_again(self, which: int) -> None:
        count_gate_temperature(GATE, self.checks[which % len(self.checks)].taken)

    @rule(which=ANY, degrees=DEGREES)
    def correct_reading(self, which: int, degrees: str) -> None:
        corrected = Reading.objects.exclude(corrects=None).values_list("corrects", flat=True)
        holding = list(Reading.objects.exclude(id__in=list(corrected)).order_by("id"))
        told = {t.sent["attempt_id"]: t for t in self.attempts if t.holds}
        told |= {t.taken.check_id: t for t in self.checks}
        holding = [one for one in holding if one.source_id in told]
        if not holding:
            return
        wrong = holding[which % len(holding)]
        correct_reading(CALLER, community=COMMUNITY, reading_id=wrong.id, temperature=degrees)
        told[wrong.source_id].people[wrong.resident] = is_fever(degrees)

    @rule(which=ANY)
    def somebody_turns_out_to_be_away(self, which: int) -> None:
        people = [person for home in self.homes for person in home.people]
        person = people[which % len(people)]
        Resident.objects.filter(pk=person).update(presence=Presence.AWAY)
        follow_roster(OFFICE, community=COMMUNITY)
        if person not in self.expected_reached():
            self.due.pop(person, None)

    @rule(size=st.integers(min_value=1, max_value=3))
    def somebody_moves_in(self, size: int) -> None:
        (home,) = settle([size])
        self.homes.append(home)
        self.due |= dict.fromkeys(home.people, home.id)
        follow_roster(OFFICE, community=COMMUNITY)

    def expected_reached(self) -> dict[int, bool]:
        """Person → whether any reading that holds is a fever."""
        found: dict[int, bool] = {}
        for told in self.attempts + self.checks:
            for person, fever in told.people.items() if told.holds else ():
                found[person] = found.get(person, False) or fever
        return found

    @invariant()
    def the_counters_are_the_recount_and_the_model(self) -> None:
        if self.round is None:
            return
        assert kept(self.round) == recount(self.round)
        reached = self.expected_reached()
        assert self.round.residents_reached == len(reached)
        assert self.round.fevers == sum(reached.values())
        assert self.round.attempts == self.tries

    @invariant()
    def not_reached_and_reached_are_all(self) -> None:
        if self.round is None:
            return
        rows = board(OFFICE, self.round)
        reached = self.expected_reached()
        assert sum(row.due - row.reached for row in rows) + len(reached) == self.round.residents_due
        assert sum(row.complete for row in rows) == self.round.households_reached
        assert len(rows) == self.round.households_due
        for row in rows:
            home = next(home for home in self.homes if home.id == row.household_id)
            if not reached.keys() & set(home.people):
                assert row.state in (HouseholdState.NOT_REACHED, HouseholdState.REFUSED)


@pytest.mark.django_db
def test_the_figures_are_always_true() -> None:
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
