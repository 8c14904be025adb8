"""The ways to write at the door. Each is one transaction, and each may come twice."""

from shouwang.door.actions.links import follow_merge, make_links, note_handed_out, renew_links

__all__ = ["follow_merge", "make_links", "note_handed_out", "renew_links"]
