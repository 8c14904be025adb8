"""Filters and components say what they should, in both languages, and let nothing through unescaped."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from shouwang.access.templatetags import board, figures
from shouwang.access.templatetags.marks import STATUSES
from shouwang.kernel.scope import GrantedRange, Scope

AT = dt.datetime(2020, 2, 14, 6, 5, tzinfo=dt.UTC)  # 14:05 in Tianmen


def render(source: str, **context: object) -> str:
    request = RequestFactory().get("/x", {"q": "张", "page": "2"})
    return Template("{% load shouwang %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567, "1\u2009234\u2009567"), (0, "0"), (-12, "\u221212"), (None, "–"), ("", "–"), ("n/a", "n/a")],
)
def test_figure(value: object, shown: str) -> None:
    assert figures.figure(value) == shown


def test_percent_never_flatters() -> None:
    assert figures.percent(6641, 6642) == "99\u2009%"
    assert figures.percent(6642, 6642) == "100\u2009%"
    assert figures.percent(0, 0) == "–"


def test_temperature_marks_fever_only_above_the_threshold() -> None:
    assert figures.temperature(Decimal("37.3")) == "37.3\u2009°C"
    with translation.override("zh-hans"):
        marked = figures.temperature(Decimal("37.4"))
    assert 'class="fever"' in marked
    assert "发热" in marked
    assert 'class="fever"' in figures.temperature("37.0", Decimal("36.9"))
    assert figures.temperature(None) == "–"


@pytest.mark.parametrize(
    ("language", "day", "full"),
    [("zh-hans", "2月14日", "2020年2月14日 星期五"), ("en", "14 Feb", "Friday, 14 February 2020")],
)
def test_moments_are_local(language: str, day: str, full: str) -> None:
    with translation.override(language), timezone.override("Asia/Shanghai"):
        assert figures.moment(AT) == f"{day}\u00a014:05"
        assert figures.full_day(AT) == full
        assert figures.clock(dt.datetime(2020, 2, 14, 17, 0, tzinfo=dt.UTC)) == "01:00"
        assert figures.day(dt.datetime(2020, 2, 14, 17, 0, tzinfo=dt.UTC)) != day, "it is the 15th there"


def test_every_status_has_icon_and_word() -> None:
    for status in STATUSES:
        shown = render("{% badge status %}", status=status)
        assert "<svg" in shown
        assert shown.rstrip("</span>").rsplit(">", 1)[1], status


@pytest.mark.parametrize(
    "source",
    [
        "{% badge bad bad %}",
        "{% stat bad bad unit=bad note=bad href=bad %}",
        "{% progress 1 2 label=bad %}",
        "{% empty bad bad href=bad action=bad %}",
        "{% callout 'warn' bad %}{{ bad }}{% endcallout %}",
        "{% panel bad %}{{ bad }}{% endpanel %}",
        "{% dialog 'x' bad %}{{ bad }}{% enddialog %}",
        "{% moment_entry bad at=at by=bad %}{{ bad }}{% endmoment_entry %}",
        "{% pair bad bad %}",
        "{% tab bad bad %}",
        "{% board buildings %}",
        "{% chart 'c' spec title=bad %}",
    ],
)
def test_nothing_comes_through_unescaped(source: str) -> None:
    bad = '"><script>alert(1)</script>'
    buildings = [
        board.Building(bad, [board.Unit([[board.Cell(bad, bad, bad, bad), board.Cell(bad, "reached")]], bad)])
    ]
    spec = {"kind": "bar", "labels": [bad], "series": [{"name": bad, "values": [1]}], "unit": bad}
    shown = render(source, bad=bad, at=AT, buildings=buildings, spec=spec)
    assert "<script>alert" not in shown
    assert "alert(1)" in shown


def test_progress_adds_up() -> None:
    shown = render("{% progress 312 358 label='x' fever=1 refused=2 %}")
    assert "312" in shown
    assert "87\u2009%" in shown
    assert "44" in shown, "358 - 312 - 2 are not reached"
    assert 'style="' not in shown


def test_warning_shows_only_while_there_is_something() -> None:
    assert "tile danger" in render("{% stat 'Fever' 1 tone='danger' %}")
    assert "tile danger" not in render("{% stat 'Fever' 0 tone='danger' %}")
    assert "change worse" in render("{% stat 'Not reached' 46 change=3 better='down' %}")


class Asking(forms.Form):
    phone = forms.CharField(label="Phone", help_text="eleven digits", min_length=11)
    who = forms.ChoiceField(label="Who", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(required=False)


def test_a_field_is_tied_to_its_hint_and_error() -> None:
    form = Asking({"phone": "1"})
    shown = render(
        "{% error_summary form %}{% field form.phone %}{% field form.who %}{% field form.note %}", form=form
    )
    assert 'for="id_phone"' in shown
    assert 'aria-describedby="id_phone_hint id_phone_error"' in shown
    assert 'id="id_phone_hint"' in shown
    assert 'id="id_phone_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'href="#id_phone"' in shown
    assert "<fieldset" in shown
    assert shown.count("optional") == 1


def test_may_asks_the_scope() -> None:
    request = RequestFactory().get("/x")
    request.scope = Scope(1, "x", (GrantedRange(429006001000, 429006001999, frozenset({"read_today"})),))
    source = (
        '{% load shouwang %}{% may "read_today" code as ok %}{{ ok }} {% may "read_audit" as ok %}{{ ok }}'
    )
    for code, answer in ((429006001023, "True"), (429006001000, "True"), (429006000000, "False")):
        assert Template(source).render(Context({"request": request, "code": code})) == f"{answer} False"
    with pytest.raises(ValueError, match="fly"):
        Template('{% load shouwang %}{% may "fly" %}').render(Context({"request": request}))


def test_pages_keep_the_filters() -> None:
    shown = render("{% pages page %}", page=Paginator(range(500), 50).page(2))
    assert "q=%E5%BC%A0&amp;page=3" in shown
    assert 'aria-current="page">2<' in shown


def test_sorting_turns_round() -> None:
    once = render("{% sort_header 'q' 'Name' %}")
    assert "sort=q" in once
    assert "aria-sort" not in once
    request = RequestFactory().get("/x", {"sort": "name"})
    again = Template("{% load shouwang %}{% sort_header 'name' 'Name' %}").render(
        Context({"request": request})
    )
    assert "sort=-name" in again
    assert 'aria-sort="ascending"' in again


def test_a_board_of_a_whole_community_is_quick() -> None:
    cells = [
        [board.Cell(f"{floor}0{door}", "reached", "/h/1", "x") for door in (1, 2)] for floor in range(30)
    ]
    buildings = [
        board.Building(f"{n}栋", [board.Unit(cells, "1单元")]) for n in range(110)
    ]  # 6,600 households
    started = dt.datetime.now(tz=dt.UTC)
    shown = str(board.board(buildings))
    assert (dt.datetime.now(tz=dt.UTC) - started).total_seconds() < 5
    assert shown.count('class="cell reached"') == 6600
