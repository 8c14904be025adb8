"""The ways to write at the door. Each is one transaction, and each may come twice."""

from shouwang.door.actions.links import make_links, renew_links

__all__ = ["make_links", "renew_links"]
