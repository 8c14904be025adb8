"""Ways in: added once, opened and sealed with a reason, and one always left for an ambulance."""

import pytest
from django.db import connection

from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.places import actions, queries
from shouwang.places.enums import CompoundKind, EntranceStatus
from shouwang.places.models import Entrance, EntranceChange
from shouwang.places.rules.ways import Left, require_way, ways_left

HERE, THERE = 429006001001, 429006002001
OPEN, SEALED, EMERGENCY = EntranceStatus.OPEN, EntranceStatus.SEALED, EntranceStatus.EMERGENCY
SYSTEM = Scope.system(reason="test")


def scope(role: Role, community: int = HERE) -> Scope:
    return Scope(None, "somebody", (GrantedRange(community, community, PERMISSIONS[role], role),))


@pytest.fixture
def tree(db: None) -> None:
    with acting(SYSTEM):
        actions.import_divisions(
            SYSTEM, content=f"code,name\n{HERE},甲社区\n{THERE},乙村委会\n".encode(), file_name="x.csv"
        )


def entrance(name: str, status: EntranceStatus = OPEN, *, compound: int | None = None) -> Entrance:
    return actions.add_entrance(
        SYSTEM, community=HERE, name=name, status=status, reason="通告", compound_id=compound
    )


@pytest.mark.parametrize(
    ("statuses", "left"),
    [
        ([], Left.NONE),
        ([SEALED, SEALED], Left.NONE),
        ([SEALED, EMERGENCY], Left.EMERGENCY_ONLY),
        ([EMERGENCY, OPEN, SEALED], Left.GATE),
    ],
)
def test_what_is_left(statuses: list[str], left: Left) -> None:
    assert ways_left(statuses) is left


def test_the_last_way_is_never_sealed_but_what_is_sealed_may_be_entered() -> None:
    with pytest.raises(Refused, match="ambulance"):
        require_way(OPEN, SEALED, [SEALED])
    with pytest.raises(Refused):
        require_way(EMERGENCY, SEALED, [])
    assert require_way(SEALED, SEALED, []) is Left.NONE
    assert require_way(OPEN, EMERGENCY, []) is Left.EMERGENCY_ONLY
    assert require_way(OPEN, SEALED, [EMERGENCY]) is Left.EMERGENCY_ONLY


def test_sealing_keeps_who_when_and_why(tree: None) -> None:
    with acting(SYSTEM):
        gate, _ = entrance("大门"), entrance("东门")
        done = actions.set_entrance_status(SYSTEM, entrance_id=gate.pk, status=SEALED, reason=" 指挥部通告 ")
        assert (done.left, done.changed, done.entrance.reason) == (Left.GATE, True, "指挥部通告")
        assert [(c.before, c.after, c.reason) for c in queries.history(SYSTEM, gate.pk)] == [
            ("open", "sealed", "指挥部通告"), ("", "open", "通告"),
        ]  # fmt: skip
        again = actions.set_entrance_status(SYSTEM, entrance_id=gate.pk, status=SEALED, reason="指挥部通告")
        assert not again.changed
        assert EntranceChange.objects.filter(entrance=gate).count() == 2
        assert AuditEntry.objects.filter(verb="entrance_status_set").count() == 1


def test_no_seal_without_a_reason_nor_of_the_last_way(tree: None) -> None:
    with acting(SYSTEM):
        gate = entrance("大门")
        for status, reason, code in (
            (SEALED, "  ", "reason_empty"),
            (SEALED, "封", "last_way"),
            ("x", "y", "entrance_status"),
        ):
            with pytest.raises(Refused) as refused:
                actions.set_entrance_status(SYSTEM, entrance_id=gate.pk, status=status, reason=reason)
            assert refused.value.code == code
        gate.refresh_from_db()
        assert gate.status == OPEN
        done = actions.set_entrance_status(SYSTEM, entrance_id=gate.pk, status=EMERGENCY, reason="只留急救")
        assert done.left is Left.EMERGENCY_ONLY


def test_a_walled_compound_needs_its_own_way_the_groups_of_a_village_share(tree: None) -> None:
    with acting(SYSTEM):
        walled = actions.add_compound(SYSTEM, community=HERE, name="江湾")
        first, second = (
            actions.add_compound(SYSTEM, community=HERE, name=name, kind=CompoundKind.GROUP)
            for name in ("一组", "二组")
        )
        gate = entrance("大门", compound=walled.pk)
        village, field_road = entrance("村口", compound=first.pk), entrance("机耕路", compound=second.pk)
        actions.set_entrance_status(SYSTEM, entrance_id=field_road.pk, status=SEALED, reason="封路")
        for last in (gate, village):
            with pytest.raises(Refused):
                actions.set_entrance_status(SYSTEM, entrance_id=last.pk, status=SEALED, reason="封路")


def test_everything_may_come_twice(tree: None) -> None:
    with acting(SYSTEM):
        one = actions.add_compound(SYSTEM, community=HERE, name=" 江 湾 ")
        assert actions.add_compound(SYSTEM, community=HERE, name="江湾").pk == one.pk
        assert entrance("大门").pk == entrance("大门").pk
        built = [("3栋", 2, 11), ("3号楼", 0, 0), ("12", 1, 6)]
        assert [b.name for b in actions.add_buildings(SYSTEM, compound_id=one.pk, buildings=built)] == [
            "3",
            "12",
        ]
        again = actions.add_buildings(SYSTEM, compound_id=one.pk, buildings=[("3栋", 0, 0)])
        assert [(b.units, b.floors) for b in again] == [(2, 11)]
        actions.add_building(SYSTEM, compound_id=one.pk, name="3", units=2, floors=18)
        kept = actions.add_building(SYSTEM, compound_id=one.pk, name="3")
        assert (kept.units, kept.floors) == (2, 18)
        assert AuditEntry.objects.filter(verb="compounds_added").count() == 1


def test_five_hundred_buildings_cost_few_statements(
    tree: None, django_assert_max_num_queries: object
) -> None:
    with acting(SYSTEM):
        one = actions.add_compound(SYSTEM, community=HERE, name="江湾")
        with django_assert_max_num_queries(8, connection=connection):  # type: ignore[operator]
            actions.add_buildings(
                SYSTEM, compound_id=one.pk, buildings=[(str(n), 2, 18) for n in range(1, 501)]
            )
        with pytest.raises(Refused):
            actions.add_buildings(SYSTEM, compound_id=one.pk, buildings=[(str(n), 2, 18) for n in range(501)])
        with pytest.raises(Refused):
            actions.add_building(SYSTEM, compound_id=one.pk, name="9", floors=201)


def test_only_who_may_and_only_where(tree: None) -> None:
    with acting(SYSTEM):
        gate = entrance("大门")
    office, caller, stranger = scope(Role.OFFICE), scope(Role.CALLER), scope(Role.OFFICE, THERE)
    with acting(office):
        actions.add_entrance(office, community=HERE, name="东门")
        assert len(queries.gates_of(office, HERE)) == 2
    with acting(caller), pytest.raises(Forbidden):
        actions.set_entrance_status(caller, entrance_id=gate.pk, status=SEALED, reason="封")
    with acting(stranger):
        with pytest.raises(NotFound):
            actions.set_entrance_status(stranger, entrance_id=gate.pk, status=SEALED, reason="封")
        with pytest.raises(Forbidden):
            actions.add_entrance(stranger, community=HERE, name="西门")
        with pytest.raises(NotFound):
            queries.entrance(stranger, gate.pk)
        assert queries.entrances(stranger, HERE) == []


def test_a_compound_of_another_community_takes_no_entrance(tree: None) -> None:
    with acting(SYSTEM):
        elsewhere = actions.add_compound(SYSTEM, community=THERE, name="一组")
        with pytest.raises(NotFound):
            entrance("大门", compound=elsewhere.pk)
        with pytest.raises(NotFound):
            actions.add_entrance(SYSTEM, community=429006001000, name="大门")
