"""None missed: one number, made of three that name nobody twice, the same wherever it stands."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from people.town import COMMUNITY, HEADINGS, id_number, load, scope_of, sign_in, xlsx
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.people import actions
from shouwang.people.actions import lists
from shouwang.people.enums import LineState, ReturneeSource
from shouwang.people.models import ListLine, Returnee
from shouwang.people.queries.missed import Missed, missed
from shouwang.people.queries.numbers import told_numbers

OFFICE = scope_of()
pytestmark = pytest.mark.usefixtures("wall")


def see(name: str, number: str = "", phone: str = "", *, days: int = 3) -> None:
    today = clock.today()
    actions.register_returnee(
        OFFICE, community=COMMUNITY, name=name, numbers=told_numbers(number, phone, today=today), origin="武汉",
        source=ReturneeSource.GATE, source_id=uuid4(), arrived_on=today - dt.timedelta(days=days),
    )  # fmt: skip


def listed() -> None:
    """Two lines: one of somebody on the roster, one of somebody whom nobody has seen."""
    arrived = f"{clock.today() - dt.timedelta(days=2):%Y-%m-%d}"
    headings = ("姓名", "身份证号", "手机", "来自", "抵达时间", "社区")
    rows = (
        ("张三", id_number(1), "", "武汉", arrived, "新城社区"),
        ("卫东升", "", "13871230009", "武汉", arrived, "新城社区"),
    )
    found = lists.preview_list(OFFICE, area=COMMUNITY, file_name="一批.xlsx", content=xlsx(headings, *rows))
    lists.load_list(OFFICE, list_id=found.pk)


@pytest.fixture
def everything(wall: None) -> None:
    load(xlsx(HEADINGS, ("张三", "户主", id_number(1), "", "滨江美景湾3栋2单元501", "")))
    listed()
    see("周敏", phone="13871234567")
    see("周女士", phone="13871234567")  # a pair to decide, and neither is watched
    see("冯晓燕", id_number(8), days=60)  # her days are over: nobody need watch her


def test_nothing_to_do_is_none_missed() -> None:
    assert missed(OFFICE, COMMUNITY) == Missed()
    page = sign_in(Role.OFFICE).get(reverse("people:index", args=[COMMUNITY])).text
    assert "Still to do" not in page


def test_the_parts_add_up_and_who_is_looked_for_is_counted_once(everything: None) -> None:
    found = missed(OFFICE, COMMUNITY)
    assert found == Missed(lines=1, pairs=1, unwatched=2)
    assert found.total == 4
    assert (
        Returnee.objects.filter(resident=None).count() == 4
    )  # she of the line, two of the pair, one whose days are over


def test_the_same_number_stands_on_every_page(everything: None) -> None:
    office = sign_in(Role.OFFICE)
    for name in ("people:index", "people:returnees", "people:lists"):
        page = office.get(reverse(name, args=[COMMUNITY])).text
        tile = page[page.index("ot yet: none missed") :]
        assert re.search(r'tile-figure">\s*4<', tile), name
    without = office.get(reverse("people:returnees", args=[COMMUNITY]), {"show": "unwatched"}).text
    assert without.count('data-href="/people/returnees/') == 2


def test_each_thing_done_takes_one_away(everything: None) -> None:
    line = ListLine.objects.get(state=LineState.LOOKING)
    lists.settle_line(OFFICE, line_id=line.pk, state=LineState.NOT_HERE, proof="她母亲说人在武汉")
    after = missed(OFFICE, COMMUNITY)
    assert (after.lines, after.pairs) == (0, 1)
    assert after.total <= 4
    for one in Returnee.objects.all():
        actions.set_returnee_state(OFFICE, returnee_id=one.pk, state="left", reason="去了武汉")
    assert missed(OFFICE, COMMUNITY).unwatched == 0


def test_a_watch_that_begins_tomorrow_is_set_and_not_missed(everything: None) -> None:
    before = missed(OFFICE, COMMUNITY).unwatched
    see("张三", id_number(1), days=0)
    assert missed(OFFICE, COMMUNITY).unwatched == before
