"""A roster is loaded: twice, corrected, by several people, and for a whole community at once."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, scope_of, xlsx
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.people import actions
from shouwang.people.enums import ImportState, Presence
from shouwang.people.models import Household, Population, Resident, RosterImport
from shouwang.people.queries.imports import outcome_of
from shouwang.places.models import Compound

pytestmark = pytest.mark.usefixtures("wall")

FAMILY = (
    ("张三", "户主", id_number(1), "13812345678", "滨江美景湾3栋2单元501", ""),
    ("李四", "配偶", id_number(2, "19820203"), "13912345678", "", ""),
    ("张小三", "子", "", "", "", ""),
    ("王五", "户主", id_number(3, "19701112"), "", "滨江美景湾3栋2单元502", "高血压"),
)


def roster(*rows: Any) -> bytes:
    return xlsx(("新城社区人员登记表",), HEADINGS, *rows)


def people() -> dict[str, Resident]:
    return {one.name: one for one in Resident.objects.select_related("household__compound")}


def test_a_first_file_makes_compound_households_and_people() -> None:
    upload = load(roster(*FAMILY))
    assert (upload.counts["new"], upload.counts["households_new"], upload.counts["rejected"]) == (4, 2, 0)
    found = people()
    assert (
        found["张三"].household
        == found["李四"].household
        == found["张小三"].household
        != found["王五"].household
    )
    home = found["张三"].household
    assert (home.compound.name, home.building, home.unit, home.room) == ("滨江美景湾", "3", "2", "501")
    assert (home.address, home.address_key) == ("3栋2单元501", "3-2-501")
    zhang = found["张三"]
    assert (zhang.initials, zhang.sex, zhang.id_tail, zhang.phone_mask) == (
        "zs",
        "m",
        id_number(1)[-4:],
        "138****5678",
    )
    assert (str(zhang.born_on), zhang.relation) == ("1980-01-01", "户主")
    figures = Population.objects.get(pk=COMMUNITY)
    assert (figures.households, figures.residents, figures.present) == (2, 4, 4)


def test_numbers_are_sealed_and_can_be_opened() -> None:
    load(roster(*FAMILY))
    zhang = people()["张三"]
    assert zhang.id_number.open() == id_number(1)
    assert zhang.phone.open() == "13812345678"
    assert id_number(1).encode() not in zhang.id_number.stored


def test_the_same_file_again_changes_nothing() -> None:
    load(roster(*FAMILY))
    before = list(Resident.objects.order_by("id").values("id", "updated_at", "household_id"))
    again = load(roster(*FAMILY), name="另存.xlsx")
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 4)
    assert list(Resident.objects.order_by("id").values("id", "updated_at", "household_id")) == before
    assert Household.objects.count() == 2


def test_loading_an_import_twice_is_harmless() -> None:
    upload = load(roster(*FAMILY))
    assert actions.load_roster(scope_of(), import_id=upload.pk).loaded_at == upload.loaded_at
    assert Resident.objects.count() == 4


def test_the_same_upload_previewed_twice_is_one() -> None:
    content = roster(*FAMILY)
    first = actions.preview_roster(scope_of(), community=COMMUNITY, file_name="a.xlsx", content=content)
    second = actions.preview_roster(scope_of(), community=COMMUNITY, file_name="a.xlsx", content=content)
    assert first.pk == second.pk
    assert Resident.objects.count() == 0


def test_a_later_file_updates_and_says_what_changed() -> None:
    load(roster(*FAMILY))
    upload = load(
        roster(
            ("张三", "户主", id_number(1), "13800000000", "滨江美景湾3栋2单元501", "透析"),
            ("王五", "父亲", id_number(3, "19701112"), "", "滨江美景湾3栋2单元501", ""),
            ("张小三", "", id_number(5, "20100505"), "", "滨江美景湾3栋2单元501", ""),
        )
    )
    assert upload.counts["fields"] == {
        "phone": 1, "remarks": 1, "relation": 1, "household": 1, "sex": 1, "born_on": 1, "id_number": 1,
    }  # fmt: skip
    changes = {
        one.name: one.fields for one in outcome_of(scope_of(), RosterImport.objects.get(pk=upload.pk)).changes
    }
    assert changes["张三"] == {"phone": ("138****5678", "138****0000"), "remarks": ("", "透析")}
    assert changes["王五"]["household"] == ("3栋2单元502", "3栋2单元501")
    assert changes["张小三"]["id_number"] == ("", f"****{id_number(5, '20100505')[-4:]}")
    found = people()
    assert found["王五"].remarks == "高血压", "what a file leaves blank is not erased"
    assert found["李四"].presence == Presence.PRESENT, "who is missing from a file stays"
    assert list(Household.objects.filter(active=True)) == [found["张三"].household]
    assert Population.objects.get(pk=COMMUNITY).households == 1


def test_the_audit_names_fields_and_never_what_stood_in_them() -> None:
    load(roster(*FAMILY))
    load(roster(("张三", "户主", id_number(1), "13800000000", "滨江美景湾3栋2单元501", "透析")))
    entry = AuditEntry.objects.get(verb="change_residents")
    assert entry.detail == {"residents": {str(people()["张三"].pk): ["phone", "remarks"]}}
    assert AuditEntry.objects.filter(verb="load_roster").count() == 2


def test_a_person_without_number_is_known_by_name_and_birth_phone_or_door() -> None:
    headings = ("姓名", "出生日期", "电话", "住址")
    load(
        xlsx(
            headings,
            ("赵一", "1950-03-04", "", "1栋101"),
            ("钱二", "", "13911112222", "1栋102"),
            ("孙三", "", "", "1栋103"),
        )
    )
    again = load(
        xlsx(
            headings,
            ("赵一", "1950年3月4日", "", "1栋201"),
            ("钱二", "", "13911112222", "1栋202"),
            ("孙三", "", "13933334444", "1栋103"),
        )
    )
    assert (again.counts["new"], again.counts["changed"]) == (0, 3)
    assert Resident.objects.count() == 3


def test_of_several_with_one_name_nobody_is_guessed() -> None:
    headings = ("姓名", "出生日期", "住址")
    load(xlsx(headings, ("赵一", "1950-03-04", "1栋101"), ("赵一", "1950-03-04", "1栋102")))
    again = load(xlsx(headings, ("赵一", "1950-03-04", "1栋301")))
    assert again.counts["reasons"] == {"person_ambiguous": 1}
    assert Resident.objects.count() == 2


def test_who_moved_away_and_stands_in_a_file_is_back_and_who_died_is_refused() -> None:
    load(roster(*FAMILY))
    Resident.objects.filter(name="张三").update(presence=Presence.MOVED)
    Resident.objects.filter(name="王五").update(presence=Presence.DIED)
    again = load(roster(*FAMILY))
    assert again.counts["fields"] == {"presence": 1}
    assert again.counts["reasons"] == {"person_died": 1}
    assert people()["张三"].presence == Presence.PRESENT


def test_good_rows_beside_bad_ones_are_kept_and_the_bad_come_back() -> None:
    upload = load(roster(*FAMILY, ("周六", "户主", id_number(7)[:-1] + "?", "", "1栋101", "")))
    assert (upload.counts["new"], upload.counts["rejected"]) == (4, 1)
    kept = outcome_of(scope_of(), RosterImport.objects.get(pk=upload.pk))
    assert [row.name for row in kept.rejected] == ["周六"]
    assert "周六" not in people()


def test_of_a_loaded_upload_the_file_is_gone() -> None:
    content = roster(*FAMILY)
    upload = RosterImport.objects.get(pk=load(content).pk)
    assert "13812345678" not in upload.content.open()
    discarded = actions.discard_import(scope_of(), import_id=upload.pk)
    assert (discarded.content, discarded.state) == (None, ImportState.LOADED)


def test_a_discarded_upload_cannot_be_loaded() -> None:
    upload = actions.preview_roster(
        scope_of(), community=COMMUNITY, file_name="a.xlsx", content=roster(*FAMILY)
    )
    actions.discard_import(scope_of(), import_id=upload.pk)
    with pytest.raises(Refused):
        actions.load_roster(scope_of(), import_id=upload.pk)


def test_a_known_group_is_found_in_another_spelling() -> None:
    group = Compound.objects.create(community=COMMUNITY, name="三组", kind="group")
    load(xlsx(("姓名", "住址"), ("熊大", "第3村民小组12号"), ("熊二", "３组１２号")))
    assert Compound.objects.count() == 1
    home = Household.objects.get()
    assert (home.compound, home.address_key, home.address) == (group, "3-12", "3组12号")


def test_the_only_compound_is_meant_where_none_is_named() -> None:
    only = Compound.objects.create(community=COMMUNITY, name="滨江美景湾", kind="compound")
    load(xlsx(("姓名", "住址"), ("张三", "3-2-501")))
    assert Household.objects.get().compound == only


def test_household_numbers_part_those_behind_one_door_and_may_come_later() -> None:
    load(xlsx(("姓名", "住址"), ("张三", "3栋501")))
    load(xlsx(("户号", "姓名", "住址"), ("01", "张三", "3栋501"), ("02", "李四", "3栋501")))
    assert sorted(Household.objects.values_list("number", flat=True)) == ["01", "02"]
    again = load(xlsx(("户号", "姓名", "住址"), ("01", "张三", "3栋501"), ("02", "李四", "3栋501")))
    assert again.counts["unchanged"] == 2


@pytest.mark.parametrize(
    "role", [Role.TOWN, Role.CALLER, Role.GATE_KEEPER, Role.HEADQUARTERS, Role.ADMINISTRATOR]
)
def test_only_an_office_imports(role: Role) -> None:
    with pytest.raises(Forbidden):
        actions.preview_roster(
            scope_of(role), community=COMMUNITY, file_name="a.xlsx", content=roster(*FAMILY)
        )


def test_the_neighbour_neither_loads_nor_sees_the_upload() -> None:
    upload = actions.preview_roster(
        scope_of(), community=COMMUNITY, file_name="a.xlsx", content=roster(*FAMILY)
    )
    neighbour = scope_of(community=NEIGHBOUR)
    with acting(neighbour), pytest.raises(NotFound):
        actions.load_roster(neighbour, import_id=upload.pk)
    with pytest.raises(Forbidden):
        actions.preview_roster(neighbour, community=COMMUNITY, file_name="a.xlsx", content=roster(*FAMILY))


def test_two_thousand_rows_in_few_statements(django_assert_max_num_queries: Any) -> None:
    rows = [
        (
            f"居民{chr(0x4E00 + n)}",
            "",
            id_number(n % 1000, f"19{50 + n // 1000}0101"),
            13800000000 + n,
            f"{n // 80 + 1}栋{n % 80 + 101}",
            "",
        )
        for n in range(2_000)
    ]
    with django_assert_max_num_queries(60):
        upload = load(roster(*rows))
    assert upload.counts["new"] == Resident.objects.count() == 2_000
    changed = [(*row[:3], row[3] + 5_000, *row[4:]) for row in rows]
    with django_assert_max_num_queries(60):
        assert load(roster(*changed)).counts["fields"] == {"phone": 2_000}


def test_the_rejects_open_in_a_spreadsheet() -> None:
    from shouwang.people.rules.rejects import write_rejects

    upload = load(roster(*FAMILY, ("周六", "户主", 4.29006e17, "", "1栋101", "")))
    kept = outcome_of(scope_of(), RosterImport.objects.get(pk=upload.pk))
    content = write_rejects(
        kept.rejected,
        reason_of=lambda issue: issue.message % issue.params,
        row_label="原行号",
        reason_label="原因",
    )
    sheet = load_workbook(BytesIO(content)).active
    heads, cells = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert heads == [*HEADINGS, "原行号", "原因"]
    assert cells[0] == "周六"
    assert "lost its last digits" in cells[-1]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
