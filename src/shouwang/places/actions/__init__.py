"""The only ways to write places."""

from shouwang.places.actions.areas import (
    add_alias,
    add_area,
    deactivate_area,
    reactivate_area,
    remove_alias,
    rename_area,
)
from shouwang.places.actions.compounds import (
    add_building,
    add_buildings,
    add_compound,
    add_compounds,
    rename_compound,
)
from shouwang.places.actions.divisions import import_divisions
from shouwang.places.actions.duty_phones import set_duty_phone
from shouwang.places.actions.entrances import add_entrance, set_entrance_status
from shouwang.places.actions.profiles import set_profile

__all__ = [
    "add_alias",
    "add_area",
    "add_building",
    "add_buildings",
    "add_compound",
    "add_compounds",
    "add_entrance",
    "deactivate_area",
    "import_divisions",
    "reactivate_area",
    "remove_alias",
    "rename_area",
    "rename_compound",
    "set_duty_phone",
    "set_entrance_status",
    "set_profile",
]
