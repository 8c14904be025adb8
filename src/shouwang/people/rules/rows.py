"""What the reading of a roster yields: rows, each with the person it holds and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shouwang.kernel.addresses import Address
from shouwang.kernel.identity import Identity, Sex
from shouwang.kernel.phones import Phone
from shouwang.people.rules.columns import Column, letter_of

HEAD = "户主"


class Severity(StrEnum):
    REJECT = "reject"
    """The row is not loaded; it comes back with the reason."""
    WARN = "warn"
    """The row is loaded, without the part that could not be read."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with a row. ``message`` is an English msgid, to be translated and then filled with ``params``."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.REJECT
    label: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The headings in force for a row, and which column stands where (counted from 0)."""

    labels: tuple[str, ...]
    columns: Mapping[Column, int]

    def label_of(self, column: Column | None) -> str:
        place = self.columns.get(column) if column else None
        return "" if place is None else self.labels[place]

    def letter_of(self, column: Column | None) -> str:
        place = self.columns.get(column) if column else None
        return "" if place is None else letter_of(place)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a file. A row that names several people yields several, all with its number.

    ``number`` counts the file's rows from 1. ``cells`` are the original ones, with what merged cells and blank repeats
    mean filled in. ``duplicate_of`` is the number of the row that names the same person before.
    """

    number: int
    sheet: str
    header: Header
    cells: tuple[object, ...]
    name: str
    identity: Identity | None = None
    sex: Sex | None = None
    born_on: date | None = None
    phones: tuple[Phone, ...] = ()
    address: Address = field(default_factory=Address)
    household_number: str = ""
    relation: str = ""
    remarks: str = ""
    issues: tuple[Issue, ...] = ()
    duplicate_of: int | None = None

    @property
    def id_kind(self) -> str:
        return self.identity.kind.value if self.identity else ""

    @property
    def id_number(self) -> str:
        return self.identity.number if self.identity else ""

    @property
    def household_key(self) -> tuple[str, str, str]:
        """What the people of one household share: place, door, household number."""
        return self.address.place, self.address.key, self.household_number

    @property
    def rejected(self) -> bool:
        return any(issue.severity is Severity.REJECT for issue in self.issues)

    @property
    def warned(self) -> bool:
        return not self.rejected and bool(self.issues)


@dataclass(frozen=True, slots=True)
class Roster:
    """A file as read. ``sheets`` are the names of those that held a roster, ``passed_over`` of those that did not."""

    rows: tuple[RosterRow, ...]
    sheets: tuple[str, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def good(self) -> list[RosterRow]:
        """The rows to load: neither rejected nor a repetition."""
        return [row for row in self.rows if not row.rejected and row.duplicate_of is None]

    @property
    def rejected(self) -> list[RosterRow]:
        return [row for row in self.rows if row.rejected]
