"""Every model field has a class and every model a retention. A test fails on an unclassified field.

public     may be printed on a poster
internal   for those who work here: codes, times, who recorded it
personal   about a person: names, addresses, temperatures; shown by jurisdiction and need
sealed     encrypted in the database: ID numbers, phones; shown only by an audited reveal
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=type[Model])


class Retention(StrEnum):
    """When a row is destroyed."""

    PERMANENT = "permanent"
    """Nothing about a person: areas, profiles."""
    CLOSE_OUT = "close_out"
    """With the end of the response [PIPL 19, 47]."""
    DAYS_60 = "60_days"
    """Whereabouts: dropped by partition after 60 days."""
    YEARS_3 = "3_years"
    """The audit, so that a leak can still be traced."""
    LOADED = "loaded"
    """Emptied as soon as its purpose is met, such as an upload once it is loaded."""


@dataclass(frozen=True, slots=True)
class Classification:
    retention: Retention
    public: frozenset[str]
    internal: frozenset[str]
    personal: frozenset[str]
    sealed: frozenset[str]

    def names(self) -> frozenset[str]:
        return self.public | self.internal | self.personal | self.sealed


CLASSIFIED: dict[type[Model], Classification] = {}


def classed(
    *,
    retention: Retention,
    public: Iterable[str] = (),
    internal: Iterable[str] = (),
    personal: Iterable[str] = (),
    sealed: Iterable[str] = (),
) -> Callable[[M], M]:
    """Class every concrete field of the decorated model."""
    classification = Classification(
        retention, frozenset(public), frozenset(internal), frozenset(personal), frozenset(sealed)
    )

    def decorate(model: M) -> M:
        CLASSIFIED[model] = classification
        return model

    return decorate
