"""Worth a call back: what stands out, who is rung again, and whether the answers agree."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest

from screening.test_attempts import miss, reach
from screening.world import CALLER, COMMUNITY, ELSEWHERE, OFFICE, Home, new_id, scope_as, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.uuid7 import mint
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.actions.call_backs import (
    add_call_backs,
    deny_call_back,
    draw_call_backs,
    drop_call_back,
)
from shouwang.screening.enums import CallBackState, Worth
from shouwang.screening.models import Attempt, CallBack, Reading, Round
from shouwang.screening.queries import honesty
from shouwang.screening.rules import ReadingInput
from shouwang.screening.rules.honesty import Entry, Maker, Told, compare, draw, worth_a_call_back

ZONE = dt.timezone(dt.timedelta(hours=8))
NOON = dt.datetime(2020, 2, 15, 12, tzinfo=ZONE)
ANNA, BERTA = Maker(1), Maker(None, "李梅")


def entries(
    number: int, seconds: float, *, maker: Maker = ANNA, start: dt.datetime = NOON, outcome: str = "reached",
    degrees: Sequence[str] | None = None, caseload: int | None = None,
) -> list[Entry]:  # fmt: skip
    """``number`` entries at different households, ``seconds`` apart; other temperatures each, unless told."""
    return [
        Entry(
            mint(start), at + 1, outcome, start + dt.timedelta(seconds=at * seconds), maker, caseload,
            tuple(Decimal(one) for one in degrees) if degrees else (Decimal("36.0") + Decimal(at % 9) / 10,),
        )
        for at in range(number)
    ]  # fmt: skip


def kinds(given: list[Entry]) -> list[tuple[Worth, int]]:
    return [(one.worth, len(one.entries)) for one in worth_a_call_back(given, ZONE)]


def test_an_ordinary_day_stands_out_nowhere() -> None:
    assert kinds(entries(60, 150) + entries(60, 150, maker=BERTA)) == []


@pytest.mark.parametrize(
    ("number", "seconds", "found"),
    [
        (20, 6, [(Worth.FAST, 20)]),
        (30, 6, [(Worth.FAST, 30)]),
        (19, 6, []),
        (20, 7, []),
    ],
)
def test_many_entries_within_minutes(number: int, seconds: int, found: list[tuple[Worth, int]]) -> None:
    assert kinds(entries(number, seconds)) == found


def test_two_makers_together_are_not_one() -> None:
    assert kinds(entries(12, 6) + entries(12, 6, maker=BERTA)) == []


def test_entries_in_a_row_that_say_the_same() -> None:
    assert kinds(entries(10, 200, degrees=["36.5"])) == [(Worth.ALIKE, 10)]
    assert kinds(entries(9, 200, degrees=["36.5"])) == []
    assert kinds(entries(20, 200, outcome="no_answer")) == []


def test_entries_at_night() -> None:
    night = NOON.replace(hour=23)
    assert kinds(entries(2, 60, start=night)) == [(Worth.NIGHT, 2)]
    assert kinds(entries(2, 60, start=NOON.replace(hour=6))) == []


def test_a_caseload_at_one_time() -> None:
    assert kinds(entries(15, 20, caseload=7)) == [(Worth.AT_ONCE, 15)]
    assert kinds(entries(15, 22, caseload=7)) == []
    assert kinds(entries(15, 20)) == []


def test_the_sample_is_a_share_of_each_caseload_and_can_be_drawn_again() -> None:
    given = (
        entries(200, 60, caseload=1)
        + entries(3, 60, caseload=2)
        + entries(9, 60, outcome="refused", caseload=3)
    )
    drawn = draw(given, seed="a")
    assert drawn == draw(list(reversed(given)), seed="a")
    assert drawn != draw(given, seed="b")
    assert sorted(one.caseload for one in drawn) == [1, 1, 1, 1, 2]
    assert len({(one.caseload, one.household) for one in drawn}) == 5


FINE = Told(Decimal("36.5"), frozenset(), False)


@pytest.mark.parametrize(
    ("second", "state"),
    [
        (FINE, CallBackState.AGREES),
        (Told(Decimal("36.8"), None, False), CallBackState.AGREES),
        (Told(Decimal("36.9"), frozenset(), False), CallBackState.DIFFERS),
        (Told(None, frozenset({"cough"}), False), CallBackState.DIFFERS),
        (Told(None, frozenset(), True), CallBackState.DIFFERS),
        (Told(None, None, False), CallBackState.AGREES),
    ],
)
def test_whether_two_answers_agree(second: Told, state: CallBackState) -> None:
    assert compare({1: FINE, 2: FINE}, {1: second}, reached=True) is state


def test_what_shows_nothing() -> None:
    assert compare({1: FINE}, {}, reached=False) is CallBackState.NOT_REACHED
    assert compare({1: FINE}, {2: FINE}, reached=True) is None


@pytest.fixture
def callers(homes: list[Home]) -> tuple[int, int]:
    """Two callers; the day's round is open and the first has reached two households."""
    one, other = (
        User.objects.create(username=name, display_name=name, created_at=clock.now())
        for name in ("anna", "berta")
    )
    open_round(OFFICE, community=COMMUNITY)
    for home in homes[:2]:
        call(one.pk, home)
    return one.pk, other.pk


def call(who: int, home: Home, temperature: str = "36.5", outcome: str = "reached") -> None:
    reached = outcome == "reached"
    record_attempt(
        scope_as(Role.CALLER, actor=who), attempt_id=new_id(), community=COMMUNITY, household_id=home.id,
        channel="call", outcome=outcome, answered_by="resident" if reached else None,
        readings=[ReadingInput(person, temperature, []) for person in home.people] if reached else [],
    )  # fmt: skip


def attempts_at(*homes: Home) -> list[object]:
    return list(
        Attempt.objects.filter(household__in=[home.id for home in homes]).values_list("id", flat=True)
    )


def put(*homes: Home) -> int:
    return add_call_backs(OFFICE, community=COMMUNITY, day=clock.today(), attempts=attempts_at(*homes))


def the_only() -> CallBack:
    return CallBack.objects.get()


def test_somebody_else_rings_again_and_it_is_compared_by_itself(
    homes: list[Home], callers: tuple[int, int]
) -> None:
    one, other = callers
    assert put(homes[0]) == 1
    assert put(homes[0]) == 0
    call(one, homes[0])
    assert the_only().state == CallBackState.OPEN
    call(other, homes[0], "36.7")
    assert (the_only().state, the_only().settled_by_id) == (CallBackState.AGREES, other)
    call(other, homes[0], "39.0")
    assert the_only().state == CallBackState.AGREES
    agreed = honesty.agreement(OFFICE, COMMUNITY, clock.today(), clock.today())
    assert agreed.all == agreed.by_channel["call"] == agreed.by_maker["anna"] == honesty.Agreement(agrees=1)


def test_another_answer_differs_and_no_answer_is_not_reached(
    homes: list[Home], callers: tuple[int, int]
) -> None:
    put(*homes[:2])
    call(callers[1], homes[0], "37.9")
    call(callers[1], homes[1], outcome="no_answer")
    agreed = honesty.agreement(OFFICE, COMMUNITY, clock.today(), clock.today())
    assert agreed.all == honesty.Agreement(differs=1, not_reached=1)
    assert agreed.all.compared == 1


def test_the_household_may_say_that_nobody_rang(homes: list[Home], callers: tuple[int, int]) -> None:
    put(homes[0])
    with pytest.raises(Refused, match="your own entry"):
        deny_call_back(scope_as(Role.CALLER, actor=callers[0]), call_back_id=the_only().pk)
    deny_call_back(scope_as(Role.CALLER, actor=callers[1]), call_back_id=the_only().pk)
    assert the_only().state == CallBackState.DIFFERS


def test_a_caller_sees_what_she_may_ring(homes: list[Home], callers: tuple[int, int]) -> None:
    put(homes[0])
    seen = [
        len(honesty.call_backs(scope_as(Role.CALLER, actor=who), COMMUNITY, clock.today(), clock.today()))
        for who in callers
    ]
    assert seen == [0, 1]
    with pytest.raises(Forbidden):
        honesty.worth(CALLER, COMMUNITY, clock.today())


def test_the_sample_is_drawn_once_a_day(homes: list[Home], callers: tuple[int, int]) -> None:
    assert draw_call_backs(OFFICE, community=COMMUNITY, day=clock.today()) == 1
    assert draw_call_backs(OFFICE, community=COMMUNITY, day=clock.today()) == 0
    assert the_only().why == Worth.SAMPLE
    drop_call_back(OFFICE, call_back_id=the_only().pk)
    assert the_only().state == CallBackState.DROPPED
    with pytest.raises(Refused):
        draw_call_backs(OFFICE, community=COMMUNITY, day=clock.today(), share=0)


def test_an_attempt_of_elsewhere_cannot_be_added(homes: list[Home], callers: tuple[int, int]) -> None:
    with pytest.raises(NotFound):
        add_call_backs(OFFICE, community=COMMUNITY, day=clock.today(), attempts=[new_id()])
    with pytest.raises(Forbidden):
        add_call_backs(OFFICE, community=ELSEWHERE, day=clock.today(), attempts=attempts_at(homes[0]))


def test_what_was_corrected_does_not_stand_out(homes: list[Home]) -> None:
    many = settle([1] * 10)
    open_round(OFFICE, community=COMMUNITY)
    said = [reach(home) for home in many]
    assert [one.worth for one in honesty.worth(OFFICE, COMMUNITY, clock.today()) if one.worth == Worth.ALIKE]
    miss(many[0], corrects=said[0].attempt_id)  # type: ignore[attr-defined]
    assert not [one for one in honesty.worth(OFFICE, COMMUNITY, clock.today()) if one.worth == Worth.ALIKE]


def test_a_temperature_that_stands_still(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    today, still, moving = clock.today(), homes[1], homes[0]
    for back in range(5):
        day = today - dt.timedelta(days=back)
        round_ = Round.objects.filter(community=COMMUNITY, day=day).first() or Round.objects.create(
            community=COMMUNITY, day=day, opened_at=clock.now(), closed_at=clock.now(), households_due=3,
            residents_due=6, updated_at=clock.now(),
        )  # fmt: skip
        for home, degrees in ((still, "36.5"), (moving, f"36.{back}")):
            Reading.objects.bulk_create(
                Reading(
                    community=COMMUNITY, id=new_id(), round=round_.pk, day=day, household=home.id, resident=person,
                    source="call", source_id=new_id(), temperature=Decimal(degrees), made_at=clock.now(),
                    received_at=clock.now(),
                )
                for person in home.people
            )  # fmt: skip
    found = honesty.still(OFFICE, COMMUNITY, today)
    assert [(one.household, one.people, one.degrees) for one in found] == [(still.id, 1, (Decimal("36.5"),))]
    assert honesty.still(OFFICE, COMMUNITY, today - dt.timedelta(days=1)) == []
