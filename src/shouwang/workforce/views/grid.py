"""The board of a compound with whose household each square is. Thousands of squares, so Python writes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwang.workforce.queries.burden import Home
from shouwang.workforce.rules.plane import floor_of

TONES = 12
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """How a caseload is shown: ``place`` in the list of the page, ``label`` in the square, ``name`` in words."""

    place: int
    label: str
    name: str

    @property
    def tone(self) -> str:
        return f"tone-{self.place % TONES}" if self.place >= 0 else "tone-none"


@dataclass(frozen=True, slots=True)
class Tab:
    """A compound to look at; ``key`` goes into the address."""

    key: str
    name: str
    households: int
    unassigned: int


def compound_key(home: Home) -> str:
    return str(home.standing.compound)


def tabs(homes: Iterable[Home], place_of: Mapping[int, int]) -> list[Tab]:
    found = []
    for key, group in groupby(homes, key=compound_key):
        inside = list(group)
        left = sum(place_of.get(home.household, NOBODY) == NOBODY for home in inside)
        found.append(Tab(key, inside[0].compound or _("without a compound"), len(inside), left))
    return found


def board(
    homes: Sequence[Home],
    place_of: Mapping[int, int],
    marks: Mapping[int, Mark],
    *,
    fixed: Iterable[int] = (),
    moved: Mapping[int, int] | None = None,
) -> SafeString:
    """The buildings of one compound. ``place_of``: household → place of its caseload; ``moved``: → where it was."""
    held = set(fixed)
    before = moved or {}
    parts = ['<div class="board load-board" data-board>']
    for building, group in groupby(homes, key=lambda home: home.standing.building):
        inside = list(group)
        name = pgettext("building", "Building %(name)s") % {"name": building} if building else _("Doors")
        parts.append(
            format_html(
                '<section class="building" data-group><div class="building-head"><h3>'
                '<button type="button" class="load-all" data-all>{}</button></h3><span>{}</span></div>'
                '<div class="units{}">',
                name,
                len(inside),
                "" if building else " flat",
            )
        )
        for unit, people in groupby(inside, key=lambda home: home.standing.unit):
            parts.append('<div class="unit" data-group>')
            by_floor: dict[int, list[Home]] = {}
            for home in people:
                by_floor.setdefault(floor_of(home.standing.room) if building else 0, []).append(home)
            for floor in sorted(by_floor, reverse=True):
                cells = (
                    _cell(home, marks[place_of.get(home.household, NOBODY)], held, before, marks)
                    for home in by_floor[floor]
                )
                parts.append(f'<div class="floor">{"".join(cells)}</div>')
            if unit:
                parts.append(
                    format_html(
                        '<button type="button" class="unit-name load-all" data-all>{}</button>',
                        pgettext("staircase", "Unit %(name)s") % {"name": unit},
                    )
                )
            parts.append("</div>")
        parts.append("</div></section>")
    parts.append("</div>")
    return mark_safe("".join(parts))  # noqa: S308 everything from outside went through format_html or _cell


def _cell(
    home: Home, mark: Mark, held: set[int], before: Mapping[int, int], marks: Mapping[int, Mark]
) -> str:
    number = home.household
    said = [home.address, mark.name]
    classes = ["cell", "load-cell", mark.tone]
    if number in held:
        classes.append("held")
        said.append(_("fixed by hand"))
    if number in before:
        classes.append("was")
        said.append(_("until now %(name)s") % {"name": marks[before[number]].name})
    title = conditional_escape(" · ".join(said))
    return (
        f'<button type="button" class="{" ".join(classes)}" title="{title}" aria-label="{title}" aria-pressed="false"'
        f' data-household="{number}" data-place="{mark.place}" data-weight="{home.load:g}" data-people="{home.people}"'
        f"{' data-held' if number in held else ''}>{conditional_escape(mark.label)}</button>"
    )
