"""The only ways to write people."""

from shouwang.people.actions.presence import set_presence
from shouwang.people.actions.returnees import register_returnee, reveal_returnee
from shouwang.people.actions.reveal import reveal_resident
from shouwang.people.actions.roster import discard_import, load_roster, preview_roster

__all__ = [
    "discard_import",
    "load_roster",
    "preview_roster",
    "register_returnee",
    "reveal_resident",
    "reveal_returnee",
    "set_presence",
]
