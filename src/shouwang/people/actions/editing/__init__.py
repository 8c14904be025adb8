"""The roster edited by hand: one person, who lives with whom, what is noted of a household."""

from shouwang.people.actions.editing.doors import NewDoor
from shouwang.people.actions.editing.households import change_household, merge_households, split_household
from shouwang.people.actions.editing.moving import move_residents
from shouwang.people.actions.editing.residents import add_resident, change_resident

__all__ = [
    "NewDoor",
    "add_resident",
    "change_household",
    "change_resident",
    "merge_households",
    "move_residents",
    "split_household",
]
