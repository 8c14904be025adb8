"""Divisions: proposed, changed by hand, accepted; what is fixed stays, and whoever leaves disturbs nobody else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from screening.world import COMMUNITY, OFFICE, SYSTEM, settle
from shouwang.kernel.errors import NotFound, Refused
from shouwang.people.models import Household
from shouwang.workforce import actions
from shouwang.workforce.actions.dividing import connect_worker, work_out
from shouwang.workforce.enums import DivisionState
from shouwang.workforce.models import Assignment, Division
from shouwang.workforce.queries import assigned, caseloads, owners
from shouwang.workforce.queries.divisions import open_division

if TYPE_CHECKING:
    from screening.world import Home

pytestmark = pytest.mark.django_db


def propose(caseloads: int | None = None) -> Division:
    made = actions.propose_division(
        OFFICE, community=COMMUNITY, caseloads=caseloads, seconds=0.5, directly=True
    )
    made.refresh_from_db()
    return made


def divided(number: int) -> dict[int, int]:
    actions.accept_division(OFFICE, division_id=propose(number).pk)
    here = caseloads(OFFICE, COMMUNITY)
    actions.set_callers(OFFICE, community=COMMUNITY, callers={one.id: f"志愿者{one.name}" for one in here})
    return {home: load for home, (load, _) in assigned(OFFICE, COMMUNITY).items()}


def test_four_buildings_four_caseloads(homes: list[Home]) -> None:
    now = divided(4)
    assert sorted(Counter(now.values()).values()) == [5, 5, 5, 5]
    buildings = dict(Household.objects.values_list("pk", "building"))
    assert len({(buildings[home], load) for home, load in now.items()}) == 4  # none is split
    assert len(owners(OFFICE, COMMUNITY)) == 20


def test_nothing_changes_before_it_is_accepted(homes: list[Home]) -> None:
    made = propose(4)
    assert not Assignment.objects.exists()
    actions.discard_division(OFFICE, division_id=made.pk)
    with pytest.raises(Refused, match="no longer open"):
        actions.accept_division(OFFICE, division_id=made.pk)


def test_accepting_twice_is_accepting_once(homes: list[Home]) -> None:
    made = propose(4)
    for _ in range(2):
        actions.accept_division(OFFICE, division_id=made.pk)
    assert len(caseloads(OFFICE, COMMUNITY)) == 4


def test_what_is_fixed_stays(homes: list[Home]) -> None:
    now = divided(4)
    home = homes[0].id
    elsewhere = next(load for load in now.values() if load != now[home])
    actions.move_households(OFFICE, community=COMMUNITY, household_ids=[home], caseload_id=elsewhere)
    made = propose()
    place = dict(zip(made.households, made.callers, strict=True))[home]
    assert made.loads[place]["caseload"] == elsewhere
    actions.fix(OFFICE, community=COMMUNITY, household_ids=[home], fixed=False)
    assert assigned(OFFICE, COMMUNITY)[home] == (elsewhere, False)


def test_a_leavers_households_go_to_the_others_and_theirs_stay(homes: list[Home]) -> None:
    now = divided(4)
    leaver = next(iter(now.values()))
    made = actions.take_over(OFFICE, caseload_id=leaver, seconds=0.5, directly=True)
    actions.accept_division(OFFICE, division_id=made.pk)
    after = {home: load for home, (load, _) in assigned(OFFICE, COMMUNITY).items()}
    assert {home for home in now if after[home] != now[home]} == {h for h in now if now[h] == leaver}
    assert leaver not in {one.id for one in caseloads(OFFICE, COMMUNITY)}


def test_somebody_who_joins_gets_a_fair_share(homes: list[Home]) -> None:
    now = divided(2)
    actions.accept_division(OFFICE, division_id=propose(3).pk)
    after = {home: load for home, (load, _) in assigned(OFFICE, COMMUNITY).items()}
    assert min(Counter(after.values()).values()) >= 5
    assert sum(after[home] != now[home] for home in now) <= 10


def test_a_proposal_is_changed_by_hand(homes: list[Home]) -> None:
    made = propose(4)
    wanted = (made.callers[0] + 1) % 4
    actions.adjust_division(OFFICE, division_id=made.pk, household_ids=[made.households[0]], load=wanted)
    actions.accept_division(OFFICE, division_id=made.pk)
    names = {one.id: one.name for one in caseloads(OFFICE, COMMUNITY)}
    assert names[assigned(OFFICE, COMMUNITY)[made.households[0]][0]] == made.loads[wanted]["name"]
    with pytest.raises(NotFound):
        actions.adjust_division(OFFICE, division_id=propose().pk, household_ids=[made.households[0]], load=9)


def test_who_left_the_roster_meanwhile_is_left_out(homes: list[Home]) -> None:
    made = propose(4)
    gone = made.households[0]
    made.households[0] = 999_999_999
    made.save(update_fields=["households"])
    actions.accept_division(OFFICE, division_id=made.pk)
    assert gone not in assigned(OFFICE, COMMUNITY)
    assert len(assigned(OFFICE, COMMUNITY)) == 19


def test_one_proposal_at_a_time(homes: list[Home]) -> None:
    first = propose(4)
    propose(2)
    first.refresh_from_db()
    assert first.state == DivisionState.DISCARDED


def test_the_worker_does_it_unless_it_was_stopped(homes: list[Home]) -> None:
    called: list[int] = []
    connect_worker(called.append)
    try:
        made = actions.propose_division(OFFICE, community=COMMUNITY, caseloads=4, seconds=0.5, directly=False)
        assert called == [made.pk]
        assert made.state == DivisionState.WORKING
        work_out(SYSTEM, made.pk)
        assert open_division(OFFICE, COMMUNITY).state == DivisionState.PROPOSED  # type: ignore[union-attr]
        stopped = actions.propose_division(OFFICE, community=COMMUNITY, seconds=0.5, directly=False)
        actions.discard_division(OFFICE, division_id=stopped.pk)
        work_out(SYSTEM, stopped.pk)
        assert open_division(OFFICE, COMMUNITY) is None
    finally:
        from shouwang.workforce import tasks

        connect_worker(tasks._call)


def test_nobody_to_divide(db: None) -> None:
    from screening.world import inside

    with inside(), pytest.raises(Refused, match="roster"):
        propose()


def test_one_household_alone(db: None) -> None:
    from screening.world import inside

    with inside():
        settle([1])
        assert len(divided(1)) == 1


def test_a_village_without_buildings(homes: list[Home]) -> None:
    Household.objects.update(building="", unit="")
    assert min(Counter(divided(2).values()).values()) >= 8


def test_one_giant_building_is_cut_by_staircases(homes: list[Home]) -> None:
    for number, home in enumerate(homes):
        Household.objects.filter(pk=home.id).update(building="1", unit=str(number // 10))
    now = divided(2)
    units = dict(Household.objects.values_list("pk", "unit"))
    assert len({(units[home], load) for home, load in now.items()}) == 2
