"""Households split, made one and moved while a round is open: nobody lost, nobody counted twice."""

from typing import Any

import pytest

from people.town import COMMUNITY, HEADINGS, id_number, load, scope_of, xlsx
from shouwang.kernel.uuid7 import mint
from shouwang.people.actions import set_presence
from shouwang.people.actions.editing import (
    NewDoor,
    add_resident,
    merge_households,
    move_residents,
    split_household,
)
from shouwang.people.models import Resident
from shouwang.people.rules.editing import Told
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.models import DueList, Round
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import ReadingInput

OFFICE = scope_of()
pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture
def people(wall: None) -> dict[str, Resident]:
    """A household of three and one of one, and today's round."""
    load(
        xlsx(
            HEADINGS,
            ("张三", "户主", id_number(1), "", "滨江美景湾3栋2单元501", ""),
            ("李四", "配偶", id_number(2), "", "", ""),
            ("张小", "子女", id_number(3, "20120101"), "", "", ""),
            ("王五", "户主", id_number(5), "", "滨江美景湾3栋2单元502", ""),
        )
    )
    open_round(OFFICE, community=COMMUNITY)
    return {one.name: one for one in Resident.objects.all()}


def reach(*people: Resident, household: int | None = None) -> Any:
    return record_attempt(
        OFFICE, attempt_id=mint(), community=COMMUNITY, household_id=household or people[0].household_id,
        channel="call", outcome="reached", answered_by="resident",
        readings=[ReadingInput(one.pk, "36.5", []) for one in people],
    )  # fmt: skip


def stands(*, due: int, reached: int, households: int) -> None:
    round_ = Round.objects.get()
    assert kept(round_) == recount(round_)
    assert (round_.residents_due, round_.residents_reached, round_.households_due) == (
        due,
        reached,
        households,
    )
    listed = DueList.objects.get(round=round_)
    assert len(set(listed.residents)) == len(listed.residents) == due


def test_a_split_before_anybody_is_reached(people: dict[str, Resident]) -> None:
    new = split_household(OFFICE, household_id=people["张三"].household_id, resident_ids=[people["李四"].pk])
    stands(due=4, reached=0, households=3)
    people["李四"].refresh_from_db()
    reach(people["李四"], household=new.pk)
    stands(due=4, reached=1, households=3)


def test_a_split_after_all_were_reached(people: dict[str, Resident]) -> None:
    reach(people["张三"], people["李四"], people["张小"])
    split_household(OFFICE, household_id=people["张三"].household_id, resident_ids=[people["李四"].pk])
    round_ = Round.objects.get()
    assert (round_.residents_due, round_.residents_reached) == (4, 3)
    assert kept(round_) == recount(round_)


def test_two_become_one_when_one_was_reached_and_the_other_not(people: dict[str, Resident]) -> None:
    reach(people["王五"])
    home = people["张三"].household_id
    merge_households(OFFICE, household_id=home, others=[people["王五"].household_id])
    round_ = Round.objects.get()
    assert (round_.residents_due, round_.residents_reached) == (4, 1)
    assert kept(round_) == recount(round_)
    for name in ("张三", "李四", "张小"):
        people[name].refresh_from_db()
    reach(people["张三"], people["李四"], people["张小"])
    round_ = Round.objects.get()
    assert (round_.residents_due, round_.residents_reached) == (4, 4)
    assert round_.households_reached == round_.households_due


def test_who_moves_unreached_is_reached_at_her_new_door(people: dict[str, Resident]) -> None:
    li = people["李四"]
    home = move_residents(OFFICE, resident_ids=[li.pk], door=NewDoor("滨江美景湾3-2-601"))
    reach(li, household=home.pk)
    stands(due=4, reached=1, households=3)
    assert Round.objects.get().households_reached == 1


def test_a_caller_who_does_not_know_yet_reaches_her_at_the_old_door(people: dict[str, Resident]) -> None:
    li, old = people["李四"], people["李四"].household_id
    move_residents(OFFICE, resident_ids=[li.pk], household_id=people["王五"].household_id)
    reach(people["张三"], people["张小"], household=old)
    stands(due=4, reached=2, households=2)


def test_who_moved_in_is_due_and_who_left_unreached_is_not(people: dict[str, Resident]) -> None:
    add_resident(
        OFFICE, community=COMMUNITY, household_id=people["王五"].household_id, told=Told(name="王小")
    )
    stands(due=5, reached=0, households=2)
    set_presence(OFFICE, resident_id=people["王五"].pk, presence="moved")
    stands(due=4, reached=0, households=2)
