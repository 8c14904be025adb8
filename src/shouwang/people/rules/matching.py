"""Who of a roster is already known, and what a row says differently.

A person is the same by her ID number; else by her name together with her date of birth, her phone or her door. What a
row leaves blank is not known, so it never erases what is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shouwang.people.enums import Presence
from shouwang.people.rules.rows import RosterRow


@dataclass(frozen=True, slots=True)
class Known:
    """A resident as far as matching needs her. ``id_tail`` and ``phone_mask`` are what may be shown of the numbers."""

    id: int
    household: int
    name: str
    sex: str
    born_on: date | None
    id_digest: bytes | None
    id_tail: str
    phone_digest: bytes | None
    phone_mask: str
    relation: str
    remarks: str
    presence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row on its way to a resident. ``household`` is the known household behind its door, if there is one."""

    row: RosterRow
    id_digest: bytes | None
    phone_digest: bytes | None
    household: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """The resident a row means; ``ambiguous``: it could be several, so it is nobody."""

    known: Known | None = None
    ambiguous: bool = False


def match(candidates: Sequence[Candidate], known: Iterable[Known]) -> list[Match]:
    """One answer for each candidate. Nobody is the answer to two of them: ID numbers come first."""
    by_id: dict[bytes, Known] = {}
    by_name: defaultdict[str, list[Known]] = defaultdict(list)
    for person in known:
        if person.id_digest:
            by_id[person.id_digest] = person
        by_name[person.name].append(person)
    matches = [Match(by_id.get(one.id_digest)) if one.id_digest else Match() for one in candidates]
    taken = {found.known.id for found in matches if found.known}
    for index, one in enumerate(candidates):
        if matches[index].known:
            continue
        alike = [
            person
            for person in by_name.get(one.row.name, ())
            if person.id not in taken and _may_be(one, person) and _speaks_for(one, person)
        ]
        best = [person for person in alike if person.household == one.household] or alike
        if len(best) == 1:
            matches[index] = Match(best[0])
            taken.add(best[0].id)
        elif best:
            matches[index] = Match(ambiguous=True)
    return matches


def _may_be(one: Candidate, person: Known) -> bool:
    """Nothing both tell differs."""
    if one.id_digest and person.id_digest and one.id_digest != person.id_digest:
        return False
    return not (one.row.born_on and person.born_on and one.row.born_on != person.born_on)


def _speaks_for(one: Candidate, person: Known) -> bool:
    """Something beside the name is the same."""
    return (
        (one.row.born_on is not None and one.row.born_on == person.born_on)
        or (one.phone_digest is not None and one.phone_digest == person.phone_digest)
        or (one.household is not None and one.household == person.household)
    )


def differences(one: Candidate, person: Known, *, door: str, door_before: str) -> dict[str, tuple[str, str]]:
    """Field → (old, new) where the row says otherwise; numbers masked. ``door`` and ``door_before`` are addresses."""
    row = one.row
    found: dict[str, tuple[str, str]] = {}
    for field, old, new in (
        ("name", person.name, row.name),
        ("sex", person.sex, row.sex.value[0] if row.sex else ""),
        (
            "born_on",
            person.born_on.isoformat() if person.born_on else "",
            row.born_on.isoformat() if row.born_on else "",
        ),
        ("relation", person.relation, row.relation),
        ("remarks", person.remarks, row.remarks),
    ):
        if new and new != old:
            found[field] = (old, new)
    if one.id_digest and one.id_digest != person.id_digest:
        found["id_number"] = (_stars(person.id_tail), _stars(row.id_number[-4:]))
    if one.phone_digest and one.phone_digest != person.phone_digest:
        found["phone"] = (person.phone_mask, row.phones[0].masked)
    if one.household != person.household:
        found["household"] = (door_before, door)
    if person.presence == Presence.MOVED:
        found["presence"] = (Presence.MOVED.value, Presence.PRESENT.value)
    return found


def _stars(tail: str) -> str:
    return f"****{tail}" if tail else ""
