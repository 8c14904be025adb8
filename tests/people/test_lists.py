"""Each list from above is closed line by line: found, not here with proof, or looked for; counts that add up."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.people import COUNTY, TOWN
from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, scope_of, settled, xlsx
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.people import actions
from shouwang.people.actions.joining import undo_joining
from shouwang.people.actions.lists import (
    discard_list,
    enter_lines,
    hand_on_line,
    load_list,
    preview_list,
    settle_line,
)
from shouwang.people.enums import LineHow, LineState, ReturneeSource
from shouwang.people.models import ListLine, Pair, Resident, Returnee, ReturneeList, Sighting
from shouwang.people.queries.lines import told_of
from shouwang.people.queries.lists import counts_of, lines_of, open_lines, opened, returnee_lists
from shouwang.people.queries.missed import missed
from shouwang.people.queries.numbers import told_numbers

pytestmark = pytest.mark.django_db
OFFICE = scope_of()
CITY = Scope(
    None, "hq", (GrantedRange(COUNTY, COUNTY + 999_999, PERMISSIONS[Role.HEADQUARTERS], Role.HEADQUARTERS),)
)
HEAD = ("姓名", "证件号码", "联系电话", "来源地", "抵达时间", "目的地")
ROSTER = xlsx(
    HEADINGS,
    ("王建国", "户主", id_number(1), "13812340001", "3栋2单元501", ""),
    ("李秀珍", "妻", id_number(2), "13812340001", "3栋2单元501", ""),
)


def a_list(
    *rows: tuple[object, ...], scope: Scope = OFFICE, area: int = COMMUNITY, name: str = "名单.xlsx"
) -> ReturneeList:
    found = preview_list(scope, area=area, file_name=name, content=xlsx(HEAD, *rows))
    return load_list(scope, list_id=found.pk)


def line_of(name: str) -> ListLine:
    return next(line for line in ListLine.objects.order_by("-id") if told_of(line).name == name)


@pytest.mark.usefixtures("wall")
def test_who_is_on_the_roster_is_found_and_the_others_are_looked_for() -> None:
    load(ROSTER)
    found = a_list(
        ("王建國", id_number(1), "", "武汉", "1月22日", "新城社区"),
        ("王建军", "", "13812340001", "武汉", "1月22日", "新城社区"),
        ("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "新城社区"),
    )
    states = {told_of(line).name: (line.state, line.how) for line in ListLine.objects.all()}
    assert states == {"王建國": ("found", "roster"), "王建军": ("looking", ""), "陈晓红": ("looking", "")}
    counts = counts_of(OFFICE, found)
    assert (counts.lines, counts.found, counts.not_here, counts.looking) == (3, 1, 0, 2)
    assert open_lines(OFFICE, COMMUNITY, COMMUNITY) == {COMMUNITY: 2}
    assert missed(OFFICE, COMMUNITY).lines == 2
    assert found.closed_at is None


@pytest.mark.usefixtures("wall")
def test_the_same_file_twice_is_one_list() -> None:
    file = xlsx(HEAD, ("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "新城社区"))
    one, other = (
        load_list(OFFICE, list_id=preview_list(OFFICE, area=COMMUNITY, file_name=name, content=file).pk)
        for name in ("名单.xlsx", "名单(1).xlsx")
    )
    assert one == other
    assert (ListLine.objects.count(), Sighting.objects.count()) == (1, 1)
    load_list(OFFICE, list_id=one.pk)
    assert ListLine.objects.count() == 1


@pytest.mark.usefixtures("wall")
def test_two_lists_with_the_same_people_in_other_spellings_are_one_person_each() -> None:
    a_list(("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "新城社区"))
    a_list(
        (
            "陈小红",
            f"{id_number(3)[:6]}********{id_number(3)[-4:]}",
            "139 1234 0003",
            "武汉市",
            "2020.1.23",
            "新城",
        ),
        name="晚.xlsx",
    )
    assert Sighting.objects.count() == 2
    assert Returnee.objects.count() == 1


@pytest.mark.usefixtures("wall")
def test_a_gate_that_sees_her_closes_her_line_and_undoing_it_opens_it_again() -> None:
    found = a_list(("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "新城社区"))
    actions.register_returnee(
        OFFICE,
        community=COMMUNITY,
        name="陈晓红",
        numbers=told_numbers(id_number(3), "", today=clock.today()),
        origin="武汉",
        source=ReturneeSource.GATE,
        source_id=None,
    )
    line = line_of("陈晓红")
    assert (line.state, line.how) == (LineState.FOUND, LineHow.REGISTER)
    found.refresh_from_db()
    assert found.closed_at is not None
    undo_joining(OFFICE, pair_id=Pair.objects.get().pk)
    line.refresh_from_db()
    found.refresh_from_db()
    assert (line.state, line.how, found.closed_at) == (LineState.LOOKING, "", None)


@pytest.mark.usefixtures("wall")
def test_not_here_needs_a_proof_and_is_opened_again() -> None:
    found = a_list(("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "新城社区"))
    line = line_of("陈晓红")
    with pytest.raises(Refused) as refused:
        settle_line(OFFICE, line_id=line.pk, state=LineState.NOT_HERE)
    assert refused.value.code == "proof_empty"
    settle_line(OFFICE, line_id=line.pk, state="not_here", proof="电话问过：人在广州，没有回来")
    found.refresh_from_db()
    assert found.closed_at is not None
    assert open_lines(OFFICE, COMMUNITY, COMMUNITY) == {}
    settle_line(OFFICE, line_id=line.pk, state="looking")
    found.refresh_from_db()
    assert found.closed_at is None
    assert AuditEntry.objects.filter(verb="settle_line").count() == 2


@pytest.mark.usefixtures("wall")
def test_found_as_somebody_of_the_roster_links_her_and_opening_unlinks() -> None:
    load(ROSTER)
    a_list(("王老大", "", "", "武汉", "1月22日", "新城社区"))
    line, resident = line_of("王老大"), Resident.objects.get(name="王建国")
    settle_line(OFFICE, line_id=line.pk, state="found", resident_id=resident.pk)
    line = line_of("王老大")
    assert (line.state, line.how) == (LineState.FOUND, LineHow.HAND)
    assert Returnee.objects.get().resident_id == resident.pk
    settle_line(OFFICE, line_id=line.pk, state="looking")
    assert Returnee.objects.get().resident_id is None
    assert line_of("王老大").state == LineState.LOOKING
    with pytest.raises(NotFound):
        settle_line(OFFICE, line_id=line.pk, state="found", resident_id=999_999)


@pytest.mark.usefixtures("wall")
def test_who_may_be_meant_is_shown_beside_an_open_line() -> None:
    load(ROSTER)
    a_list(("王建军", "", "13812340001", "武汉", "1月22日", "新城社区"), ("何人", "", "", "", "", ""))
    shown = opened(OFFICE, list(lines_of(OFFICE, community=COMMUNITY)))
    assert [[resident.name for resident, _ in one.alike] for one in shown] == [["王建国"], []]


@pytest.mark.usefixtures("wall")
def test_a_list_of_the_city_is_placed_handed_on_and_seen_by_who_sent_it() -> None:
    with acting(CITY):
        found = a_list(
            ("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", "竟陵街道新城社区"),
            ("周敏", id_number(4), "", "武汉", "1月23日", ""),
            scope=CITY,
            area=COUNTY,
        )
        assert {told_of(line).name: line.community for line in ListLine.objects.all()} == {
            "陈晓红": COMMUNITY,
            "周敏": COUNTY,
        }
        assert counts_of(CITY, found).unplaced == 1
        line = hand_on_line(CITY, line_id=line_of("周敏").pk, community=NEIGHBOUR)
        assert line.sighting is not None
        assert counts_of(CITY, found).unplaced == 0
        with pytest.raises(NotFound):
            hand_on_line(CITY, line_id=line.pk, community=TOWN)
    with acting(scope_of(community=NEIGHBOUR)):
        assert [
            told_of(one).name for one in lines_of(scope_of(community=NEIGHBOUR), community=NEIGHBOUR)
        ] == ["周敏"]
        settle_line(
            scope_of(community=NEIGHBOUR), line_id=line.pk, state="not_here", proof="查无此人，问过组长"
        )
        with pytest.raises(Forbidden):
            lines_of(scope_of(community=NEIGHBOUR), community=COMMUNITY)
    with acting(CITY):
        counts = counts_of(CITY, found)
        assert (counts.lines, counts.found, counts.not_here, counts.looking) == (2, 0, 1, 1)
        assert [one.pk for one, _ in returnee_lists(CITY, COUNTY)] == [found.pk]


@pytest.mark.usefixtures("wall")
def test_an_office_hands_a_line_over_its_own_wall_and_the_count_stays() -> None:
    with acting(OFFICE):
        found = a_list(("陈晓红", id_number(3), "13912340003", "武汉", "1月23日", ""))
        hand_on_line(OFFICE, line_id=line_of("陈晓红").pk, community=NEIGHBOUR)
        assert not ListLine.objects.exists()
        counts = counts_of(OFFICE, found)
        assert (counts.lines, counts.looking, counts.elsewhere) == (1, 1, 1)


@pytest.mark.usefixtures("wall")
def test_a_list_only_looked_at_is_discarded_and_a_loaded_one_is_not() -> None:
    found = preview_list(
        OFFICE, area=COMMUNITY, file_name="a.xlsx", content=xlsx(HEAD, ("陈晓红", "", "", "", "", ""))
    )
    assert ListLine.objects.count() == 0
    discard_list(OFFICE, list_id=found.pk)
    assert not ReturneeList.objects.exists()
    loaded = a_list(("陈晓红", "", "", "", "", ""))
    with pytest.raises(Refused):
        discard_list(OFFICE, list_id=loaded.pk)
    with pytest.raises(Forbidden):
        preview_list(scope_of(Role.REPORTER), area=COMMUNITY, file_name="a.xlsx", content=xlsx(HEAD))


@pytest.mark.usefixtures("wall")
def test_a_long_list_is_entered_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shouwang.people.actions.lists.AT_ONCE", 2)
    found = a_list(
        *(
            (f"陈{word}", id_number(serial), "", "武汉", "", "")
            for serial, word in enumerate("一二三四五", 10)
        )
    )
    assert Sighting.objects.count() == 0
    after: int | None = 0
    while after is not None:
        after = enter_lines(OFFICE, list_id=found.pk, after=after, most=2)
    assert Sighting.objects.count() == 5
    assert counts_of(OFFICE, found).looking == 5


ACTS = st.lists(
    st.tuples(st.sampled_from(["found", "not_here", "looking", "hand_on", "gate"]), st.integers(0, 3)),
    max_size=12,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
@pytest.mark.usefixtures("db")
def test_the_counts_add_up_whatever_is_done(acts: list[tuple[str, int]]) -> None:
    from django.db import transaction

    with transaction.atomic(), settled():
        found = a_list(
            *((f"陈{word}", id_number(at), "", "武汉", "", "") for at, word in enumerate("一二三四", 20))
        )
        lines = list(ListLine.objects.order_by("id"))
        for act, at in acts:
            _act(act, lines[at], id_number(20 + at), "陈" + "一二三四"[at])
            counts = counts_of(OFFICE, found)
            assert counts.lines == 4 == counts.found + counts.not_here + counts.looking
            found.refresh_from_db()
            assert (found.closed_at is not None) == (counts.looking == 0)
            for line in ListLine.objects.exclude(state=LineState.LOOKING):
                assert line.how or line.proof
        transaction.set_rollback(True)


def _act(act: str, line: ListLine, number: str, name: str) -> None:
    given: dict[str, Any] = {"line_id": line.pk}
    scope = Scope.system(reason="tests")
    if act == "hand_on":
        line.refresh_from_db()
        if line.state == LineState.LOOKING:
            hand_on_line(scope, community=NEIGHBOUR, **given)
    elif act == "gate":
        actions.register_returnee(
            scope, community=COMMUNITY, name=name, numbers=told_numbers(number, "", today=clock.today()), origin="",
            source=ReturneeSource.GATE, source_id=None,
        )  # fmt: skip
    else:
        settle_line(scope, state=act, proof="问过本人", **given)
