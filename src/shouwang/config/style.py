"""``/style``: every part a page can be built from, with made-up but likely data. For those who write pages."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shouwang.access.enums import Permission
from shouwang.access.templatetags.board import STATES, Building, Cell, Unit
from shouwang.access.templatetags.marks import STATUSES

SCENE = dt.datetime(2020, 2, 21, 6, 5, tzinfo=dt.UTC)  # 14:05 in the town
HOUSEHOLDS = [
    # address, head, size, state, temperature, by, minutes ago
    ("3栋2单元501", "张建国", 4, "fever", "37.8", "王芳", 4),
    ("3栋2单元502", "欧阳秀英", 2, "reached", "36.5", "王芳", 11),
    ("3栋2单元601", "刘伟", 3, "not_reached", None, "", None),
    ("5栋1单元302", "李桂兰", 1, "partly", "36.8", "周强", 26),
    ("5栋1单元401", "阿卜杜拉·买买提", 5, "refused", None, "周强", 35),
    ("7栋3单元1802", "陈明", 6, "reached", "36.2", "胡敏", 48),
    ("滨江路12号", "黄小红", 3, "not_reached", None, "", None),
]
COLOURS = [
    pair.split("/")
    for pair in (
        "page/ink panel/ink-2 sunk/ink-3 brand/on-brand brand-soft/brand-deep rail/rail-ink lamp/ink "
        "good-soft/good quiet-soft/quiet info-soft/info warn-soft/warn danger-soft/danger violet-soft/violet "
        "good-solid/on-brand info-solid/on-brand danger-solid/on-brand violet-solid/on-brand"
    ).split()
]


class AttemptForm(forms.Form):
    """A form with one of each control; shown filled in wrongly."""

    answered_by = forms.ChoiceField(
        label=gettext_lazy("Who answered"),
        widget=forms.RadioSelect,
        choices=[
            ("self", gettext_lazy("the person herself")),
            ("family", gettext_lazy("a family member")),
            ("nobody", pgettext_lazy("who answered", "nobody")),
        ],
    )
    temperature = forms.DecimalField(
        label=gettext_lazy("Temperature"),
        required=False,
        max_value=43,
        help_text=gettext_lazy("As she read it out. Leave empty if it was not taken."),
        error_messages={"max_value": gettext_lazy("Above 43 °C nobody lives. Please check the digits.")},
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), min_length=11)
    gate = forms.ChoiceField(label=gettext_lazy("Gate"), choices=[("1", "滨江路大门"), ("2", "北门")])
    needs = forms.CharField(
        label=gettext_lazy("Needs"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    returnee = forms.BooleanField(
        label=gettext_lazy("Back from elsewhere in the last 14 days"), required=False
    )


class RosterForm(forms.Form):
    roster = forms.FileField(label=gettext_lazy("Roster"))


class FilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("of a household", "State"),
        required=False,
        choices=[("", gettext_lazy("all")), ("not_reached", STATES["not_reached"])],
    )
    returnees = forms.BooleanField(label=gettext_lazy("returnees only"), required=False)


def rows() -> list[dict[str, Any]]:
    """Rows of the sample table."""
    return [
        {
            "address": address, "head": head, "size": size, "state": state, "temperature": temperature, "by": by,
            "at": SCENE - dt.timedelta(minutes=minutes) if minutes is not None else None,
        }
        for address, head, size, state, temperature, by, minutes in HOUSEHOLDS
    ]  # fmt: skip


def compound() -> list[Building]:
    """Three buildings in the middle of a round, and a village group."""
    order = ["reached"] * 11 + ["not_reached"] * 3 + ["partly", "vacant"] + ["reached"] * 5 + ["refused"]
    buildings = []
    for number, floors, through in ((1, 6, True), (3, 6, False), (5, 8, False)):
        units = []
        for unit in (1, 2, 3):
            grid = []
            for floor in range(floors, 0, -1):
                cells = []
                for door in (1, 2):
                    state = (
                        "reached"
                        if through
                        else order[(number * 31 + unit * 7 + floor * 5 + door * 3) % len(order)]
                    )
                    if (number, unit, floor, door) == (3, 2, 5, 1):
                        state = "fever"
                    room = f"{floor}0{door}"
                    cells.append(Cell(room, state, "#board", f"{number}栋{unit}单元{room}"))
                grid.append(cells)
            units.append(Unit(grid, _("Unit %(number)s") % {"number": unit}))
        buildings.append(Building(_("Building %(number)s") % {"number": number}, units))
    group = [
        Cell(str(door), order[door * 7 % len(order)], "#board", f"三组{door}号") for door in range(1, 34)
    ]
    return [*buildings, Building(_("Group %(number)s") % {"number": 3}, [Unit([group])], flat=True)]


def charts() -> dict[str, Any]:
    """One specification of each kind of chart."""
    reached = [281, 302, 318, 330, 327, 341, 344, 349, 351, 346, 352, 355, 356, 312]
    refused = [4, 4, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 2]
    rest = [358 - one - other for one, other in zip(reached, refused, strict=True)]
    stacked = {
        "kind": "stack",
        "labels": [f"2-{day}" for day in range(8, 22)],
        "unit": _("households"),
        "series": [
            {"name": STATES["reached"], "values": reached, "tone": "good"},
            {"name": STATES["refused"], "values": refused, "tone": "violet"},
            {"name": STATES["not_reached"], "values": rest, "tone": "quiet"},
        ],
    }
    lines = {
        "kind": "line",
        "labels": ["06:00", "12:00", "18:00", "21:00", "06:00", "12:00", "18:00"],
        "unit": "°C",
        "places": 1,
        "min": 36,
        "max": 39,
        "series": [
            {"name": "张*", "values": [36.6, 36.9, 37.2, 37.6, None, 37.8, 38.1], "tone": "danger"},
            {"name": "欧阳*", "values": [36.4, 36.5, 36.5, 36.6, 36.4, 36.5, 36.6], "tone": "info"},
        ],
        "threshold": {"value": 37.3, "name": "37.3 °C"},
    }
    lying = {
        "kind": "bar",
        "across": True,
        "written": True,
        "labels": ["新城社区", "李场村", "双湖村", "钟惺社区"],
        "unit": "%",
        "series": [{"name": STATES["reached"], "values": [98, 91, 87, 64]}],
    }
    return {"stacked": stacked, "lines": lines, "lying": lying}


@login_required
def components(request: HttpRequest) -> HttpResponse:
    """The page itself, for administrators."""
    request.scope.require(Permission.MANAGE_USERS)  # type: ignore[attr-defined]
    wrong = AttemptForm({"temperature": "378", "phone": "1387", "gate": "2"})
    wrong.is_valid()
    context = {
        "colours": COLOURS,
        "statuses": STATUSES,
        "states": STATES,
        "rows": rows(),
        "page": Paginator(range(1_474), 50).page(4),
        "form": AttemptForm(auto_id="blank_%s"),
        "wrong": wrong,
        "upload_form": RosterForm(auto_id="drop_%s"),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "buildings": compound(),
        "charts": charts(),
        "scene": SCENE,
        "heat": [("新城社区", "00123"), ("李场村", "01124"), ("双湖村", "00012")],
    }
    return render(request, "style/components.html", context)


@login_required
def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet for the printer."""
    request.scope.require(Permission.MANAGE_USERS)  # type: ignore[attr-defined]
    return render(request, "style/sheet.html", {"rows": rows(), "scene": SCENE})


@login_required
def part(request: HttpRequest) -> HttpResponse:
    """The fragment that refreshes itself."""
    request.scope.require(Permission.MANAGE_USERS)  # type: ignore[attr-defined]
    return render(request, "style/part.html", {"done": 312 + timezone.now().second % 40})


urlpatterns = [
    path("", components, name="style"),
    path("sheet/", sheet, name="style_sheet"),
    path("part/", part, name="style_part"),
]
