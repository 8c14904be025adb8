"""The board: a compound's buildings, units and rooms as small squares, one for each household.

A board has thousands of squares, so they are written by Python, not by template loops. The caller hands over plain
values (``Building`` …), or anything with the same attributes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext, pgettext_lazy

register = template.Library()

STATES = {
    "not_reached": pgettext_lazy("status", "not reached"),
    "partly": pgettext_lazy("status", "partly reached"),
    "reached": pgettext_lazy("status", "reached"),
    "refused": pgettext_lazy("status", "refused"),
    "fever": pgettext_lazy("status", "fever"),
    "away": pgettext_lazy("status", "away"),
    "vacant": pgettext_lazy("status", "vacant"),
}
"""State of a household's square → its word. Ground, mark and border differ as well as the colour."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A household: what is written in the square, its state (a key of ``STATES``), where a click leads.

    ``reached``: whether all its people are, where the state alone does not say so (a fever, and others not reached).
    """

    name: str
    state: str
    href: str = ""
    title: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A staircase: floors from the top down, each a row of squares. A village group has one floor, which wraps."""

    floors: Sequence[Sequence[Cell]]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Building:
    """A building or a village group. ``flat``: the squares wrap instead of standing in floors."""

    name: str
    units: Sequence[Unit] = field(default=())
    flat: bool = False

    def cells(self) -> Iterable[Cell]:
        return (cell for unit in self.units for floor in unit.floors for cell in floor)


def _cell(cell: Cell, words: dict[str, str]) -> str:
    title = conditional_escape(cell.title or cell.name)
    label = f"{title} {words.get(cell.state, '')}"
    attributes = f'class="cell {conditional_escape(cell.state)}" title="{label}" aria-label="{label}"'
    name = conditional_escape(cell.name)
    if cell.href:
        return f'<a href="{conditional_escape(cell.href)}" {attributes}>{name}</a>'
    return f'<span role="img" {attributes}>{name}</span>'


def _building(building: Building, words: dict[str, str]) -> str:
    cells = list(building.cells())
    lived_in = [cell for cell in cells if cell.state != "vacant"]
    reached = sum(
        cell.state in ("reached", "fever") if cell.reached is None else cell.reached for cell in lived_in
    )
    complete = ' class="complete"' if lived_in and reached == len(lived_in) else ""
    parts = [
        f'<section class="building"><div class="building-head"><h3>{conditional_escape(building.name)}</h3>'
        f"<span{complete}>{reached}/{len(lived_in)}</span></div>"
        f'<div class="units{" flat" if building.flat else ""}">'
    ]
    for unit in building.units:
        parts.append('<div class="unit">')
        for floor in unit.floors:
            parts.append(f'<div class="floor">{"".join(_cell(cell, words) for cell in floor)}</div>')
        if unit.name:
            parts.append(f'<div class="unit-name">{conditional_escape(unit.name)}</div>')
        parts.append("</div>")
    parts.append("</div></section>")
    return "".join(parts)


@register.simple_tag
def board(buildings: Iterable[Building]) -> SafeString:
    """``{% board buildings %}``: the squares. Put ``{% board_key %}`` above them."""
    words = {state: str(word) for state, word in STATES.items()}
    # Everything from outside is escaped in _cell and _building.
    return mark_safe(f'<div class="board">{"".join(_building(b, words) for b in buildings)}</div>')  # noqa: S308


@register.simple_tag
def board_key(**counts: int) -> SafeString:
    """``{% board_key reached=312 fever=1 %}``: what each square means, with the number of households if given."""
    shown = [state for state in STATES if not counts or state in counts]
    items = "".join(
        format_html(
            '<li><span class="cell {}" aria-hidden="true"></span>{}{}</li>',
            state,
            STATES[state],
            format_html(
                " <b>{}</b>",
                ngettext("%(count)s household", "%(count)s households", counts[state])
                % {"count": counts[state]},
            )
            if state in counts
            else "",
        )
        for state in shown
    )
    return format_html('<ul class="board-key">{}</ul>', mark_safe(items))  # noqa: S308
