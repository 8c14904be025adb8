"""A need told by any way is one request; told again it is the same; what the office does with it is done once."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest

from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, new_id, scope_as
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.supplies import queries
from shouwang.supplies.actions import (
    ask,
    decline_request,
    finish_request,
    reopen_request,
    split_off,
    take_need,
    take_request,
)
from shouwang.supplies.enums import RequestState
from shouwang.supplies.models import Request, Telling
from shouwang.supplies.rules.likeness import alike

CALLER = scope_as(Role.CALLER)


@dataclass(frozen=True)
class Told:
    community: int
    household_id: int
    source_id: UUID
    channel: str
    text: str
    told_at: dt.datetime


def told(home: Home, text: str, *, channel: str = "call", hours_ago: float = 0, **kept: object) -> Told:
    at = clock.now() - dt.timedelta(hours=hours_ago)
    return Told(**{"community": COMMUNITY, "household_id": home.id, "source_id": new_id(), "channel": channel,
                   "text": text, "told_at": at} | kept)  # fmt: skip


def asked(home: Home, text: str, scope: Scope = OFFICE, **kept: object) -> Request:
    given = {"source": "phone", "source_id": new_id(), "asked_at": None} | kept
    return ask(scope, community=COMMUNITY, household_id=home.id, text=text, **given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("降压药", "需要降压药一盒"),
        ("麻烦帮家里买点奶粉", "奶粉两罐。"),
        ("大米10斤", "要大米十斤"),
        ("降压药一盒", "降压药1盒！"),
        ("婴儿尿不湿L码", "需要婴儿尿不湿 L码，谢谢"),
    ],
)
def test_the_same_need_is_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("给爷爷买降压药", "给爷爷买降糖药"),
        ("大米10斤", "大米20斤"),
        ("要青菜", "不要青菜了"),
        ("米", "米线"),
        ("奶粉", "降压药"),
        ("", "奶粉"),
        ("买药", "买"),
    ],
)
def test_what_may_be_two_needs_is_not(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_a_need_told_in_a_round_is_a_request_once(homes: list[Home]) -> None:
    news = told(homes[0], "降压药快没了")
    for _ in range(3):
        take_need(CALLER, news)
    line = queries.requests_of(OFFICE, homes[0].id)
    assert [(one.request.text, one.request.state, len(one.tellings)) for one in line] == [
        ("降压药快没了", "open", 1)
    ]
    assert AuditEntry.objects.filter(verb="ask").count() == 1


def test_told_three_ways_it_is_one_with_three_sources(homes: list[Home]) -> None:
    take_need(CALLER, told(homes[0], "大米10斤", hours_ago=5))
    take_need(CALLER, told(homes[0], "要大米十斤", channel="visit", hours_ago=3))
    asked(homes[0], "请帮忙带大米", source="door")
    asked(homes[1], "大米10斤")
    asked(homes[0], "降压药")
    lines = {one.request.text: one for one in queries.requests_of(OFFICE, homes[0].id)}
    assert set(lines) == {"大米10斤", "降压药"}
    assert [one.source for one in lines["大米10斤"].tellings] == ["call", "visit", "door"]
    assert Request.objects.count() == 3


def test_what_is_long_ago_or_settled_is_not_joined(homes: list[Home]) -> None:
    take_need(CALLER, told(homes[0], "大米", hours_ago=24 * 3 + 1))
    second = asked(homes[0], "大米")
    assert Request.objects.count() == 2
    finish_request(OFFICE, request_id=second.pk)
    third = asked(homes[0], "大米")
    assert third.pk != second.pk
    assert third.state == RequestState.OPEN


def test_a_telling_can_be_split_off_and_then_stays_apart(homes: list[Home]) -> None:
    first = asked(homes[0], "大米")
    asked(homes[0], "大米，救命啊，叫不醒了", urgent=False)
    asked(homes[0], "要大米")
    first.refresh_from_db()
    joined = Telling.objects.filter(request=first).order_by("id")
    assert [one.text for one in joined] == ["大米", "要大米"]
    own = split_off(OFFICE, telling_id=joined[1].pk)
    assert split_off(OFFICE, telling_id=joined[1].pk).pk == own.pk
    assert own.text == "要大米"
    assert [len(line.tellings) for line in queries.requests_of(OFFICE, homes[0].id)] == [1, 1, 1]
    with pytest.raises(Refused, match="only once"):
        split_off(OFFICE, telling_id=Telling.objects.get(request=first).pk)


def test_an_emergency_is_urgent_and_stays_on_top(homes: list[Home]) -> None:
    asked(homes[0], "大米10斤")
    asked(homes[1], "胰岛素只剩最后一支，明天就断药")
    found = list(queries.requests(OFFICE, COMMUNITY))
    assert [one.urgent for one in found] == [True, False]
    assert queries.counts(OFFICE, COMMUNITY) == {"open": 2, "urgent": 1}


def test_taken_answered_and_done_each_once(homes: list[Home]) -> None:
    request = asked(homes[0], "大米10斤")
    other = scope_as(Role.OFFICE, actor=None)
    take_request(OFFICE, request_id=request.pk)
    at = take_request(other, request_id=request.pk).taken_at
    assert take_request(OFFICE, request_id=request.pk).taken_at == at
    done = finish_request(OFFICE, request_id=request.pk, answer="下午送到")
    assert finish_request(OFFICE, request_id=request.pk, answer="下午送到").settled_at == done.settled_at
    with pytest.raises(Refused, match="meanwhile"):
        decline_request(OFFICE, request_id=request.pk, answer="没有货")
    assert queries.requests_of(CALLER, homes[0].id)[0].request.answer == "下午送到"
    again = reopen_request(OFFICE, request_id=request.pk)
    assert (again.state, again.settled_at) == (RequestState.TAKEN, None)


def test_a_declined_need_says_why(homes: list[Home]) -> None:
    request = asked(homes[0], "大米10斤")
    with pytest.raises(Refused, match="why"):
        decline_request(OFFICE, request_id=request.pk, answer="  ")
    assert decline_request(OFFICE, request_id=request.pk, answer="店里没有了").state == RequestState.DECLINED


def test_who_may_what(homes: list[Home]) -> None:
    request = asked(homes[0], "大米10斤", CALLER)
    assert list(queries.requests(CALLER, COMMUNITY)) == [request]
    for stranger in (scope_as(Role.GATE_KEEPER), scope_as(Role.REPORTER)):
        with pytest.raises(Forbidden):
            asked(homes[0], "大米10斤", stranger)
        with pytest.raises(Forbidden):
            queries.requests(stranger, COMMUNITY)
    with pytest.raises(Forbidden):
        take_request(CALLER, request_id=request.pk)
    beside = scope_as(Role.OFFICE, ELSEWHERE)
    with acting(beside), pytest.raises(NotFound):
        take_request(beside, request_id=request.pk)


def test_bad_input_says_what_to_do(homes: list[Home]) -> None:
    with pytest.raises(Refused, match="Write down"):
        asked(homes[0], " ")
    with pytest.raises(Refused, match="too long"):
        asked(homes[0], "米" * 501)
    with pytest.raises(NotFound):
        ask(OFFICE, community=COMMUNITY, household_id=10**9, text="米", source="phone", source_id=None)


def test_what_was_said_is_found(homes: list[Home]) -> None:
    asked(homes[0], "孩子要退烧贴")
    asked(homes[1], "大米10斤")
    since = clock.now() - dt.timedelta(days=1)
    assert [one.request.text for one in queries.found_in(OFFICE, COMMUNITY, "退烧", since=since)] == [
        "孩子要退烧贴"
    ]
    assert queries.found_in(OFFICE, COMMUNITY, "%", since=since) == []
