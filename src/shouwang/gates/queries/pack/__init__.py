"""The parts of the pack that a phone at a gate works from alone (docs/field-protocol.md § Pack)."""

from shouwang.gates.queries.pack.keys import revoked, trust
from shouwang.gates.queries.pack.outings import outings
from shouwang.gates.queries.pack.place import place, profile
from shouwang.gates.queries.pack.register import holders, holds, passes

__all__ = ["holders", "holds", "outings", "passes", "place", "profile", "revoked", "trust"]
