"""Whatever is called, told, measured, typed, corrected, moved, split and merged, early, late and twice: nobody is lost.

Everything goes through the real actions, with the news handed on as in earnest. Beside them the machine keeps only
what it was told had been accepted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from screening.test_gate import Taken
from screening.test_sent_attempts import PHONE, body, sent
from screening.world import CALLER, COMMUNITY, GATE, OFFICE, Home, inside, new_id, scope_as, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.scope import Scope
from shouwang.people.actions import set_presence
from shouwang.people.actions.editing import (
    NewDoor,
    add_resident,
    merge_households,
    move_residents,
    split_household,
)
from shouwang.people.actions.watches import end_watch, start_watch
from shouwang.people.enums import Presence, WatchReason
from shouwang.people.models import Resident, Watch
from shouwang.people.rules.editing import Told
from shouwang.screening.actions import (
    close_round,
    correct_reading,
    count_gate_temperature,
    open_round,
    print_sheet,
    record_attempt,
    reopen_round,
    sign_off_day,
)
from shouwang.screening.actions.self_report_rows import SelfReport
from shouwang.screening.actions.self_reports import Kept, take_self_reports
from shouwang.screening.actions.sent_attempts import take_attempts
from shouwang.screening.enums import AnsweredBy
from shouwang.screening.models import Attempt, DueList, Ledger, Reading, Round
from shouwang.screening.queries import ledger
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.queries.everybody import everybody
from shouwang.screening.rules import CheckedReading, ReadingInput
from shouwang.sync.queries.here import device_scope
from shouwang.workforce import actions as workforce

ANY = st.integers(min_value=0, max_value=10_000)
HEADQUARTERS = scope_as(Role.HEADQUARTERS)
DOOR = Scope(None, "door", CALLER.grants)
REACHED_BY_SQL = """
select count(*) from unnest(%(residents)s::bigint[]) as due (resident)
where exists (
  select from screening_reading r where r.round = %(round)s and r.resident = due.resident
    and (r.temperature is not null or r.symptoms is not null)
    and not exists (select from screening_reading c where c.round = r.round and c.corrects = r.id)
    and not exists (select from screening_attempt c where c.round = r.round and c.corrects = r.source_id)
    and (not due.resident = any(%(twice)s) or r.made_at < %(evening)s)
) and (not due.resident = any(%(twice)s) or exists (
  select from screening_reading r where r.round = %(round)s and r.resident = due.resident
    and (r.temperature is not null or r.symptoms is not null) and r.made_at >= %(evening)s
    and not exists (select from screening_reading c where c.round = r.round and c.corrects = r.id)
    and not exists (select from screening_attempt c where c.round = r.round and c.corrects = r.source_id)
))
"""
ATTEMPTS_BY_SQL = """
select count(*) from screening_attempt a where a.corrects is null and (a.round = %(round)s or (a.round = 0 and exists (
  select from screening_reading r where r.round = %(round)s and r.source_id = a.id and r.corrects is not null)))
"""
"""A report that came before the round was opened counts in it, too: its readings were adopted."""


def normal(*people: int) -> list[ReadingInput]:
    return [ReadingInput(one, "36.5", []) for one in people]


class Clock:
    """It is the afternoon, so that both halves of the day have begun, and each look at it takes a moment."""

    noon = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    passed = 0

    @classmethod
    def now(cls) -> dt.datetime:
        cls.passed += 1
        return cls.noon + dt.timedelta(milliseconds=5 * cls.passed)


class Days(RuleBasedStateMachine):
    """A community of four households, yesterday and today."""

    def __init__(self) -> None:
        super().__init__()
        Clock.passed = 0
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.wall = inside()
        self.wall.__enter__()
        settle([3, 1, 2, 1])
        self.accepted: dict[UUID, None] = {}
        self.measured: set[UUID] = set()
        self.again: list[Callable[[], Any]] = []
        self.loads = [
            workforce.make_caseload(OFFICE, community=COMMUNITY, caller_name=name).pk for name in "甲乙"
        ]
        open_round(OFFICE, community=COMMUNITY, at=clock.now() - dt.timedelta(days=1))
        self.stood: dict[dt.date, Any] = {}

    def teardown(self) -> None:
        self.wall.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # -- what there is ----------------------------------------------------------------------------------------

    def homes(self) -> list[Home]:
        """As the roster has them now."""
        found: dict[int, list[int]] = {}
        for person, home in (
            Resident.objects.filter(community=COMMUNITY)
            .exclude(presence__in=[Presence.MOVED, Presence.DIED])
            .order_by("id")
            .values_list("id", "household")
        ):
            found.setdefault(home, []).append(person)
        return [Home(home, tuple(people)) for home, people in sorted(found.items())]

    def home(self, which: int) -> Home:
        homes = self.homes()
        return homes[which % len(homes)]

    def person(self, which: int) -> Resident:
        people = list(Resident.objects.filter(community=COMMUNITY).order_by("id"))
        return people[which % len(people)]

    def moment(self, back: int) -> dt.datetime:
        """Now, or some hours ago, today or yesterday."""
        return clock.now() - dt.timedelta(hours=back)

    def try_it(self, act: Callable[[], Any]) -> Any:
        """What it answered; None where it was refused, and then nothing of it is there."""
        try:
            with transaction.atomic():
                return act()
        except (Refused, NotFound):
            return None

    # -- rounds -----------------------------------------------------------------------------------------------

    @rule()
    def open(self) -> None:
        self.try_it(lambda: open_round(OFFICE, community=COMMUNITY))

    @rule(which=ANY, again=st.booleans())
    def close_or_reopen(self, which: int, again: bool) -> None:
        rounds = list(Round.objects.order_by("id"))
        act = reopen_round if again else close_round
        self.try_it(lambda: act(OFFICE, round_id=rounds[which % len(rounds)].pk))

    @rule(today=st.booleans())
    def sign_off(self, today: bool) -> None:
        day = clock.today() - dt.timedelta(days=not today)
        left = ledger.day(OFFICE, COMMUNITY, day).now.not_reached
        self.try_it(lambda: sign_off_day(OFFICE, community=COMMUNITY, day=day, not_reached=left))
        self.stood[day] = ledger.day(OFFICE, COMMUNITY, day).stood

    # -- whatever tells how somebody is ---------------------------------------------------------------------

    @rule(
        which=ANY,
        some=ANY,
        back=st.sampled_from([0, 0, 1, 6, 24]),
        channel=st.sampled_from(["call", "visit"]),
    )
    def call(self, which: int, some: int, back: int, channel: str) -> None:
        home, attempt = self.home(which), new_id()
        people, at = home.people[: 1 + some % len(home.people)], self.moment(back)

        def act() -> Any:
            return record_attempt(
                CALLER, attempt_id=attempt, community=COMMUNITY, household_id=home.id, channel=channel,
                outcome="reached", answered_by="resident", readings=normal(*people), made_at=at,
                needs="米" if some % 3 == 0 else "",
            )  # fmt: skip

        if self.try_it(act):
            self.accepted[attempt] = None
            self.again.append(act)

    @rule(which=ANY, back=st.sampled_from([0, 2, 24]), outcome=st.sampled_from(["no_answer", "refused"]))
    def in_vain(self, which: int, back: int, outcome: str) -> None:
        home, attempt, at = self.home(which), new_id(), self.moment(back)
        answered = "resident" if outcome == "refused" else None
        if self.try_it(
            lambda: record_attempt(
                CALLER, attempt_id=attempt, community=COMMUNITY, household_id=home.id, channel="call",
                outcome=outcome, answered_by=answered, made_at=at,
            )
        ):  # fmt: skip
            self.accepted[attempt] = None

    @rule(which=ANY, old=ANY, back=st.sampled_from([0, 3, 8, 24, 30]), said=st.booleans())
    def a_phone_sends(self, which: int, old: int, back: int, said: bool) -> None:
        """Also of somebody who lives elsewhere by now, as the phone knew it, and as a correction."""
        home, stranger = self.home(which), self.person(old)
        more: dict[str, Any] = (
            {"presence": [{"resident": stranger.pk, "now": "away"}]} if old % 4 == 0 else {}
        )
        before = list(self.accepted)
        if before and old % 3 == 0:
            wrong = Attempt.objects.get(id=before[old % len(before)])
            home = Home(wrong.household, home.people)
            more = {"corrects": str(wrong.id)}
        empty = {} if said else {"outcome": "no_answer", "answered_by": None, "readings": []}
        told = body(home, *home.people[:2], *([stranger.pk] if stranger.pk not in home.people[:2] else []))
        record = sent(told | more | empty, made_at=self.moment(back))

        def act() -> Any:
            return take_attempts(device_scope(PHONE), PHONE, [record, record])

        answers = self.try_it(act)
        if str(answers[0].outcome) in ("stored", "duplicate"):
            self.accepted[record.id] = None
            assert str(answers[1].outcome) in ("stored", "duplicate")
            self.again.append(act)
        else:
            assert str(answers[0].outcome) == "quarantined", answers

    @rule(which=ANY, degrees=st.sampled_from(["36.4", "38.2"]))
    def the_household_reports(self, which: int, degrees: str) -> None:
        home, report = self.home(which), new_id()
        fever = degrees == "38.2"
        told = tuple(CheckedReading(one, Decimal(degrees), (), fever) for one in home.people)
        answered = AnsweredBy.RESIDENT if len(home.people) == 1 else AnsweredBy.HOUSEHOLD_MEMBER
        said = SelfReport(COMMUNITY, home.id, report, answered, told)

        def act() -> Any:
            return take_self_reports(DOOR, [said], {COMMUNITY: COVID_2020})

        (became,) = act()
        if became is Kept.UNUSUAL:
            readings = [ReadingInput(one, degrees, []) for one in home.people]
            done = self.try_it(
                lambda: record_attempt(
                    DOOR, attempt_id=report, community=COMMUNITY, household_id=home.id, channel="self",
                    outcome="reached", answered_by=answered, readings=readings,
                )
            )  # fmt: skip
            assert done, "a household is never turned away"
        self.accepted[report] = None
        self.again.append(act)

    @rule(which=ANY, back=st.sampled_from([0, 5, 24]), degrees=st.sampled_from(["36.4", "37.9"]))
    def the_gate_measures(self, which: int, back: int, degrees: str) -> None:
        who = self.person(which)
        taken = Taken(COMMUNITY, new_id(), who.household_id, who.pk, Decimal(degrees), self.moment(back))

        def act() -> None:
            count_gate_temperature(GATE, taken)

        act()
        self.measured.add(taken.check_id)
        self.again.append(act)

    @rule(which=ANY)
    def a_line_of_paper_is_typed(self, which: int) -> None:
        sheet = self.try_it(lambda: print_sheet(OFFICE, caseload_id=self.loads[which % 2], day=clock.today()))
        if sheet is None or not sheet.households:
            return
        at = which % len(sheet.households)
        attempt = sheet.attempts[at]
        if self.try_it(
            lambda: record_attempt(
                OFFICE, attempt_id=attempt, community=COMMUNITY, household_id=sheet.households[at],
                channel="visit", outcome="reached", answered_by="resident", readings=normal(*sheet.people[at]),
            )
        ):  # fmt: skip
            self.accepted[attempt] = None

    @rule(which=ANY)
    def it_comes_once_more(self, which: int) -> None:
        if self.again:
            counts = Attempt.objects.count(), Reading.objects.count()
            self.try_it(self.again[which % len(self.again)])
            assert counts == (Attempt.objects.count(), Reading.objects.count())

    @rule(which=ANY, degrees=st.sampled_from(["36.9", "38.5"]))
    def a_reading_is_corrected(self, which: int, degrees: str) -> None:
        readings = list(
            Reading.objects.order_by("received_at", "resident", "made_at", "id").values_list("id", flat=True)
        )
        if readings:
            wrong = readings[which % len(readings)]
            self.try_it(
                lambda: correct_reading(CALLER, community=COMMUNITY, reading_id=wrong, temperature=degrees)
            )

    # -- the roster -------------------------------------------------------------------------------------------

    @rule(which=ANY, presence=st.sampled_from(list(Presence)))
    def somebody_comes_or_goes(self, which: int, presence: Presence) -> None:
        if len(self.homes()) > 1:
            self.try_it(lambda: set_presence(OFFICE, resident_id=self.person(which).pk, presence=presence))

    @rule(which=ANY, to=ANY, new=st.booleans())
    def somebody_moves(self, which: int, to: int, new: bool) -> None:
        where: dict[str, Any] = {"household_id": self.home(to).id}
        if new:
            where = {"door": NewDoor(f"9栋1单元{1 + to % 9}01")}
        self.try_it(lambda: move_residents(OFFICE, resident_ids=[self.person(which).pk], **where))

    @rule(which=ANY)
    def a_household_is_split(self, which: int) -> None:
        home = self.home(which)
        self.try_it(lambda: split_household(OFFICE, household_id=home.id, resident_ids=home.people[1:]))

    @rule(which=ANY, other=ANY)
    def two_households_are_one(self, which: int, other: int) -> None:
        self.try_it(
            lambda: merge_households(OFFICE, household_id=self.home(which).id, others=[self.home(other).id])
        )

    @rule(which=ANY, name=st.sampled_from(["钱一", "钱二", "钱三"]))
    def somebody_moves_in(self, which: int, name: str) -> None:
        self.try_it(
            lambda: add_resident(
                OFFICE, community=COMMUNITY, household_id=self.home(which).id, told=Told(name=name)
            )
        )

    @rule(which=ANY, twice=st.booleans())
    def a_watch_begins(self, which: int, twice: bool) -> None:
        who, today = self.person(which), clock.today()
        self.try_it(
            lambda: start_watch(
                HEADQUARTERS, community=COMMUNITY, household_id=who.household_id, resident_id=who.pk,
                reason=WatchReason.FEVER, from_day=today, until_day=today + dt.timedelta(days=3), twice_daily=twice,
            )
        )  # fmt: skip

    @rule(which=ANY)
    def a_watch_ends(self, which: int) -> None:
        open_ = list(Watch.objects.filter(closed_at=None).order_by("id"))
        if open_:
            self.try_it(lambda: end_watch(HEADQUARTERS, watch_id=open_[which % len(open_)].pk))

    @rule(which=ANY, load=st.integers(0, 2))
    def a_household_changes_hands(self, which: int, load: int) -> None:
        workforce.move_households(
            OFFICE, community=COMMUNITY, household_ids=[self.home(which).id],
            caseload_id=self.loads[load] if load < 2 else None,
        )  # fmt: skip

    # -- what must hold ---------------------------------------------------------------------------------------

    @invariant()
    def kept_figures_are_the_recount_and_plain_sql_says_so_too(self) -> None:
        for round_ in Round.objects.all():
            assert kept(round_) == recount(round_)
            due = DueList.objects.get(round=round_)
            assert len(set(due.residents)) == len(due.residents) == round_.residents_due
            assert len(set(due.households)) == round_.households_due
            with connection.cursor() as cursor:
                cursor.execute(
                    REACHED_BY_SQL,
                    {"round": round_.pk, "residents": due.residents, "evening": due.evening_at,
                     "twice": due.twice if due.evening_at else []},
                )  # fmt: skip
                assert cursor.fetchone() == (round_.residents_reached,)
                cursor.execute(ATTEMPTS_BY_SQL, {"round": round_.pk})
                assert cursor.fetchone() == (round_.attempts,)

    @invariant()
    def whoever_is_here_is_due(self) -> None:
        here = set(
            Resident.objects.filter(community=COMMUNITY, presence=Presence.PRESENT).values_list(
                "id", flat=True
            )
        )
        for due in DueList.objects.filter(round__closed_at=None, round__day=clock.today()):
            assert here <= set(due.residents)

    @invariant()
    def the_states_add_up(self) -> None:
        for day in (clock.today(), clock.today() - dt.timedelta(days=1)):
            found = everybody(OFFICE, COMMUNITY, day, Ledger.objects.filter(day=day).first())
            assert len({one.resident_id for one in found}) == len(found)
            told = ledger.day(OFFICE, COMMUNITY, day)
            assert told.now.due == len(found)
            assert told.now.due == told.now.reached + told.now.not_reached + told.now.moved + told.now.away
            assert told.stood == self.stood.get(day)
            if day == clock.today():
                assert set(
                    Resident.objects.filter(community=COMMUNITY, presence=Presence.PRESENT).values_list(
                        "id", flat=True
                    )
                ) <= {one.resident_id for one in found}

    @invariant()
    def nothing_accepted_is_lost(self) -> None:
        assert set(Attempt.objects.values_list("id", flat=True)) == set(self.accepted)
        gates = Reading.objects.filter(source="gate", corrects=None)
        assert set(gates.values_list("source_id", flat=True)) == self.measured


@pytest.mark.django_db
def test_nobody_is_lost() -> None:
    with pytest.MonkeyPatch.context() as at:
        at.setattr("django.utils.timezone.now", Clock.now)
        run_state_machine_as_test(
            Days,
            settings=settings(
                max_examples=20,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
