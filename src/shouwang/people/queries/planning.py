"""What loading a roster would do, before anything is done: who is new, who changes and how, what comes back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz

from shouwang.access import clock
from shouwang.access.sealed import digest
from shouwang.kernel.addresses import Address, compound_key
from shouwang.kernel.errors import gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Resident
from shouwang.people.rules.columns import Column
from shouwang.people.rules.matching import Candidate, Known, Match, differences, match
from shouwang.people.rules.roster import read_roster
from shouwang.people.rules.rows import Issue, Roster, RosterRow
from shouwang.places.queries import ancestors, area, compounds

_ALIKE = 80  # of 100: how alike two names of compounds must be to ask whether one is meant


@dataclass(frozen=True, slots=True)
class Door:
    """Where a row's household is or will be. ``compound`` is ``None`` for no compound, or one still to be made."""

    place: str
    address: Address
    number: str
    compound: int | None
    household: int | None

    @property
    def key(self) -> tuple[str, str, str]:
        return compound_key(self.place), self.address.key, self.number

    @property
    def text(self) -> str:
        return self.address.text or self.number


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """One good row: a new resident, or a known one with what changes, field → (old, new), numbers masked."""

    candidate: Candidate
    door: Door
    known: Known | None
    changes: Mapping[str, tuple[str, str]]

    @property
    def row(self) -> RosterRow:
        return self.candidate.row

    @property
    def resident(self) -> int:
        """The id of the known resident. Raises `LookupError` for a new one."""
        if self.known is None:
            raise LookupError("a new resident has no id yet")
        return self.known.id


@dataclass(slots=True)
class RosterPlan:
    """A read file against what is known. ``new_compounds``: name → the known one it resembles, or empty."""

    roster: Roster
    new: list[PlannedPerson] = field(default_factory=list)
    changed: list[PlannedPerson] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[RosterRow] = field(default_factory=list)
    new_compounds: dict[str, str] = field(default_factory=dict)
    groups: bool = False
    household_numbers: dict[int, str] = field(default_factory=dict)

    @property
    def warned(self) -> list[RosterRow]:
        return [row for row in self.roster.rows if row.warned]

    def counts(self) -> dict[str, Any]:
        """Figures without anybody in them: they outlive the upload."""
        rows = self.roster.rows
        return {
            "rows": len(rows),
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "warned": len(self.warned),
            "duplicates": sum(row.duplicate_of is not None for row in rows),
            "households_new": len(
                {one.door.key for one in self.new + self.changed if one.door.household is None}
            ),
            "compounds_new": len(self.new_compounds),
            "fields": dict(Counter(name for one in self.changed for name in one.changes)),
            "reasons": dict(Counter(issue.code for row in self.rejected for issue in row.issues)),
            "sheets_passed_over": len(self.roster.passed_over),
        }


def plan_roster(scope: Scope, community: int, *, file_name: str, content: bytes) -> RosterPlan:
    """Read a file and hold it against the community's people. Raises `Refused` for a file without a roster."""
    place = area(scope, community)
    roster = read_roster(
        content,
        file_name,
        today=clock.today(),
        community=(place.name, *place.aliases, str(community)),
        above=tuple(above.name for above in ancestors(community)),
    )
    doors = _Doors(scope, community)
    plan = RosterPlan(roster, rejected=roster.rejected, new_compounds=doors.unknown(roster.good))
    plan.groups = bool(plan.new_compounds) and all(row.address.group for row in roster.good)
    candidates, at_door = [], []
    for row in roster.good:
        door = doors.of(row)
        at_door.append(door)
        candidates.append(
            Candidate(
                row,
                digest(row.identity.key) if row.identity else None,
                digest(row.phones[0].number) if row.phones else None,
                door.household,
            )
        )
    matches = match(candidates, _known(community))
    for candidate, door, found in zip(candidates, at_door, matches, strict=True):
        _place(plan, candidate, door, found, doors)
    plan.household_numbers = doors.numbered
    plan.rejected.sort(key=lambda row: (roster.sheets.index(row.sheet), row.number))
    return plan


def _place(plan: RosterPlan, candidate: Candidate, door: Door, found: Match, doors: "_Doors") -> None:
    known = found.known
    if found.ambiguous:
        message = gettext_noop(
            "Several people of this name are on the roster: add the ID number or date of birth."
        )
        plan.rejected.append(_rejected(candidate.row, "person_ambiguous", message))
    elif known is None:
        plan.new.append(PlannedPerson(candidate, door, None, {}))
    elif known.presence == Presence.DIED:
        message = gettext_noop(
            "This person is recorded as deceased. If that is wrong, correct it there first."
        )
        plan.rejected.append(_rejected(candidate.row, "person_died", message))
    else:
        before = "" if known.household == door.household else doors.addresses.get(known.household, "")
        changes = differences(candidate, known, door=door.text, door_before=before)
        if changes:
            plan.changed.append(PlannedPerson(candidate, door, known, changes))
        else:
            plan.unchanged += 1


def _rejected(row: RosterRow, code: str, message: str) -> RosterRow:
    header = row.header
    issue = Issue(code, message, label=header.label_of(Column.NAME), letter=header.letter_of(Column.NAME))
    return replace(row, issues=(*row.issues, issue))


def _known(community: int) -> list[Known]:
    rows = (
        Resident.objects.filter(community=community)
        .order_by("presence", "id")
        .values_list(
            "id", "household_id", "name", "sex", "born_on", "id_digest", "id_tail",
            "phone_digest", "phone_mask", "relation", "remarks", "presence",
        )
    )  # fmt: skip
    people = [
        Known(
            *row[:5], bytes(row[5]) if row[5] else None, row[6], bytes(row[7]) if row[7] else None, *row[8:]
        )
        for row in rows
    ]
    # The present come last, so that with one ID number twice (moved away, come back) they are the ones who count.
    order = {Presence.DIED: 0, Presence.MOVED: 1, Presence.AWAY: 2, Presence.PRESENT: 3}
    return sorted(people, key=lambda person: order[Presence(person.presence)])


class _Doors:
    """The community's doors, and which of them a row means."""

    def __init__(self, scope: Scope, community: int) -> None:
        active = compounds(scope, community)
        self._names = {compound.pk: compound.name for compound in active}
        self._compounds = {compound_key(compound.name): compound.pk for compound in active}
        self._only = active[0].pk if len(active) == 1 else None
        self._households: dict[tuple[int | None, str, str], int] = {}
        self._numbers: dict[tuple[int | None, str], list[str]] = {}
        self.addresses: dict[int, str] = {}
        self.numbered: dict[int, str] = {}
        rows = Household.objects.filter(community=community, active=True)
        for pk, compound, key, number, text in rows.values_list(
            "id", "compound_id", "address_key", "number", "address"
        ):
            self._households[compound, key, number] = pk
            self._numbers.setdefault((compound, key), []).append(number)
            self.addresses[pk] = text

    def unknown(self, rows: Iterable[RosterRow]) -> dict[str, str]:
        """Places that rows name and nobody has entered yet, each with a known one it resembles."""
        places = {compound_key(row.address.place): row.address.place for row in rows if row.address.place}
        return {
            name: next((near for near in self._names.values() if _alike(name, near)), "")
            for key, name in places.items()
            if key not in self._compounds
        }

    def of(self, row: RosterRow) -> Door:
        """The door of a row. A number only tells households apart that share a door."""
        place, number = row.address.place, row.household_number
        compound = self._compounds.get(compound_key(place)) if place else self._only
        if place and compound is None:
            return Door(place, row.address, number, None, None)
        numbers = self._numbers.get((compound, row.address.key), ()) if row.address.key else ()
        if numbers and number not in numbers:
            if not number and len(numbers) == 1:
                number = numbers[0]
            elif numbers == [""]:  # the first file that numbers the households numbers the one that is there
                household = self._households[compound, row.address.key, ""]
                number = self.numbered.setdefault(household, number)
                if number == row.household_number:
                    return Door(self._names.get(compound or 0, ""), row.address, number, compound, household)
                number = row.household_number
        household_id = self._households.get((compound, row.address.key, number))
        return Door(self._names.get(compound or 0, ""), row.address, number, compound, household_id)


def _alike(one: str, other: str) -> bool:
    digits = [[c for c in name if c.isdigit()] for name in (compound_key(one), compound_key(other))]
    return digits[0] == digits[1] and fuzz.ratio(one, other) >= _ALIKE
