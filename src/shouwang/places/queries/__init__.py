"""The ways to read places. Everything is within the jurisdiction; names of areas are public."""

from shouwang.places.queries.divisions import DivisionPlan, PlannedArea, division_plan
from shouwang.places.queries.duty_phones import DutyLine, duty_phone, duty_phones
from shouwang.places.queries.profiles import profile_for, profiles_for, settings_of
from shouwang.places.queries.standing import (
    Standing,
    buildings,
    compound,
    compounds,
    entrance,
    entrances,
    gates_of,
    history,
    standing,
    statuses_at,
    ways,
)
from shouwang.places.queries.tree import (
    ancestors,
    area,
    area_name,
    children,
    communities,
    find_community,
    names,
    roots,
    search_areas,
)

__all__ = [
    "DivisionPlan",
    "DutyLine",
    "PlannedArea",
    "Standing",
    "ancestors",
    "area",
    "area_name",
    "buildings",
    "children",
    "communities",
    "compound",
    "compounds",
    "division_plan",
    "duty_phone",
    "duty_phones",
    "entrance",
    "entrances",
    "find_community",
    "gates_of",
    "history",
    "names",
    "profile_for",
    "profiles_for",
    "roots",
    "search_areas",
    "settings_of",
    "standing",
    "statuses_at",
    "ways",
]
