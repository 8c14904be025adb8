"""Whoever comes to a household that must stay in stays in with it; splitting and merging lose no watch and no hold."""

import pytest

from people.town import COMMUNITY, HEADINGS, id_number, load, scope_of, xlsx
from shouwang.gates.actions import end_hold, set_hold
from shouwang.gates.models import Hold
from shouwang.people.actions import set_presence
from shouwang.people.actions.editing import NewDoor, add_resident, merge_households, split_household
from shouwang.people.enums import WatchReason
from shouwang.people.models import Resident, Watch
from shouwang.people.rules.editing import Told

OFFICE = scope_of()
pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture
def homes(wall: None) -> dict[str, Resident]:
    load(
        xlsx(
            HEADINGS,
            ("张三", "户主", id_number(1), "", "滨江美景湾3栋2单元501", ""),
            ("李四", "配偶", id_number(2), "", "", ""),
            ("王五", "户主", id_number(5), "", "滨江美景湾3栋2单元502", ""),
        )
    )
    return {one.name: one for one in Resident.objects.all()}


def watched() -> set[tuple[int, int]]:
    """``(resident, household)`` of every open watch of quarantine; all of them twice a day."""
    rows = Watch.objects.filter(closed_at=None, reason=WatchReason.QUARANTINE)
    assert all(rows.values_list("twice_daily", flat=True))
    return set(rows.values_list("resident", "household"))


def add(home: int, **told: str) -> Resident:
    return add_resident(
        OFFICE, community=COMMUNITY, household_id=home, told=Told(**({"name": "赵六"} | told))
    )


def test_who_is_added_to_a_held_household_is_watched_as_long_as_it(homes: dict[str, Resident]) -> None:
    home = homes["张三"].household_id
    hold = set_hold(OFFICE, household_id=home)
    her = add(home)
    assert watched() == {(one, home) for one in (homes["张三"].pk, homes["李四"].pk, her.pk)}
    days = set(Watch.objects.values_list("from_day", "until_day"))
    assert len(days) == 1, "hers ends with theirs"
    end_hold(OFFICE, hold_id=hold.pk)
    assert watched() == set()


def test_who_is_added_next_door_is_not(homes: dict[str, Resident]) -> None:
    set_hold(OFFICE, household_id=homes["张三"].household_id)
    her = add(homes["王五"].household_id)
    assert her.pk not in {resident for resident, _ in watched()}


def test_a_hold_of_one_person_keeps_no_newcomer_in(homes: dict[str, Resident]) -> None:
    home = homes["张三"].household_id
    set_hold(OFFICE, household_id=home, resident_id=homes["李四"].pk)
    add(home)
    assert watched() == {(homes["李四"].pk, home)}


def test_who_comes_back_to_a_held_household_is_watched(homes: dict[str, Resident]) -> None:
    home, li = homes["张三"].household_id, homes["李四"].pk
    set_presence(OFFICE, resident_id=li, presence="moved")
    set_hold(OFFICE, household_id=home)
    assert watched() == {(homes["张三"].pk, home)}
    set_presence(OFFICE, resident_id=li, presence="present")
    assert (li, home) in watched()


@pytest.mark.parametrize("door", [None, NewDoor("滨江美景湾3-2-601")])
def test_a_split_keeps_watches_and_holds_with_the_people(
    homes: dict[str, Resident], door: NewDoor | None
) -> None:
    home, li = homes["张三"].household_id, homes["李四"].pk
    hold = set_hold(OFFICE, household_id=home)
    new = split_household(OFFICE, household_id=home, resident_ids=[li], door=door).pk
    assert watched() == {(homes["张三"].pk, home), (li, new)}
    hers = Hold.objects.get(resident=li, ended_at=None)
    assert (hers.household_id, hers.until) == (new, hold.until)
    end_hold(OFFICE, hold_id=hold.pk)
    assert watched() == {(li, new)}, "each speaks for itself"


@pytest.mark.parametrize("kept", ["张三", "王五"])
def test_one_household_of_two_keeps_in_who_was_kept_in(homes: dict[str, Resident], kept: str) -> None:
    """Merged into the free one: who was held stays held, alone. Into the held one: all of it is held."""
    held, free = homes["张三"].household_id, homes["王五"].household_id
    set_hold(OFFICE, household_id=held)
    home, other = (held, free) if kept == "张三" else (free, held)
    merge_households(OFFICE, household_id=home, others=[other])
    were = {homes["张三"].pk, homes["李四"].pk}
    assert watched() == {(one, home) for one in (were | {homes["王五"].pk} if kept == "张三" else were)}
    assert not Watch.objects.filter(closed_at=None).exclude(household=home).exists()
