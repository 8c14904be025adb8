"""The frozen problem of a roster: who works which shift on which day, within hard rules, for the least of unmet wishes
and posts left short.

The model is that of Curtois and Qu (2014), to which a community's posts are brought down: a *shift* is one post at one
time of day, and rest between shifts is a list of shifts that may not follow the next day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shouwang.planning.fields import Fields, ProblemError, once


@dataclass(frozen=True, slots=True)
class Shift:
    """``minutes`` of work. None of ``not_before`` may be worked on the day after this one."""

    id: str
    minutes: int
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """Of these ``shifts`` together at most ``most`` over the whole roster; 0: not qualified."""

    shifts: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Person:
    """What one person may and must work over the whole roster, all of it hard.

    ``most_in_a_row`` and ``least_in_a_row`` are days of work, ``least_off`` days off in a row. A weekend counts if
    Saturday or Sunday is worked. ``off``: days, from 0, on which she does not work. ``pinned``: day → shift that
    somebody fixed by hand.
    """

    id: str
    caps: tuple[Cap, ...]
    least_minutes: int
    most_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off: int
    most_weekends: int
    off: frozenset[int] = frozenset()
    pinned: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """``wanted``: to work that shift that day, or (false) not to. Not granting it costs ``weight``."""

    person: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """On ``day``, ``shift`` needs ``need`` people; each one short costs ``under``, each one too many ``over``."""

    day: int
    shift: str
    need: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Problem:
    """``days`` from 0; ``first_weekday`` of day 0, 0 for Monday."""

    days: int
    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    cover: tuple[Cover, ...]
    first_weekday: int = 0

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Problem":
        """Raises ``ProblemError`` with the place of the first mistake."""
        top = Fields(value)
        days, weekday = top.whole("days", least=1), top.whole("first_weekday", 0)
        shifts, people, wishes, cover = [], [], [], []
        for fields in top.objects("shifts"):
            after = tuple(fields.texts("not_before")) if fields.has("not_before") else ()
            shifts.append(Shift(fields.text("id"), fields.whole("minutes", least=1), after))
            fields.done()
        for fields in top.objects("people"):
            people.append(
                Person(
                    fields.text("id"),
                    tuple(_caps(fields)) if fields.has("caps") else (),
                    fields.whole("least_minutes", 0),
                    fields.whole("most_minutes"),
                    fields.whole("most_in_a_row", days, least=1),
                    fields.whole("least_in_a_row", 1, least=1),
                    fields.whole("least_off", 1, least=1),
                    fields.whole("most_weekends", days),
                    frozenset(fields.wholes("off")) if fields.has("off") else frozenset(),
                    dict(_pinned(fields)) if fields.has("pinned") else {},
                )
            )
            fields.done()
        for fields in top.objects("wishes"):
            wishes.append(
                Wish(
                    fields.text("person"), fields.whole("day"), fields.text("shift"),
                    fields.whole("weight", 1), fields.flag("wanted", True),
                )
            )  # fmt: skip
            fields.done()
        for fields in top.objects("cover"):
            cover.append(
                Cover(
                    fields.whole("day"), fields.text("shift"), fields.whole("need"),
                    fields.whole("under", 100), fields.whole("over", 1),
                )
            )  # fmt: skip
            fields.done()
        top.done()
        problem = cls(days, tuple(shifts), tuple(people), tuple(wishes), tuple(cover), weekday % 7)
        problem.validate()
        return problem

    def validate(self) -> None:
        """Raises ``ProblemError`` where names or days do not fit together."""
        if not self.shifts:
            raise ProblemError("shifts: at least one is needed")
        once([shift.id for shift in self.shifts], "shifts")
        once([person.id for person in self.people], "people")
        shifts, people = {shift.id for shift in self.shifts}, {person.id for person in self.people}
        for shift in self.shifts:
            for other in shift.not_before:
                _known(other, shifts, f"shift {shift.id}: not_before")
        for person in self.people:
            named = [shift for cap in person.caps for shift in cap.shifts]
            for name in [*named, *person.pinned.values()]:
                _known(name, shifts, f"person {person.id}")
            for day in [*person.off, *person.pinned]:
                self._day(day, f"person {person.id}")
        for wish in self.wishes:
            _known(wish.person, people, "wishes")
            _known(wish.shift, shifts, "wishes")
            self._day(wish.day, "wishes")
        seen = set()
        for cover in self.cover:
            _known(cover.shift, shifts, "cover")
            self._day(cover.day, "cover")
            if (cover.day, cover.shift) in seen:
                raise ProblemError(f"cover: day {cover.day}, shift {cover.shift} stands there twice")
            seen.add((cover.day, cover.shift))

    def _day(self, day: int, place: str) -> None:
        if not 0 <= day < self.days:
            raise ProblemError(f"{place}: there is no day {day}; they go from 0 to {self.days - 1}")


@dataclass(frozen=True, slots=True)
class Solution:
    """``assignments``: (person, day, shift). ``objective`` and ``bound`` in the weights of wishes and cover: no roster
    costs less than ``bound``. ``short``: (day, shift, how many) left open."""

    assignments: tuple[tuple[str, int, str], ...]
    objective: float
    bound: float
    short: tuple[tuple[int, str, int], ...]
    seed: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "assignments": [list(one) for one in self.assignments],
            "objective": self.objective,
            "bound": self.bound,
            "short": [list(one) for one in self.short],
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
        }


def _caps(fields: Fields) -> Iterator[Cap]:
    for cap in fields.objects("caps"):
        yield Cap(tuple(cap.texts("shifts")), cap.whole("most"))
        cap.done()


def _pinned(fields: Fields) -> Iterator[tuple[int, str]]:
    for pin in fields.objects("pinned"):
        yield pin.whole("day"), pin.text("shift")
        pin.done()


def _known(name: str, names: set[str], place: str) -> None:
    if name not in names:
        raise ProblemError(f"{place}: there is no {name!r}")
