"""News of the workforce, for whoever is wired to it in ``config.wiring``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnersChanged:
    """Households of the community have another owner, or one at last, or none any more."""

    community: int
