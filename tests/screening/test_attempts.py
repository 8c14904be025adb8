"""Recording: once each, nothing made up, the counters true."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from screening.world import CALLER, COMMUNITY, ELSEWHERE, GATE, OFFICE, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.access.models import AuditEntry
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.people.enums import Presence
from shouwang.people.models import Resident
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions import (
    Recorded,
    close_round,
    correct_reading,
    open_round,
    record_attempt,
    record_attempts,
)
from shouwang.screening.actions.self_reports import Kept, SelfReport, take_self_reports
from shouwang.screening.enums import AnsweredBy, HouseholdState
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.queries.board import board
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import AttemptInput, CheckedReading, ReadingInput


def normal(*people: int) -> list[ReadingInput]:
    return [ReadingInput(person, "36.5", []) for person in people]


def reach(home: Home, *people: int, **more: object) -> object:
    given = {
        "attempt_id": new_id(), "community": COMMUNITY, "household_id": home.id, "channel": "call",
        "outcome": "reached", "answered_by": "resident", "readings": normal(*(people or home.people)),
    }  # fmt: skip
    return record_attempt(CALLER, **{**given, **more})


def miss(home: Home, **more: object) -> object:
    return reach(home, **{"outcome": "no_answer", "answered_by": None, "readings": [], **more})


def the_round() -> Round:
    return Round.objects.get(community=COMMUNITY)


def test_a_household_counts_when_all_its_people_are_reached(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    reach(homes[0], homes[0].people[0])
    assert (the_round().households_reached, the_round().residents_reached) == (0, 1)
    reach(homes[0], *homes[0].people[1:])
    assert (the_round().households_reached, the_round().residents_reached) == (1, 3)
    assert (the_round().households_due, the_round().residents_due, the_round().attempts) == (3, 6, 2)
    assert kept(the_round()) == recount(the_round())


def test_not_reached_stays_not_reached(homes: list[Home]) -> None:
    round_ = open_round(OFFICE, community=COMMUNITY)
    miss(homes[0])
    miss(homes[1], channel="visit", outcome="nobody_home")
    reach(homes[2], outcome="refused", readings=[], answered_by="member")
    assert the_round().residents_reached == 0
    assert the_round().attempts == 3
    assert not Reading.objects.exists()
    states = {row.household_id: row.state for row in board(OFFICE, round_)}
    assert states == {
        homes[0].id: HouseholdState.NOT_REACHED,
        homes[1].id: HouseholdState.NOT_REACHED,
        homes[2].id: HouseholdState.REFUSED,
    }
    close_round(OFFICE, round_id=round_.pk)
    assert (the_round().residents_reached, the_round().households_reached) == (0, 0)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("unreached_with_readings", {"outcome": "no_answer", "answered_by": None}),
        ("unreached_with_readings", {"outcome": "refused"}),
        ("reached_without_readings", {"readings": []}),
        ("answered_by_nobody", {"answered_by": "nobody"}),
        ("answered_by_missing", {"answered_by": None}),
        ("answered_by", {"outcome": "no_answer", "answered_by": "resident", "readings": []}),
        (
            "outcome_channel",
            {"channel": "visit", "outcome": "wrong_number", "answered_by": None, "readings": []},
        ),
        ("channel_gate", {"channel": "gate"}),
        ("text_long", {"needs": "米" * 501}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    homes: list[Home], code: str, change: dict[str, object]
) -> None:
    open_round(OFFICE, community=COMMUNITY)
    with pytest.raises(Refused) as refused:
        reach(homes[0], **change)
    assert refused.value.code == code
    assert not Attempt.objects.exists()
    assert the_round().residents_reached == 0


def test_a_reading_that_says_nothing_is_none(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    with pytest.raises(Refused) as refused:
        reach(homes[0], readings=[ReadingInput(homes[0].people[0], "  ")])
    assert refused.value.code == "reading_empty"
    reach(homes[0], readings=[ReadingInput(homes[0].people[0], None, [])])
    assert the_round().residents_reached == 1
    assert Reading.objects.get().temperature is None


def test_fever_is_strictly_above_the_threshold(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    edge, over, _ = homes[0].people
    told = reach(homes[0], readings=[ReadingInput(edge, "37.3"), ReadingInput(over, "37.4")])
    assert told.fevers == (over,)
    assert the_round().fevers == 1
    assert set(Reading.objects.values_list("resident", "temperature", "fever")) == {
        (edge, Decimal("37.3"), False),
        (over, Decimal("37.4"), True),
    }


def test_the_same_again_is_harmless_and_answers_the_same(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    attempt_id = new_id()
    first = reach(homes[0], attempt_id=attempt_id)
    again = reach(homes[0], attempt_id=attempt_id)
    assert not first.repeated
    assert again.repeated
    assert (first.attempt_id, first.round_id, first.fevers) == (
        again.attempt_id,
        again.round_id,
        again.fevers,
    )
    assert Attempt.objects.count() == 1
    assert Reading.objects.count() == 3
    assert the_round().attempts == 1
    with pytest.raises(Refused) as refused:
        reach(homes[0], homes[0].people[0], attempt_id=attempt_id)
    assert refused.value.code == "attempt_changed"


def test_many_at_once_with_repeats_among_them(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    twice = AttemptInput(new_id(), homes[1].id, "call", "reached", "resident", normal(*homes[1].people))
    missed = AttemptInput(new_id(), homes[0].id, "call", "no_answer")
    answers = record_attempts(CALLER, community=COMMUNITY, attempts=[twice, missed, twice])
    assert [answer.attempt_id for answer in answers] == [
        twice.attempt_id,
        missed.attempt_id,
        twice.attempt_id,
    ]
    answers = record_attempts(CALLER, community=COMMUNITY, attempts=[missed, twice])
    assert all(answer.repeated for answer in answers)
    assert (the_round().attempts, the_round().residents_reached) == (2, 1)
    assert AuditEntry.objects.filter(verb="record_attempts").count() == 1


def test_a_correction_replaces_the_attempt_with_its_readings(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    wrong = reach(homes[0], readings=[ReadingInput(homes[0].people[0], "37.9")])
    right = miss(homes[0], corrects=wrong.attempt_id)
    assert (the_round().residents_reached, the_round().fevers, the_round().attempts) == (0, 0, 1)
    with pytest.raises(Refused) as refused:
        miss(homes[0], corrects=wrong.attempt_id)
    assert refused.value.code == "corrected_already"
    reach(homes[0], corrects=right.attempt_id)
    assert the_round().households_reached == 1
    assert Attempt.objects.count() == 3
    assert kept(the_round()) == recount(the_round())
    with pytest.raises(Refused) as refused:
        miss(homes[1], corrects=new_id())
    assert refused.value.code == "correction_of_nothing"


def test_a_reading_is_corrected_by_a_reading(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    reach(homes[1], readings=[ReadingInput(homes[1].people[0], "38.6")])
    wrong = Reading.objects.get()
    correction = new_id()
    for _ in range(2):
        correct_reading(
            CALLER, community=COMMUNITY, reading_id=wrong.id, temperature="36.8", correction_id=correction
        )
    assert (the_round().fevers, the_round().residents_reached) == (0, 1)
    assert Reading.objects.count() == 2
    with pytest.raises(Refused) as refused:
        correct_reading(CALLER, community=COMMUNITY, reading_id=wrong.id, temperature="36.9")
    assert refused.value.code == "corrected_already"
    correct_reading(CALLER, community=COMMUNITY, reading_id=correction, temperature="37.9")
    assert the_round().fevers == 1
    assert kept(the_round()) == recount(the_round())


def test_who_comes_after_the_opening_is_due_as_soon_as_her_door_is_touched(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    (late,) = settle([2])
    reach(late, late.people[0])
    assert (the_round().households_due, the_round().residents_due) == (4, 8)
    assert (the_round().households_reached, the_round().residents_reached) == (0, 1)


def test_who_is_away_but_answers_is_counted(homes: list[Home]) -> None:
    away = homes[0].people[2]
    Resident.objects.filter(pk=away).update(presence=Presence.AWAY)
    open_round(OFFICE, community=COMMUNITY)
    assert the_round().residents_due == 5
    reach(homes[0])
    assert (the_round().residents_due, the_round().residents_reached) == (6, 3)


def test_people_of_other_doors_and_places_are_refused(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    (foreign,) = settle([1], community=ELSEWHERE)
    with pytest.raises(Refused) as refused:
        reach(homes[0], homes[1].people[0])
    assert refused.value.code == "not_of_household"
    with pytest.raises(NotFound):
        miss(foreign)
    with pytest.raises(Forbidden):
        record_attempt(
            CALLER, attempt_id=new_id(), community=ELSEWHERE, household_id=foreign.id, channel="call",
            outcome="no_answer",
        )  # fmt: skip
    with pytest.raises(Forbidden):
        record_attempt(
            GATE, attempt_id=new_id(), community=COMMUNITY, household_id=homes[0].id, channel="call",
            outcome="no_answer",
        )  # fmt: skip


def test_what_was_done_before_the_close_still_counts(homes: list[Home]) -> None:
    before = clock.now() - dt.timedelta(seconds=1)
    round_ = open_round(OFFICE, community=COMMUNITY, at=clock.now() - dt.timedelta(minutes=1))
    close_round(OFFICE, round_id=round_.pk)
    reach(homes[0], made_at=before)
    assert the_round().households_reached == 1
    with pytest.raises(Refused) as refused:
        reach(homes[1], made_at=clock.now())
    assert refused.value.code == "round_closed"


def test_a_record_needs_an_id_that_tells_its_time(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    with pytest.raises(Refused) as refused:
        miss(homes[0], attempt_id=uuid4())
    assert refused.value.code == "attempt_id"


def test_without_a_round_nothing_is_recorded(homes: list[Home]) -> None:
    with pytest.raises(Refused) as refused:
        reach(homes[0])
    assert refused.value.code == "round_not_open"


@pytest.mark.parametrize("proxy", [False, True])
def test_a_self_report_taken_among_many_is_known_when_it_comes_again_as_one(
    homes: list[Home], proxy: bool
) -> None:
    open_round(OFFICE, community=COMMUNITY)
    who, report = homes[0].people[0], new_id()
    told = CheckedReading(who, Decimal("36.5"), ("cough",), fever=False)
    said = SelfReport(COMMUNITY, homes[0].id, report, AnsweredBy.RESIDENT, (told,), proxy)
    with inside():
        profiles = {COMMUNITY: profile_for(OFFICE, COMMUNITY)}
        assert take_self_reports(OFFICE, [said], profiles) == [Kept.STORED]

    def again(temperature: str) -> Recorded:
        return record_attempt(
            OFFICE, attempt_id=report, community=COMMUNITY, household_id=homes[0].id, channel="self",
            outcome="reached", answered_by="resident", proxy=proxy,
            readings=[ReadingInput(who, temperature, ["cough"])],
        )  # fmt: skip

    assert again("36.5").repeated
    with pytest.raises(Refused) as refused:
        again("36.6")
    assert refused.value.code == "attempt_changed"
    assert Attempt.objects.count() == 1
