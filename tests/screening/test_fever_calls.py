"""A fever is on the list once, until somebody has taken it and said how it ended."""

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from access.people import user_with
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, new_id, scope_as
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.people.enums import WatchReason
from shouwang.people.models import Watch
from shouwang.screening.actions import correct_reading, open_round, record_attempt
from shouwang.screening.actions.fever_calls import end_fever_call, take_fever, take_fever_call
from shouwang.screening.enums import Channel, FeverEnd
from shouwang.screening.events import FeverFound
from shouwang.screening.models import FeverCall
from shouwang.screening.queries.fever_calls import FeverLine, Times, fever_calls, times, untaken
from shouwang.screening.rules import ReadingInput
from shouwang.sync.actions import publish

CITY = (429006000000, 429006999999)
CALLER = scope_as(Role.CALLER)
TOWN = Scope(None, "town", (GrantedRange(429006001000, 429006001999, PERMISSIONS[Role.TOWN], Role.TOWN),))


def found(home: Home, degrees: str | None = "38.2", *, at: int = 0, minutes_ago: int = 0) -> FeverFound:
    return FeverFound(
        COMMUNITY, home.id, home.people[at], new_id(), Decimal(degrees) if degrees else None, ("cough",),
        Channel.CALL, clock.now() - dt.timedelta(minutes=minutes_ago),
    )  # fmt: skip


def listed(scope: Scope = OFFICE, **kept: object) -> list[FeverLine]:
    given = {"first": COMMUNITY, "last": COMMUNITY, "day": clock.today(), "still_open": True} | kept
    return fever_calls(scope, given["first"], given["last"], given["day"], still_open=given["still_open"])


def told(home: Home, degrees: str, **kept: object) -> None:
    record_attempt(
        CALLER, attempt_id=new_id(), household_id=home.id, channel="call", outcome="reached", community=COMMUNITY,
        answered_by="resident", readings=[ReadingInput(home.people[0], degrees)], **kept,
    )  # fmt: skip


def test_news_of_a_fever_comes_once(homes: list[Home]) -> None:
    news = found(homes[0])
    for _ in range(3):
        publish(CALLER, news)
    publish(CALLER, found(homes[0], "38.9"))
    publish(CALLER, found(homes[0], at=1))
    [first, second] = listed()
    assert {first.call.resident, second.call.resident} == set(homes[0].people[:2])
    assert FeverCall.objects.count() == 2


def test_a_call_with_a_fever_stands_on_the_list(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told(homes[0], "36.5")
    assert listed() == []
    told(homes[0], "38.4")
    [line] = listed()
    assert (line.call.temperature, line.call.source, line.waits) == (Decimal("38.4"), "call", True)
    told(homes[0], "39.1")
    [line] = listed()
    assert (line.call.temperature, line.again) == (Decimal("38.4"), Decimal("39.1"))


def test_the_untaken_stand_on_top_the_longest_wait_first(homes: list[Home]) -> None:
    for at, minutes in ((0, 10), (1, 50)):
        take_fever(CALLER, found(homes[0], at=at, minutes_ago=minutes))
    take_fever(CALLER, found(homes[1], minutes_ago=90))
    take_fever_call(OFFICE, call_id=FeverCall.objects.get(resident=homes[1].people[0]).pk)
    assert [line.call.resident for line in listed()] == [
        homes[0].people[1],
        homes[0].people[0],
        homes[1].people[0],
    ]
    assert untaken(OFFICE) == 2
    assert untaken(CALLER) == untaken(scope_as(Role.REPORTER)) == untaken(Scope.nobody()) == 0


def test_taken_once_and_ended_once(homes: list[Home]) -> None:
    take_fever(CALLER, found(homes[0]))
    call = FeverCall.objects.get()
    at = take_fever_call(OFFICE, call_id=call.pk).taken_at
    assert take_fever_call(TOWN, call_id=call.pk).taken_at == at
    with pytest.raises(Refused, match="which hospital"):
        end_fever_call(OFFICE, call_id=call.pk, end="hospital")
    ended = end_fever_call(OFFICE, call_id=call.pk, end="hospital", where_to="市第一人民医院")
    again = end_fever_call(TOWN, call_id=call.pk, end="hospital", where_to="市第一人民医院")
    assert again.ended_at == ended.ended_at
    with pytest.raises(Refused, match="meanwhile"):
        end_fever_call(TOWN, call_id=call.pk, end="mistake")
    verbs = AuditEntry.objects.filter(subject_kind="fever_call").values_list("verb", flat=True)
    assert sorted(verbs) == ["end_fever_call", "take_fever_call"]
    assert untaken(OFFICE) == 0


def test_home_is_under_watch_twice_a_day(homes: list[Home]) -> None:
    take_fever(CALLER, found(homes[0]))
    call = end_fever_call(TOWN, call_id=FeverCall.objects.get().pk, end=FeverEnd.HOME)
    assert call.taken_at == call.ended_at
    watch = Watch.objects.get()
    assert (watch.resident, watch.reason, watch.twice_daily) == (homes[0].people[0], WatchReason.FEVER, True)
    assert (watch.from_day, watch.until_day) == (clock.today(), clock.today() + dt.timedelta(days=13))


def test_what_was_measured_before_the_end_belongs_to_it(homes: list[Home]) -> None:
    take_fever(CALLER, found(homes[0], minutes_ago=60))
    end_fever_call(OFFICE, call_id=FeverCall.objects.get().pk, end="mistake")
    take_fever(CALLER, found(homes[0], minutes_ago=30))  # a phone sends it late
    assert FeverCall.objects.count() == 1
    take_fever(CALLER, found(homes[0]))
    assert FeverCall.objects.filter(ended_at=None).count() == 1


def test_a_corrected_reading_marks_it(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told(homes[0], "38.4")
    [line] = listed()
    correct_reading(OFFICE, community=COMMUNITY, reading_id=line.call.reading, temperature="36.4")
    [line] = listed()
    assert (line.withdrawn, line.waits, untaken(OFFICE)) == (True, False, 0)
    told(homes[0], "38.0")
    [line] = listed()
    assert (line.withdrawn, line.waits, line.again) == (False, True, Decimal("38.0"))


def test_a_fever_corrected_to_another_fever_still_waits(homes: list[Home]) -> None:
    open_round(OFFICE, community=COMMUNITY)
    told(homes[0], "38.4")
    [line] = listed()
    correct_reading(OFFICE, community=COMMUNITY, reading_id=line.call.reading, temperature="37.9")
    [line] = listed()
    assert line.waits
    assert FeverCall.objects.count() == 1


def test_an_open_one_stands_there_tomorrow(homes: list[Home]) -> None:
    take_fever(CALLER, found(homes[0], minutes_ago=24 * 60))
    assert len(listed()) == 1
    assert listed(still_open=False) == []
    assert len(listed(day=clock.today() - dt.timedelta(days=1), still_open=False)) == 1


def test_who_sees_and_who_takes(homes: list[Home]) -> None:
    take_fever(CALLER, found(homes[0]))
    call = FeverCall.objects.get()
    everybody = Scope(None, "hq", (GrantedRange(*CITY, PERMISSIONS[Role.HEADQUARTERS], Role.HEADQUARTERS),))
    for scope in (OFFICE, TOWN, everybody, scope_as(Role.REPORTER)):
        assert len(listed(scope)) == 1
    for role in (Role.CALLER, Role.GATE_KEEPER):
        with pytest.raises(Forbidden):
            listed(scope_as(role))
    for role in (Role.CALLER, Role.GATE_KEEPER, Role.REPORTER):
        with pytest.raises(Forbidden):
            take_fever_call(scope_as(role), call_id=call.pk)
    beside = scope_as(Role.OFFICE, ELSEWHERE)
    with acting(beside), pytest.raises(NotFound):
        take_fever_call(beside, call_id=call.pk)
    assert untaken(everybody) == 1


def test_the_medians_of_a_day(homes: list[Home]) -> None:
    now = clock.now()
    for at, (taken, ended) in enumerate(((10, 40), (30, None), (None, None))):
        call = FeverCall.objects.create(
            community=COMMUNITY, household=homes[0].id, resident=homes[0].people[at], reading=new_id(), source="call",
            day=clock.today(), found_at=now,
        )  # fmt: skip
        for field, minutes in (("taken_at", taken), ("ended_at", ended)):
            if minutes:
                setattr(call, field, now + dt.timedelta(minutes=minutes))
        call.save()
    expected = Times(found=3, taken=2, ended=1, to_taken=20.0, to_ended=40.0)
    assert times(OFFICE, COMMUNITY, COMMUNITY, clock.today(), span=1) == {COMMUNITY: expected}
    assert times(TOWN, 429006001000, 429006001999, clock.today(), span=1000) == {429006001000: expected}


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once() -> None:
    from screening.world import settle

    with inside():
        [home] = settle([1])
        take_fever(CALLER, found(home))
        call = FeverCall.objects.get()
    users = [user_with([(Role.OFFICE, COMMUNITY)], username=name) for name in ("wang.min", "li.na")]
    ready, seen = Barrier(2), []

    def take(actor: int) -> None:
        try:
            scope = scope_as(Role.OFFICE, actor=actor)
            with acting(scope):
                ready.wait()
                seen.append(take_fever_call(scope, call_id=call.pk).taken_by_id)
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=[user.pk]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 2
    assert len(set(seen)) == 1
    with inside():
        assert FeverCall.objects.get().taken_by_id == seen[0]
        assert AuditEntry.objects.filter(verb="take_fever_call").count() == 1
    connection.close()


@pytest.mark.django_db
def test_the_page_shows_takes_and_ends(sign_in, places: list[Home]) -> None:
    with inside():
        take_fever(CALLER, found(places[0], minutes_ago=45))
        call = FeverCall.objects.get()
    client: Client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    url = reverse("screening:fevers", args=[COMMUNITY])
    page = client.get(url).content.decode()
    assert "data-passed=" in page
    assert "badge danger" in page
    assert "138****1234" in page
    hx = {"HX-Request": "true"}
    part = client.post(
        reverse("screening:fever_take", args=[COMMUNITY, call.pk]), headers=hx
    ).content.decode()
    assert "data-passed=" not in part
    wrong = client.post(reverse("screening:fever_end", args=[COMMUNITY, call.pk]), {"end": ""})
    assert wrong.status_code == 422
    form = {"end": "hospital", "where_to": "市第一人民医院"}
    part = client.post(reverse("screening:fever_end", args=[COMMUNITY, call.pk]), form, headers=hx)
    assert "市第一人民医院" in part.content.decode()
    reporter: Client = sign_in(user_with([(Role.REPORTER, COMMUNITY)], username="reporter"))
    page = reporter.get(url).content.decode()
    assert "138****1234" not in page
    assert "fever_take" not in page
    assert reverse("screening:fever_take", args=[COMMUNITY, call.pk]) not in page
