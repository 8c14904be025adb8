"""Public instances of shift scheduling (Curtois and Qu 2014), in their text form: sections of comma separated lines."""

from typing import Any

from shouwang.planning.fields import ProblemError
from shouwang.planning.roster.problem import Cap, Cover, Person, Problem, Shift, Solution, Wish

_FIELDS = {
    "SHIFTS": 3,
    "STAFF": 8,
    "DAYS_OFF": 2,
    "SHIFT_ON_REQUESTS": 4,
    "SHIFT_OFF_REQUESTS": 4,
    "COVER": 5,
}


def read(text: str) -> Problem:
    """Raises ``ProblemError`` with the line. All instances start on a Monday."""
    days, section = 0, ""
    shifts: list[Shift] = []
    staff: list[list[str]] = []
    off: dict[str, frozenset[int]] = {}
    wishes: list[Wish] = []
    cover: list[Cover] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
            continue
        cells = [cell.strip() for cell in line.split(",")]
        try:
            if len(cells) < _FIELDS.get(section, 1):
                raise ValueError
            match section:
                case "HORIZON":
                    days = int(cells[0])
                case "SHIFTS":
                    after = tuple(name for name in cells[2].split("|") if name)
                    shifts.append(Shift(cells[0], int(cells[1]), after))
                case "STAFF":
                    staff.append(cells)
                case "DAYS_OFF":
                    off[cells[0]] = frozenset(int(day) for day in cells[1:])
                case "SHIFT_ON_REQUESTS" | "SHIFT_OFF_REQUESTS":
                    wanted = section == "SHIFT_ON_REQUESTS"
                    wishes.append(Wish(cells[0], int(cells[1]), cells[2], int(cells[3]), wanted))
                case "COVER":
                    cover.append(Cover(int(cells[0]), cells[1], *map(int, cells[2:5])))
                case _:
                    raise ValueError
        except ValueError:
            raise ProblemError(f"line {number}: {line[:40]!r} does not fit the section {section}") from None
    people = tuple(_person(cells, off.get(cells[0], frozenset())) for cells in staff)
    problem = Problem(days, tuple(shifts), people, tuple(wishes), tuple(cover))
    problem.validate()
    return problem


def _person(cells: list[str], off: frozenset[int]) -> Person:
    caps = tuple(
        Cap((name,), int(number))
        for name, _, number in (part.partition("=") for part in cells[1].split("|") if part)
    )
    most_minutes, least_minutes, in_a_row, least_in_a_row, least_off, weekends = map(int, cells[2:8])
    return Person(
        cells[0], caps, least_minutes, most_minutes, in_a_row, least_in_a_row, least_off, weekends, off
    )


def written(solution: Solution) -> dict[str, Any]:
    """As the benchmark wants solutions: employee, day from 0, shift."""
    return {"assignments": [list(one) for one in solution.assignments]}
