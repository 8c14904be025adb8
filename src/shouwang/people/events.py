"""News of people, for whoever is wired to it in ``config.wiring``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Somebody came, left or moved to another door of the community."""

    community: int
