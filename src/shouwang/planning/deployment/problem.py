"""The frozen problem of a deployment: who of those who offered to serve goes to which area, for which need."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shouwang.planning.fields import Fields, ProblemError, once


@dataclass(frozen=True, slots=True)
class Area:
    """Where people are needed; ``x`` and ``y`` in metres on any plane."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Need:
    """``area`` needs ``number`` people, ``women`` of them at least, each with all of ``skills``. Each one short costs
    ``weight``, each woman short of ``women`` as much again."""

    id: str
    area: str
    number: int
    women: int = 0
    skills: tuple[str, ...] = ()
    weight: float = 200.0


@dataclass(frozen=True, slots=True)
class Person:
    """Lives at ``x``, ``y``. ``fixed_to``: an area that somebody named for her, and no plan moves her. ``now_in``:
    where she serves today."""

    id: str
    agency: str
    x: float
    y: float
    woman: bool = False
    skills: tuple[str, ...] = ()
    fixed_to: str | None = None
    now_in: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """``agency`` sends at least ``least`` and at most ``most`` people (``None``: any number) to ``area`` (``None``: to
    all areas together). Hard."""

    agency: str
    area: str | None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """``change_cost``: so many kilometres are saved for it to be worth sending somebody elsewhere; ``apart_cost``: so
    many to keep an agency's people out of one more area."""

    areas: tuple[Area, ...]
    needs: tuple[Need, ...]
    people: tuple[Person, ...]
    quotas: tuple[Quota, ...] = ()
    change_cost: float = 30.0
    apart_cost: float = 2.0

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Problem":
        """Raises ``ProblemError`` with the place of the first mistake."""
        top = Fields(value)
        areas, needs, people, quotas = [], [], [], []
        for fields in top.objects("areas"):
            areas.append(Area(fields.text("id"), fields.number("x"), fields.number("y")))
            fields.done()
        for fields in top.objects("needs"):
            needs.append(
                Need(
                    fields.text("id"),
                    fields.text("area"),
                    fields.whole("number"),
                    fields.whole("women", 0),
                    tuple(fields.texts("skills")) if fields.has("skills") else (),
                    fields.number("weight", 200.0, least=0),
                )
            )
            fields.done()
        for fields in top.objects("people"):
            people.append(
                Person(
                    fields.text("id"),
                    fields.text("agency", ""),
                    fields.number("x"),
                    fields.number("y"),
                    fields.flag("woman", False),
                    tuple(fields.texts("skills")) if fields.has("skills") else (),
                    fields.optional("fixed_to"),
                    fields.optional("now_in"),
                )
            )
            fields.done()
        for fields in top.objects("quotas") if top.has("quotas") else ():
            most = fields.whole("most") if fields.has("most") else None
            quotas.append(
                Quota(fields.text("agency"), fields.optional("area"), fields.whole("least", 0), most)
            )
            fields.done()
        change, apart = top.number("change_cost", 30.0, least=0), top.number("apart_cost", 2.0, least=0)
        top.done()
        problem = cls(tuple(areas), tuple(needs), tuple(people), tuple(quotas), change, apart)
        problem.validate()
        return problem

    def validate(self) -> None:
        """Raises ``ProblemError`` where names do not fit together."""
        once([area.id for area in self.areas], "areas")
        once([need.id for need in self.needs], "needs")
        once([person.id for person in self.people], "people")
        areas = {area.id for area in self.areas}
        for need in self.needs:
            _known(need.area, areas, f"need {need.id}")
            if need.women > need.number:
                raise ProblemError(
                    f"need {need.id}: {need.women} women are more than its {need.number} people"
                )
        for person in self.people:
            for area in (person.fixed_to, person.now_in):
                if area is not None:
                    _known(area, areas, f"person {person.id}")
        agencies = {person.agency for person in self.people}
        for quota in self.quotas:
            _known(quota.agency, agencies, "quotas")
            if quota.area is not None:
                _known(quota.area, areas, "quotas")
            if quota.most is not None and quota.most < quota.least:
                raise ProblemError(
                    f"quotas: {quota.agency}: at most {quota.most} is less than at least {quota.least}"
                )


@dataclass(frozen=True, slots=True)
class Solution:
    """``need_of``: person → need; who is not in it stands by. Costs in kilometres: ``objective`` = ``distance`` (from
    home to the area) + ``change_cost`` × ``changed`` + ``apart_cost`` × ``groups`` (agencies counted once in each area
    where they have people) + what is short by weight. No deployment costs less than ``bound``."""

    need_of: Mapping[str, str]
    distance: float
    changed: int
    groups: int
    short: Mapping[str, int]
    women_short: Mapping[str, int]
    objective: float
    bound: float
    seed: int
    seconds: float
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "need_of": dict(self.need_of),
            "distance": self.distance,
            "changed": self.changed,
            "groups": self.groups,
            "short": dict(self.short),
            "women_short": dict(self.women_short),
            "objective": self.objective,
            "bound": self.bound,
            "reasons": {person: list(why) for person, why in self.reasons.items()},
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
        }


def kilometres(person: Person, area: Area) -> float:
    """As the crow flies."""
    return math.hypot(person.x - area.x, person.y - area.y) / 1000


def _known(name: str, names: set[str], place: str) -> None:
    if name not in names:
        raise ProblemError(f"{place}: there is no {name!r}")
