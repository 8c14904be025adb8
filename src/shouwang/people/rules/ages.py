"""How old somebody is."""

from datetime import date


def age_on(born_on: date | None, today: date) -> int | None:
    """Whole years on `today`, by the birthday; ``None`` if the date of birth is not known."""
    if born_on is None:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
