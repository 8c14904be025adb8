"""The roster edited by hand: people entered, put right, moved; households split and made one; nothing is lost."""

import datetime as dt
from typing import Any

import pytest

from access.people import refused
from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, scope_of, settled, xlsx
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.gates.actions import set_hold
from shouwang.gates.models import Hold
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people.actions import set_presence
from shouwang.people.actions.editing import (
    NewDoor,
    add_resident,
    change_household,
    change_resident,
    merge_households,
    move_residents,
    split_household,
)  # fmt: skip
from shouwang.people.models import Household, Population, Resident, Watch
from shouwang.people.rules.editing import Told

OFFICE = scope_of()
DOOR = "滨江美景湾3栋2单元501"
pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture
def homes(wall: None) -> dict[str, Resident]:
    """Two households: Zhang and Li with their child, and Wang next door."""
    load(
        xlsx(
            HEADINGS,
            ("张三", "户主", id_number(1), "13871230001", DOOR, ""),
            ("李四", "配偶", id_number(2), "13871230002", "", ""),
            ("张小", "子女", id_number(3, "20120101"), "", "", ""),
            ("王五", "户主", id_number(5), "13871230005", "滨江美景湾3栋2单元502", ""),
        )
    )
    return {one.name: one for one in Resident.objects.all()}


def at(resident: Resident) -> Household:
    return Resident.objects.select_related("household").get(pk=resident.pk).household


def add(home: int | None = None, scope: Scope = OFFICE, **told: Any) -> Resident:
    more = {name: told.pop(name) for name in ("door", "presence", "since") if name in told}
    return add_resident(
        scope, community=COMMUNITY, household_id=home, told=Told(**({"name": "赵六"} | told)), **more
    )


class TestOnePerson:
    def test_somebody_who_moved_in_is_on_the_roster_and_counted(self, homes: dict[str, Resident]) -> None:
        home = homes["王五"].household_id
        her = add(home, id_number=id_number(6), phone="138 7123 0006", relation="儿媳", remarks="怀孕")
        assert (her.sex, her.born_on, her.id_tail, her.phone_mask, her.phone_tail, her.initials) == (
            "f", dt.date(1980, 1, 1), id_number(6)[-4:], "138****0006", "0006", "zl",
        )  # fmt: skip
        kept = Resident.objects.get(pk=her.pk).id_number
        assert kept is not None
        assert kept.open() == id_number(6)
        assert Population.objects.get(pk=COMMUNITY).residents == 5
        assert AuditEntry.objects.get(verb="add_resident").detail == {"household": home, "came_back": False}

    def test_a_baby_needs_no_number(self, homes: dict[str, Resident]) -> None:
        born = clock.today() - dt.timedelta(days=2)
        baby = add(homes["张三"].household_id, name="张小二", born_on=born, relation="子女")
        assert (baby.born_on, baby.id_digest, baby.phone) == (born, None, None)

    def test_behind_a_new_door(self, homes: dict[str, Resident]) -> None:
        known = at(homes["王五"])
        her = add(door=NewDoor("3栋2单元601", known.compound_id))
        assert (her.household.address, her.household.compound_id) == ("3栋2单元601", known.compound_id)
        assert add(door=NewDoor("滨江美景湾3-2-502"), name="钱七").household_id == known.pk
        with refused("address_place"):
            add(door=NewDoor("月亮湾3栋2单元501"), name="孙八")
        with refused("address"):
            add(door=NewDoor("河边"), name="孙八")

    def test_a_village_group_named_or_chosen_is_the_same_door(self) -> None:
        load(xlsx(HEADINGS, ("吴一", "户主", id_number(11), "", "3组12号", "")))
        home = Household.objects.get()
        assert home.compound is not None
        assert add(door=NewDoor("12号", home.compound_id)).household_id == home.pk
        assert add(door=NewDoor("3组12号"), name="钱七").household_id == home.pk

    def test_the_same_person_is_not_entered_twice(self, homes: dict[str, Resident]) -> None:
        home = homes["王五"].household_id
        with refused("id_taken"):
            add(home, id_number=id_number(1))
        with refused("name_there"):
            add(home, name="王五")
        assert add(home, name="王五", id_number=id_number(7)).pk
        with refused("id_taken"):
            change_resident(OFFICE, resident_id=homes["李四"].pk, told=Told(id_number=id_number(1)))
        set_presence(OFFICE, resident_id=homes["李四"].pk, presence="died")
        with refused("id_died"):
            add(home, id_number=id_number(2))

    def test_who_moved_away_comes_back_as_the_one_she_was(self, homes: dict[str, Resident]) -> None:
        set_presence(OFFICE, resident_id=homes["李四"].pk, presence="moved")
        her = add(homes["王五"].household_id, name="李四", id_number=id_number(2))
        assert (her.pk, her.household_id, her.presence) == (
            homes["李四"].pk, homes["王五"].household_id, "present",
        )  # fmt: skip
        assert her.phone_mask == "138****0002"

    def test_what_is_put_right_and_what_is_not_told_stays(self, homes: dict[str, Resident]) -> None:
        her = change_resident(
            OFFICE, resident_id=homes["李四"].pk, told=Told(name="李思", phone="", remarks="高血压")
        )
        assert (her.name, her.initials, her.phone, her.phone_mask, her.phone_tail) == (
            "李思",
            "ls",
            None,
            "",
            "",
        )
        assert (her.remarks, her.relation, her.id_tail) == ("高血压", "配偶", id_number(2)[-4:])
        change_resident(OFFICE, resident_id=her.pk, told=Told(name="李思"))
        entry = AuditEntry.objects.get(verb="change_resident")
        assert entry.detail == {"fields": ["name", "phone", "remarks"]}

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"name": " "}, "name_empty"),
            ({"id_number": id_number(6)[:-1]}, "id_length"),
            ({"id_number": "429006198001010" + "0000"[:3]}, "id_check"),
            ({"phone": "1387123"}, "phone"),
            ({"id_number": id_number(6), "sex": "m"}, "sex_differs"),
            ({"id_number": id_number(6), "born_on": dt.date(1981, 1, 1)}, "born_differs"),
            ({"born_on": dt.date(2999, 1, 1)}, "born_future"),
            ({"born_on": dt.date(1850, 1, 1)}, "born_old"),
        ],
    )
    def test_what_cannot_be_read_is_refused(
        self, homes: dict[str, Resident], told: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(Refused) as caught:
            add(homes["王五"].household_id, **told)
        assert caught.value.code.startswith(code.partition("_")[0])
        assert not Resident.objects.filter(name="赵六").exists()


class TestDoors:
    def test_who_moves_takes_watch_and_hold_along(self, homes: dict[str, Resident]) -> None:
        li, old, new = homes["李四"], homes["李四"].household_id, homes["王五"].household_id
        set_hold(OFFICE, household_id=old)
        set_hold(OFFICE, household_id=old, resident_id=li.pk)
        move_residents(OFFICE, resident_ids=[li.pk], household_id=new)
        assert at(li).pk == new
        assert Watch.objects.get(resident=li.pk, closed_at=None).household == new
        assert set(Hold.objects.values_list("household_id", "resident_id")) == {(old, None), (new, li.pk)}
        assert AuditEntry.objects.get(verb="move_residents").detail == {"residents": [li.pk], "from": [old]}
        move_residents(OFFICE, resident_ids=[li.pk], household_id=new)
        assert AuditEntry.objects.filter(verb="move_residents").count() == 1

    def test_a_held_household_keeps_those_in_who_leave_it(self, homes: dict[str, Resident]) -> None:
        li, old, new = homes["李四"], homes["李四"].household_id, homes["王五"].household_id
        hold = set_hold(OFFICE, household_id=old)
        move_residents(OFFICE, resident_ids=[li.pk], household_id=new)
        hers = Hold.objects.get(resident=li.pk)
        assert (hers.household_id, hers.since, hers.until) == (new, hold.since, hold.until)
        watched = set(Watch.objects.filter(closed_at=None).values_list("resident", flat=True))
        assert watched == {homes["张三"].pk, homes["张小"].pk, li.pk}

    def test_the_last_one_out_closes_the_door(self, homes: dict[str, Resident]) -> None:
        wang, home = homes["王五"], homes["张三"].household_id
        move_residents(OFFICE, resident_ids=[wang.pk], household_id=home)
        assert not Household.objects.get(pk=wang.household_id).active
        assert Population.objects.get(pk=COMMUNITY).households == 1
        move_residents(OFFICE, resident_ids=[wang.pk], door=NewDoor("滨江美景湾3-2-502"))
        assert at(wang).pk == wang.household_id
        assert at(wang).active

    def test_a_household_is_split_behind_its_door_or_to_another(self, homes: dict[str, Resident]) -> None:
        home = homes["张三"].household_id
        new = split_household(OFFICE, household_id=home, resident_ids=[homes["李四"].pk])
        assert (new.address, new.number, new.active) == ("3栋2单元501", "2", True)
        other = split_household(
            OFFICE, household_id=home, resident_ids=[homes["张小"].pk], door=NewDoor("滨江美景湾3-2-503")
        )
        assert (other.address, at(homes["张三"]).pk) == ("3栋2单元503", home)
        with refused("split_all"):
            split_household(OFFICE, household_id=home, resident_ids=[homes["张三"].pk])
        with refused("residents_none"):
            split_household(OFFICE, household_id=home, resident_ids=[])
        with pytest.raises(NotFound):
            split_household(OFFICE, household_id=home, resident_ids=[homes["王五"].pk])

    def test_one_cannot_split_into_somebodys_home(self, homes: dict[str, Resident]) -> None:
        with refused("split_there"):
            split_household(
                OFFICE, household_id=homes["张三"].household_id, resident_ids=[homes["李四"].pk],
                door=NewDoor("滨江美景湾3-2-502"),
            )  # fmt: skip

    def test_households_become_one_with_their_notes(self, homes: dict[str, Resident]) -> None:
        home, other = homes["张三"].household_id, homes["王五"].household_id
        change_household(OFFICE, household_id=home, remarks="老人独居")
        change_household(OFFICE, household_id=other, remarks="有狗")
        for _ in range(2):
            merged = merge_households(OFFICE, household_id=home, others=[other])
        assert merged.remarks == "老人独居\n有狗"
        assert {at(one).pk for one in homes.values()} == {home}
        assert not Household.objects.get(pk=other).active
        assert AuditEntry.objects.filter(verb="merge_households").count() == 1
        with refused("merge_none"):
            merge_households(OFFICE, household_id=home, others=[home])

    def test_only_doors_of_the_same_community(self, homes: dict[str, Resident]) -> None:
        with settled():
            elsewhere = Household.objects.create(
                community=NEIGHBOUR,
                address="1-1",
                address_key="1-1",
                created_at=clock.now(),
                updated_at=clock.now(),
            )
        with pytest.raises(NotFound):
            move_residents(OFFICE, resident_ids=[homes["王五"].pk], household_id=elsewhere.pk)
        with pytest.raises(NotFound):
            merge_households(OFFICE, household_id=homes["王五"].household_id, others=[elsewhere.pk])
        with refused("residents_none"):
            move_residents(OFFICE, resident_ids=[], household_id=elsewhere.pk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_the_office_alone_edits_people(homes: dict[str, Resident], role: Role) -> None:
    scope, wang = scope_of(role), homes["王五"]
    for edit in (
        lambda: add(wang.household_id, scope),
        lambda: change_resident(scope, resident_id=wang.pk, told=Told(name="王武")),
        lambda: change_household(scope, household_id=wang.household_id, remarks="x"),
        lambda: move_residents(scope, resident_ids=[wang.pk], household_id=homes["张三"].household_id),
        lambda: split_household(
            scope, household_id=homes["张三"].household_id, resident_ids=[homes["李四"].pk]
        ),
        lambda: merge_households(scope, household_id=wang.household_id, others=[homes["张三"].household_id]),
    ):
        with pytest.raises(Forbidden):
            edit()
