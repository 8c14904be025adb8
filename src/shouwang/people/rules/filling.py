"""Cells that a roster writes once for several rows: the household's number and door, the compound, the community."""

from shouwang.kernel.text import squeeze
from shouwang.people.rules.cells import is_nothing, read_relation
from shouwang.people.rules.columns import Column
from shouwang.people.rules.rows import HEAD, Header

# From the outermost inwards: a level is only taken from the row above while all outer ones are the same.
_LEVELS = (
    Column.COMMUNITY,
    Column.COMPOUND,
    Column.GROUP,
    Column.HOUSEHOLD,
    Column.HEAD,
    Column.BUILDING,
    Column.UNIT,
    Column.ADDRESS,
    Column.ROOM,
)
_DOORS = frozenset({Column.HOUSEHOLD, Column.ADDRESS, Column.ROOM, Column.HEAD})


class Filler:
    """Fills blank cells from the row above. ``inherited``: the last row's door was not written in it.

    A head of household never takes the door of the row above, and after an empty row no door is handed on.
    """

    def __init__(self, header: Header) -> None:
        self._places = [(column, header.columns[column]) for column in _LEVELS if column in header.columns]
        self._relation = header.columns.get(Column.RELATION)
        self._above: dict[Column, object] = {}
        self.inherited = False

    def forget(self) -> None:
        """An empty row ends the household."""
        for column in _DOORS:
            self._above.pop(column, None)

    def fill(self, cells: list[object], *, has_person: bool) -> list[object]:
        """The cells of one row, filled."""
        self.inherited = False
        is_head = (
            self._relation is not None
            and self._relation < len(cells)
            and (read_relation(cells[self._relation]) == HEAD)
        )
        same = True
        for column, place in self._places:
            if place >= len(cells):
                cells += [""] * (place + 1 - len(cells))
            cell = cells[place]
            if not is_nothing(cell):
                same = same and squeeze(cell) == squeeze(self._above.get(column, ""))
                self._above[column] = cell
            elif same and has_person and column in self._above and not (is_head and column in _DOORS):
                cells[place] = self._above[column]
                self.inherited = self.inherited or column in _DOORS
            else:
                self._above.pop(column, None)
        return cells
