"""Attempts that phones send: kept as they are, counted once, in the round of their day."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.config.wiring import HANDLERS
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident
from shouwang.screening.actions import close_round, open_round
from shouwang.screening.actions.sent_attempts import take_attempts
from shouwang.screening.events import ArrivalTold, FeverFound, NeedTold, PresenceTold, TroubleTold
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.queries.effective import kept, recount
from shouwang.sync.actions import connect
from shouwang.sync.queries.here import device_scope
from shouwang.sync.rules.batch import Poison, read_record
from shouwang.sync.rules.records import DeviceHere, Sent
from shouwang.sync.sealing import seal

PHONE = DeviceHere(7, uuid4(), COMMUNITY, None, "李红的手机", 3)
OTHER = DeviceHere(8, uuid4(), COMMUNITY, None, "王姐的手机", 4)


def body(home: Home, *people: int, **changes: Any) -> dict[str, Any]:
    said = {
        "household": home.id, "channel": "call", "outcome": "reached", "answered_by": "resident",
        "readings": [{"resident": one, "temperature": "36.5", "symptoms": []} for one in people or home.people],
    }  # fmt: skip
    return said | changes


def sent(said: dict[str, Any], *, made_at: dt.datetime | None = None, record: UUID | None = None) -> Sent:
    at = (made_at or clock.now()).isoformat()
    raw = {
        "id": str(record or new_id()), "kind": "attempt", "seq": 1, "made_at": at, "clock": at, "keeper": "李红",
        "body": said,
    }  # fmt: skip
    read = read_record(raw, received_at=clock.now(), kinds={"attempt"})
    assert not isinstance(read, Poison), read.code
    return read


def take(*records: Sent, device: DeviceHere = PHONE) -> list[tuple[str, str]]:
    answers = take_attempts(device_scope(device), device, list(records))
    return [(str(answer.outcome), answer.code) for answer in answers]


def the_round(day: dt.date | None = None) -> Round:
    return Round.objects.get(community=COMMUNITY, **({"day": day} if day else {}))


@pytest.fixture
def news() -> Iterator[list[Any]]:
    """What is told, beside whoever acts on it."""
    told: list[Any] = []
    listening = (NeedTold, TroubleTold, FeverFound, ArrivalTold, PresenceTold)
    connect(
        {**HANDLERS, **{kind: (*HANDLERS[kind], lambda _, event: told.append(event)) for kind in listening}}
    )
    yield told
    connect(HANDLERS)


def test_an_attempt_is_kept_with_who_made_it_and_counts(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    record = sent(body(homes[0], needs="降压药", remarks="下午再打", proxy=True, channel="self"))
    assert take(record) == [("stored", "")]
    kept_row = Attempt.objects.get(id=record.id)
    assert (kept_row.keeper, kept_row.device, kept_row.needs, kept_row.proxy) == ("李红", 7, "降压药", True)
    assert (the_round().households_reached, the_round().residents_reached, the_round().attempts) == (1, 3, 1)
    assert kept(the_round()) == recount(the_round())


def test_the_same_record_again_is_a_duplicate_and_other_content_a_conflict(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    arrival = {
        "name": "王强",
        "id_number": seal("11010519491231002X"),
        "phone": "",
        "origin": "武汉",
        "to_stay": True,
    }
    said, moment = body(homes[0], arrivals=[arrival]), clock.now()
    record = sent(said, made_at=moment)
    assert take(record) == [("stored", "")]
    assert take(record) == [("duplicate", "")]
    other = sent(said | {"arrivals": [arrival | {"name": "王刚"}]}, made_at=moment, record=record.id)
    assert take(other) == [("conflict", "attempt_changed")]
    assert the_round().attempts == 1


def test_the_first_call_of_the_day_opens_its_round(homes: list[Home]) -> None:
    assert take(sent(body(homes[0])), sent(body(homes[1]))) == [("stored", "")] * 2
    assert (the_round().day, the_round().households_reached) == (clock.today(), 2)


def test_what_was_done_after_the_round_was_closed_counts_in_the_round_of_its_day(homes: list[Home]) -> None:
    round_ = open_round(OFFICE, community=COMMUNITY)
    close_round(OFFICE, round_id=round_.pk)
    assert take(sent(body(homes[0]))) == [("stored", "")]
    assert the_round().households_reached == 1
    assert kept(the_round()) == recount(the_round())


def test_a_call_of_a_past_day_counts_there_days_later(homes: list[Home]) -> None:
    past = clock.now() - dt.timedelta(days=3)
    open_round(OFFICE, community=COMMUNITY, day=timezone.localdate(past), at=past)
    open_round(OFFICE, community=COMMUNITY)
    assert take(sent(body(homes[0]), made_at=past)) == [("stored", "")]
    assert the_round(timezone.localdate(past)).residents_reached == 3
    assert the_round(clock.today()).residents_reached == 0


def test_a_past_day_without_a_round_is_set_aside(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    past = clock.now() - dt.timedelta(days=3)
    assert take(sent(body(homes[0]), made_at=past), sent(body(homes[1]))) == [
        ("quarantined", "round_not_open"),
        ("stored", ""),
    ]


def test_people_of_a_household_that_was_merged_count_where_they_are_due(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    Resident.objects.filter(household=homes[1].id).update(household=homes[2].id)
    Household.objects.filter(pk=homes[1].id).update(active=False)
    assert take(sent(body(homes[1]))) == [("stored", "")]
    assert the_round().residents_reached == 1
    assert kept(the_round()) == recount(the_round())


def test_somebody_who_has_moved_in_since_is_due_where_she_lives(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    (later,) = settle([1])
    assert take(sent(body(homes[0], *homes[0].people, *later.people))) == [("stored", "")]
    assert (the_round().residents_due, the_round().residents_reached) == (7, 4)
    assert set(Reading.objects.values_list("household", flat=True)) == {homes[0].id, later.id}
    assert kept(the_round()) == recount(the_round())


def test_two_callers_at_one_household_are_both_kept_and_its_people_count_once(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    assert take(sent(body(homes[0]))) == [("stored", "")]
    assert take(sent(body(homes[0])), device=OTHER) == [("stored", "")]
    assert (the_round().attempts, the_round().residents_reached) == (2, 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"household": 10**9}, "household_unknown"),
        ({"household": "12"}, "attempt_form"),
        ({"outcome": "fine"}, "attempt_form"),
        ({"readings": [{"resident": 10**9, "temperature": "36.5"}]}, "resident_unknown"),
        ({"readings": []}, "reached_without_readings"),
        ({"outcome": "no_answer", "answered_by": None}, "unreached_with_readings"),
        ({"arrivals": [{"name": "王强", "phone": "AQID"}]}, "sealing"),
        ({"arrivals": [{"name": ""}]}, "arrival_name"),
        ({"presence": [{"resident": 10**9, "now": "away"}]}, "resident_unknown"),
        ({"proxy": "yes"}, "attempt_form"),
        ({"corrects": "that one"}, "attempt_form"),
    ],
)
def test_what_makes_no_sense_is_set_aside_and_holds_up_nobody(
    homes: list[Home], change: dict[str, Any], code: str
) -> None:
    open_round(OFFICE, community=COMMUNITY)
    assert take(sent(body(homes[0], **change)), sent(body(homes[1]))) == [
        ("quarantined", code),
        ("stored", ""),
    ]
    assert the_round().attempts == 1


def test_no_household_of_another_community(homes: list[Home]) -> None:
    with inside():
        (stranger,) = settle([1], community=ELSEWHERE, compound="别处")
    open_round(OFFICE, community=COMMUNITY)
    assert take(sent(body(stranger))) == [("quarantined", "household_unknown")]
    assert take(sent(body(homes[0], *stranger.people))) == [("quarantined", "resident_unknown")]


def test_a_phone_without_a_caseload_calls_nobody(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    gate = DeviceHere(9, uuid4(), COMMUNITY, 1, "东门")
    answers = take_attempts(device_scope(PHONE), gate, [sent(body(homes[0]))])
    assert [answer.code for answer in answers] == ["not_a_callers_phone"]


def test_a_correction_replaces_and_keeps_the_moment_of_what_it_corrects(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    morning = clock.now() - dt.timedelta(minutes=1)
    first = sent(body(homes[0]), made_at=morning)
    second = sent(body(homes[0], corrects=str(first.id), outcome="no_answer", answered_by=None, readings=[]))
    assert take(first, second) == [("stored", "")] * 2
    assert (the_round().residents_reached, the_round().attempts) == (0, 1)
    assert Attempt.objects.get(id=second.id).made_at == morning
    third = sent(body(homes[0], corrects=str(first.id)))
    assert take(third, device=OTHER) == [("stored", "")]
    assert Attempt.objects.get(id=third.id).corrects == second.id
    assert the_round().residents_reached == 3
    assert kept(the_round()) == recount(the_round())


def test_a_symptom_that_the_checklist_no_longer_has_was_said_all_the_same(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told = [{"resident": homes[1].people[0], "temperature": None, "symptoms": ["headache"]}]
    assert take(sent(body(homes[1], readings=told))) == [("stored", "")]
    assert Reading.objects.get().symptoms == ["headache"]


def test_what_it_tells_is_told_once(homes: list[Home], news: list[Any]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    ill, short_of_breath, well = homes[0].people
    said = body(
        homes[0],
        readings=[
            {"resident": ill, "temperature": "38.2", "symptoms": None},
            {"resident": short_of_breath, "temperature": "36.4", "symptoms": ["breathless"]},
            {"resident": well, "temperature": "36.4", "symptoms": ["cough"]},
        ],
        needs="胰岛素",
        trouble="楼上漏水",
        arrivals=[{"name": "王强", "id_number": seal("1234"), "origin": "武汉", "arrived_on": "2020-02-18"}],
        presence=[{"resident": well, "now": "away"}],
    )  # fmt: skip
    record = sent(said)
    take(record)
    take(record)
    assert [type(event) for event in news] == [
        FeverFound, FeverFound, NeedTold, TroubleTold, ArrivalTold, PresenceTold,
    ]  # fmt: skip
    assert {event.resident_id for event in news[:2]} == {ill, short_of_breath}
    assert (news[2].text, news[2].source_id, news[3].text) == ("胰岛素", record.id, "楼上漏水")
    assert (news[4].arrivals[0].name, news[4].arrivals[0].id_number) == ("王强", "1234")
    assert (news[5].resident_id, news[5].now) == (well, "away")
    again = sent(
        said | {"corrects": str(record.id), "trouble": "楼上漏水，还吵", "arrivals": [], "presence": []}
    )
    news.clear()
    take(again)
    assert [type(event) for event in news if not isinstance(event, FeverFound)] == [TroubleTold]


def test_five_hundred_at_once_ask_as_much_as_five(
    homes: list[Home], django_assert_max_num_queries: Any
) -> None:
    many = settle([1] * 500)
    Resident.objects.filter(household__in=[home.id for home in many]).update(presence=Presence.PRESENT)
    open_round(OFFICE, community=COMMUNITY)
    with django_assert_max_num_queries(30):
        assert set(take(*[sent(body(home)) for home in many])) == {("stored", "")}
    assert the_round().residents_reached == 500
