"""Anybody is found by what one has of her; nobody from outside is ever found."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from people.town import COMMUNITY, NEIGHBOUR, id_number, load, scope_of, xlsx
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import EVERYWHERE, GrantedRange, Scope
from shouwang.people.models import Resident
from shouwang.people.queries.search import LIMIT, How, search

pytestmark = pytest.mark.usefixtures("wall")

HEADINGS = ("姓名", "身份证号", "电话", "住址")


@pytest.fixture
def people(wall: None) -> None:
    load(
        xlsx(
            HEADINGS,
            ("张伟民", id_number(1), "13812345678", "滨江美景湾3栋2单元501"),
            ("单田芳", id_number(2), "13987654321", "滨江美景湾3栋2单元502"),
            ("伟大强", id_number(4), "0728-5223456", "锦绣新城3栋2单元501"),
            ("欧阳小伟", "", "", "滨江美景湾13栋1单元101"),
            ("John Smith", "E12345678", "", "滨江美景湾1栋1单元101"),
        )
    )
    load(
        xlsx(HEADINGS, ("张邻居", id_number(11), "13812340000", "3组12号")),
        scope=scope_of(community=NEIGHBOUR),
        community=NEIGHBOUR,
    )


def names(text: str, **where: Any) -> set[str]:
    return {one.name for one in search(scope_of(), text, **where).residents}


@pytest.mark.parametrize(
    ("text", "wanted", "how"),
    [
        ("张", {"张伟民"}, How.NAME),
        ("张伟民", {"张伟民"}, How.NAME),
        ("张 伟民", {"张伟民"}, How.NAME),
        ("伟", {"张伟民", "伟大强", "欧阳小伟"}, How.NAME),
        ("伟民", {"张伟民"}, How.NAME),
        ("zwm", {"张伟民"}, How.INITIALS),
        ("ZW", {"张伟民"}, How.INITIALS),
        ("stf", {"单田芳"}, How.INITIALS),
        ("oyx", {"欧阳小伟"}, How.INITIALS),
        ("john", {"John Smith"}, How.INITIALS),
        ("5678", {"张伟民", "John Smith"}, How.TAIL),
        ("3456", {"伟大强"}, How.TAIL),
        (id_number(2)[-4:], {"单田芳"}, How.TAIL),
        ("13812345678", {"张伟民"}, How.PHONE),
        ("138 1234 5678", {"张伟民"}, How.PHONE),
        ("+86 13812345678", {"张伟民"}, How.PHONE),
        ("0728-5223456", {"伟大强"}, How.PHONE),
        (id_number(1), {"张伟民"}, How.ID_NUMBER),
        (id_number(1)[:6] + " " + id_number(1)[6:].lower(), {"张伟民"}, How.ID_NUMBER),
        ("e12345678", {"John Smith"}, How.ID_NUMBER),
        ("王", set(), How.NAME),
        ("", set(), How.NOTHING),
        ("%", set(), How.NAME),
        ("_", set(), How.NAME),
    ],
)
def test_people_are_found(people: None, text: str, wanted: set[str], how: How) -> None:
    found = search(scope_of(), text, first=COMMUNITY, last=COMMUNITY)
    assert (found.how, {one.name for one in found.residents}) == (how, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3栋2单元501", {"滨江美景湾 3栋2单元501", "锦绣新城 3栋2单元501"}),
        ("3-2-501", {"滨江美景湾 3栋2单元501", "锦绣新城 3栋2单元501"}),
        ("滨江美景湾3栋2单元501室", {"滨江美景湾 3栋2单元501"}),
        ("锦绣三栋", {"锦绣新城 3栋2单元501"}),
        ("3栋", {"滨江美景湾 3栋2单元501", "滨江美景湾 3栋2单元502", "锦绣新城 3栋2单元501"}),
        ("3组12号", set()),
    ],
)
def test_doors_are_found(people: None, text: str, wanted: set[str]) -> None:
    for first, last in ((COMMUNITY, COMMUNITY), EVERYWHERE):
        found = search(scope_of(), text, first=first, last=last)
        assert found.how is How.ADDRESS
        assert {f"{one.compound} {one.address}" for one in found.households} == wanted


def test_the_jurisdiction_holds_even_where_the_wall_is_open(people: None) -> None:
    """The wall is open for all in these tests; the query itself must keep to the actor's ranges."""
    for text in ("张", "zlj", "13812340000", id_number(11), "0000"):
        assert "张邻居" not in names(text), text


def test_the_wall_holds_where_a_query_forgets(people: None) -> None:
    with acting(scope_of()):
        assert {one.name for one in search(Scope.system(reason="tests"), "张").residents} == {"张伟民"}


def test_a_named_range_narrows(people: None) -> None:
    town = Scope(None, "town", (GrantedRange(429006001000, 429006001999, PERMISSIONS[Role.TOWN], Role.TOWN),))
    assert {one.name for one in search(town, "张").residents} == {"张伟民", "张邻居"}
    assert {one.name for one in search(town, "张", first=NEIGHBOUR, last=NEIGHBOUR).residents} == {"张邻居"}


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.REPORTER, Role.ADMINISTRATOR])
def test_some_roles_search_nobody(role: Role) -> None:
    with pytest.raises(Forbidden):
        search(scope_of(role), "张")


def test_another_place_is_forbidden() -> None:
    with pytest.raises(Forbidden):
        search(scope_of(), "张", first=NEIGHBOUR, last=NEIGHBOUR)


def test_no_more_than_the_limit(wall: None) -> None:
    load(xlsx(("姓名", "住址"), *((f"王{chr(0x4E00 + n)}", f"{n + 1}栋101") for n in range(LIMIT + 5))))
    found = search(scope_of(), "王")
    assert (len(found.residents), found.more) == (LIMIT, True)


def test_beginnings_are_found_by_index_behind_the_wall(wall: None) -> None:
    with acting(scope_of()), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        for field, index in (("name", "resident_by_name"), ("initials", "resident_by_initials")):
            # Of a few rows any index with the community in it would do: here only the beginning is asked for.
            plan = Resident.objects.filter(**{f"{field}__begins": "张"}).values("id").explain()
            assert index in plan
            assert f"(({field})::text ~>=~ '张'::text)" in plan.split("Index Cond:")[1].split("\n")[0]


@given(st.text(max_size=40))
@example("\x00")
@example("\U0010ffff")
@example("\ud7ff")
def test_nothing_one_types_breaks_it(text: str) -> None:
    search(Scope.system(reason="tests"), text)
