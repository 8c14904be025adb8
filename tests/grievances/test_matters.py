"""On the list by the day it must be answered; an office does not settle what is said against it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest

from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, new_id, scope_as
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.grievances import queries
from shouwang.grievances.actions import (
    complain,
    may_settle,
    reopen_matter,
    settle_matter,
    take_matter,
    take_trouble,
)
from shouwang.grievances.enums import MatterKind, MatterState
from shouwang.grievances.models import Matter
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope

CALLER = scope_as(Role.CALLER)
TOWN = Scope(None, "town", (GrantedRange(429006001000, 429006001999, PERMISSIONS[Role.TOWN], Role.TOWN),))


@dataclass(frozen=True)
class Told:
    community: int
    household_id: int
    source_id: UUID
    channel: str
    text: str
    told_at: dt.datetime


def told(home: Home, text: str, *, days_ago: float = 0) -> Told:
    return Told(COMMUNITY, home.id, new_id(), "call", text, clock.now() - dt.timedelta(days=days_ago))


def complained(home: Home | None, text: str, **kept: object) -> Matter:
    given = {"kind": "complaint", "source": "phone", "source_id": new_id()} | kept
    return complain(OFFICE, community=COMMUNITY, household_id=home and home.id, text=text, **given)


def test_trouble_told_in_a_round_comes_once(homes: list[Home]) -> None:
    news = told(homes[0], "和楼上为漏水吵起来")
    for _ in range(3):
        take_trouble(CALLER, news)
    [matter] = queries.matters(OFFICE, COMMUNITY, COMMUNITY)
    assert (matter.kind, matter.state, matter.source) == (MatterKind.TROUBLE, MatterState.OPEN, "call")
    assert matter.answer_by == clock.today() + dt.timedelta(days=3)
    assert AuditEntry.objects.filter(verb="complain").count() == 1


def test_the_overdue_float_up(homes: list[Home]) -> None:
    take_trouble(CALLER, told(homes[0], "今天的"))
    take_trouble(CALLER, told(homes[1], "五天前的", days_ago=5))
    complained(homes[2], "昨天的", told_at=clock.now() - dt.timedelta(days=1))
    found = [one.text for one in queries.matters(OFFICE, COMMUNITY, COMMUNITY)]
    assert found == ["五天前的", "昨天的", "今天的"]
    assert queries.waiting_in(TOWN, *TOWN.ranges()[0], today=clock.today()) == {COMMUNITY: (3, 1)}


def test_nobody_named_and_no_text(homes: list[Home]) -> None:
    matter = complained(None, "有人倒卖口罩", kind="tip")
    assert matter.household is None
    with pytest.raises(Refused, match="Write down what happened"):
        complained(None, " ")
    with pytest.raises(Refused, match="too long"):
        complained(None, "吵" * 501)
    with pytest.raises(NotFound):
        complain(
            OFFICE,
            community=COMMUNITY,
            household_id=10**9,
            kind="tip",
            text="x",
            source="door",
            source_id=None,
        )


def test_settled_once_and_the_household_reads_it(homes: list[Home]) -> None:
    matter = complained(homes[0], "没人管垃圾")
    with pytest.raises(Refused, match="what came of it"):
        settle_matter(OFFICE, matter_id=matter.pk, answer="")
    taken = take_matter(OFFICE, matter_id=matter.pk)
    assert take_matter(TOWN, matter_id=matter.pk).taken_at == taken.taken_at
    first = settle_matter(OFFICE, matter_id=matter.pk, answer="已清运")
    assert settle_matter(TOWN, matter_id=matter.pk, answer="已清运").settled_at == first.settled_at
    with pytest.raises(Refused, match="meanwhile"):
        settle_matter(TOWN, matter_id=matter.pk, answer="别的")
    assert [one.answer for one in queries.matters_of(OFFICE, homes[0].id)] == ["已清运"]
    assert reopen_matter(OFFICE, matter_id=matter.pk).state == MatterState.TAKEN


def test_what_is_against_the_office_is_the_towns(homes: list[Home]) -> None:
    matter = complained(homes[0], "社区不接电话", about_office=True)
    assert matter in queries.matters(OFFICE, COMMUNITY, COMMUNITY)
    assert (may_settle(OFFICE, matter), may_settle(TOWN, matter)) == (False, True)
    for act in (take_matter, lambda scope, matter_id: settle_matter(scope, matter_id=matter_id, answer="好")):
        with pytest.raises(Forbidden):
            act(OFFICE, matter_id=matter.pk)
    assert settle_matter(TOWN, matter_id=matter.pk, answer="已核实，致歉").state == MatterState.SETTLED


def test_who_sees_none_of_it(homes: list[Home]) -> None:
    matter = complained(homes[0], "x")
    for role in (Role.CALLER, Role.GATE_KEEPER, Role.REPORTER):
        scope = scope_as(role)
        with pytest.raises(Forbidden):
            queries.matters(scope, COMMUNITY, COMMUNITY)
        with pytest.raises(Forbidden):
            queries.matter(scope, matter.pk)
        with pytest.raises(Forbidden):
            take_matter(scope, matter_id=matter.pk)
        assert queries.waiting_count(scope) == 0
    beside = scope_as(Role.OFFICE, ELSEWHERE)
    with acting(beside), pytest.raises(NotFound):
        take_matter(beside, matter_id=matter.pk)
    assert queries.waiting_count(OFFICE) == 1


def test_what_was_said_is_found(homes: list[Home]) -> None:
    complained(homes[0], "楼上深夜拖家具")
    settle_matter(OFFICE, matter_id=complained(homes[1], "停水").pk, answer="水管已修，家具厂赔偿")
    since = clock.now() - dt.timedelta(days=1)
    assert len(queries.found_in(OFFICE, COMMUNITY, COMMUNITY, "家具", since=since)) == 2
    assert queries.found_in(OFFICE, COMMUNITY, COMMUNITY, "_", since=since) == []
