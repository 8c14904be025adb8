"""The only ways to write people."""

from shouwang.people.actions.joining import join_sightings, keep_apart, part_sighting, undo_joining
from shouwang.people.actions.knowing import change_returnee, link_resident, set_returnee_state
from shouwang.people.actions.locks import hold_people
from shouwang.people.actions.presence import set_presence
from shouwang.people.actions.returnees import register_returnee, reveal_returnee
from shouwang.people.actions.reveal import reveal_resident
from shouwang.people.actions.roster import discard_import, load_roster, preview_roster

__all__ = [
    "change_returnee",
    "discard_import",
    "hold_people",
    "join_sightings",
    "keep_apart",
    "link_resident",
    "load_roster",
    "part_sighting",
    "preview_roster",
    "register_returnee",
    "reveal_resident",
    "reveal_returnee",
    "set_presence",
    "set_returnee_state",
    "undo_joining",
]
