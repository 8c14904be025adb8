"""Caseloads: one owner a household, who may change them, and what follows when people come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from screening.world import CALLER, COMMUNITY, ELSEWHERE, GATE, OFFICE, SYSTEM, scope_as, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.people.events import HouseholdsMerged, HouseholdSplit, RosterChanged
from shouwang.people.models import Household
from shouwang.workforce import actions
from shouwang.workforce.models import Assignment, Caseload
from shouwang.workforce.queries import assigned, caseload_of, caseloads, households_of, owners

if TYPE_CHECKING:
    from screening.world import Home

pytestmark = pytest.mark.django_db


def made(name: str = "", **who: object) -> Caseload:
    return actions.make_caseload(OFFICE, community=COMMUNITY, name=name, **who)  # type: ignore[arg-type]


def move(homes: list[Home], to: Caseload | None) -> int:
    return actions.move_households(
        OFFICE, community=COMMUNITY, household_ids=[one.id for one in homes], caseload_id=to and to.pk
    )


def test_a_household_has_one_owner(homes: list[Home]) -> None:
    one, other = made(caller_name="王姐"), made(caller_name="李哥")
    assert move(homes[:5], one) == 5
    assert move(homes[3:8], other) == 5
    assert households_of(OFFICE, one.pk) == [home.id for home in homes[:3]]
    assert owners(OFFICE, COMMUNITY)[homes[4].id].caller_name == "李哥"
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.bulk_create(
            [Assignment(household=homes[0].id, community=COMMUNITY, caseload=other, since=clock.now())]
        )


def test_moving_twice_changes_nothing(homes: list[Home]) -> None:
    one = made(caller_name="王姐")
    move(homes[:2], one)
    since = Assignment.objects.get(household=homes[0].id).since
    assert move(homes[:2], one) == 0
    assert Assignment.objects.get(household=homes[0].id).since == since


def test_without_a_caller_households_are_nobodys(homes: list[Home]) -> None:
    one = made(caller_name="王姐")
    move(homes[:3], one)
    actions.set_caller(OFFICE, caseload_id=one.pk)
    assert owners(OFFICE, COMMUNITY) == {}
    assert caseload_of(OFFICE, homes[0].id) is None
    assert len(households_of(OFFICE, one.pk)) == 3  # they stay together
    actions.set_caller(OFFICE, caseload_id=one.pk, caller_name="赵姨")
    assert {owner.caller_name for owner in owners(OFFICE, COMMUNITY).values()} == {"赵姨"}


def test_an_account_must_be_allowed_to_call_here(homes: list[Home]) -> None:
    one = made()
    stranger = User.objects.create(username="stranger", created_at=clock.now())
    with pytest.raises(Refused, match="may not record calls"):
        actions.set_caller(OFFICE, caseload_id=one.pk, caller_id=stranger.pk)
    with pytest.raises(Refused, match="not both"):
        actions.set_caller(OFFICE, caseload_id=one.pk, caller_id=stranger.pk, caller_name="王姐")


def test_names_are_told_apart(homes: list[Home]) -> None:
    assert [made().name, made().name] == ["1", "2"]
    with pytest.raises(Refused, match="already"):
        made("2")
    with pytest.raises(Refused, match="name"):
        made("长" * 21)


@pytest.mark.parametrize("scope", [CALLER, GATE, scope_as(Role.TOWN), scope_as(Role.REPORTER)])
def test_only_the_office_changes_caseloads(homes: list[Home], scope: object) -> None:
    one = made()
    for act in (
        lambda: actions.make_caseload(scope, community=COMMUNITY),
        lambda: actions.set_caller(scope, caseload_id=one.pk, caller_name="王姐"),
        lambda: actions.move_households(scope, community=COMMUNITY, household_ids=[], caseload_id=one.pk),
        lambda: actions.propose_division(scope, community=COMMUNITY),
        lambda: actions.fix(scope, community=COMMUNITY, household_ids=[]),
    ):
        with pytest.raises(Forbidden):
            act()


def test_no_household_of_another_community(homes: list[Home]) -> None:
    abroad = settle([2], community=ELSEWHERE)
    with pytest.raises(NotFound):
        move(abroad, made())
    foreign = actions.make_caseload(SYSTEM, community=ELSEWHERE)
    with pytest.raises(Forbidden):
        move(homes[:1], foreign)


def test_the_wall_hides_caseloads(homes: list[Home]) -> None:
    one = made(caller_name="王姐")
    move(homes, one)
    with acting(scope_as(Role.OFFICE, ELSEWHERE)):
        assert not Caseload.objects.exists()
        assert not Assignment.objects.exists()


def test_a_new_household_joins_its_staircase_if_that_is_plain(homes: list[Home]) -> None:
    one, other = made(caller_name="王姐"), made(caller_name="李哥")
    move(homes[:15], one)
    move(homes[15:], other)
    (new,) = settle([3])  # fifth building: nobody around to join
    (beside,) = settle([3])
    Household.objects.filter(pk=beside.id).update(building="4")  # where everybody is with the other
    actions.follow_roster(OFFICE, RosterChanged(COMMUNITY))
    now = assigned(OFFICE, COMMUNITY)
    assert now[beside.id] == (other.pk, False)
    assert new.id not in now


def test_who_was_taken_out_by_hand_stays_out(homes: list[Home]) -> None:
    one = made(caller_name="王姐")
    move(homes, one)
    move(homes[:1], None)
    actions.follow_roster(OFFICE, RosterChanged(COMMUNITY))
    assert homes[0].id not in owners(OFFICE, COMMUNITY)


def test_split_and_merged_households_keep_their_caller(homes: list[Home]) -> None:
    one = made(caller_name="王姐")
    move(homes[:2], one)
    (new,) = settle([1])
    actions.follow_split(OFFICE, HouseholdSplit(COMMUNITY, homes[0].id, new.id))
    assert new.id in owners(OFFICE, COMMUNITY)
    actions.follow_merge(OFFICE, HouseholdsMerged(COMMUNITY, homes[5].id, (homes[0].id, new.id)))
    assert set(owners(OFFICE, COMMUNITY)) == {homes[1].id, homes[5].id}


def test_a_full_caseload_is_not_taken_out_of_use(homes: list[Home]) -> None:
    one = made()
    move(homes[:1], one)
    with pytest.raises(Refused, match="still"):
        actions.close_caseload(OFFICE, caseload_id=one.pk)
    move(homes[:1], made())
    actions.close_caseload(OFFICE, caseload_id=one.pk)
    assert [here.name for here in caseloads(OFFICE, COMMUNITY)] == ["2"]
