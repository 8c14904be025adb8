"""What waits for the office to confirm: what was said beside what the roster says, and who she may be already."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ProposalKind, ProposalState
from shouwang.people.models import Proposal, Resident
from shouwang.people.queries.lodgers import GONE
from shouwang.people.queries.numbers import Numbers, told_numbers
from shouwang.people.rules.proposals import FIELDS, Said

SEALED = ("id_number", "phone")


@dataclass(frozen=True, slots=True)
class Side:
    """One field: what the roster says, what was said; numbers masked. ``checks``: False for a number that is none."""

    field: str
    now: str
    said: str
    checks: bool = True
    differs: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the roster who may be the newcomer: for her ``id_number``, ``phone`` or ``name``."""

    resident: Resident
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as the office looks at it; ``person`` whom it is about, None for a newcomer."""

    proposal: Proposal
    name: str
    to_stay: bool
    person: Resident | None
    sides: tuple[Side, ...]
    candidates: tuple[Candidate, ...]


def said_of(proposal: Proposal) -> Said:
    """What was said, opened. For rules and actions; pages show its numbers masked."""
    sealed: Any = proposal.said
    said: Said = json.loads(sealed.open())
    return said


def proposals(
    scope: Scope, community: int, *, state: ProposalState = ProposalState.OPEN
) -> QuerySet[Proposal]:
    """Those of a community: what waits, newcomers first, the oldest first; of the settled the latest."""
    scope.require(Permission.EDIT_PEOPLE, community)
    rows = Proposal.objects.filter(community=community, state=state).select_related("settled_by")
    if state is not ProposalState.OPEN:
        return rows.order_by("-settled_at", "-id")
    newcomer = When(kind=ProposalKind.MOVED_IN, then=Value(0))
    return rows.order_by(Case(newcomer, default=Value(1), output_field=IntegerField()), "made_at", "id")


def open_count(scope: Scope, community: int) -> int:
    """How many proposals of a community wait."""
    scope.require(Permission.READ_PEOPLE, community)
    return Proposal.objects.filter(community=community, state=ProposalState.OPEN).count()


def of_household(scope: Scope, household_id: int) -> list[Proposal]:
    """What was proposed of a household, the latest first: for its own page. The wall decides who sees it."""
    return list(Proposal.objects.filter(household=household_id).order_by("-made_at", "-id")[:20])


def side_by_side(scope: Scope, rows: list[Proposal]) -> list[Waiting]:
    """``rows`` with what the roster says of the same people, and whom of it the newcomers may be."""
    people = Resident.objects.in_bulk([row.resident for row in rows if row.resident])
    said = {row.pk: said_of(row) for row in rows}
    today = clock.today()
    numbers = {
        key: told_numbers(str(one.get("id_number", "")), str(one.get("phone", "")), today=today)
        for key, one in said.items()
    }
    alike = _alike(rows, said, numbers)
    return [
        Waiting(
            row,
            str(said[row.pk].get("name") or (people[row.resident].name if row.resident in people else "")),
            bool(said[row.pk].get("to_stay", True)),
            people.get(row.resident or 0),
            _sides(said[row.pk], numbers[row.pk], people.get(row.resident or 0)),
            alike.get(row.pk, ()),
        )
        for row in rows
    ]


def _sides(said: Said, numbers: Numbers, person: Resident | None) -> tuple[Side, ...]:
    return tuple(
        _number(field, numbers, person) if field in SEALED else _plain(field, said, person)
        for field in FIELDS
        if field in said and field != "to_stay"
    )


def _plain(field: str, said: Said, person: Resident | None) -> Side:
    now = getattr(person, field, "") if person else ""
    return Side(field, str(now or ""), str(said[field]), differs=str(now or "") != said[field])


def _number(field: str, numbers: Numbers, person: Resident | None) -> Side:
    if field == "phone":
        told, digest, kept, known = numbers.phone_mask, numbers.phone_digest, "phone_mask", "phone_digest"
    else:
        told, digest, kept, known = f"****{numbers.id_tail}", numbers.id_digest, "id_tail", "id_digest"
    now = getattr(person, kept) if person else ""
    if now and field == "id_number":
        now = f"****{now}"
    there = getattr(person, known) if person else None
    same = digest is not None and there is not None and bytes(there) == digest
    return Side(field, now, told, checks=digest is not None, differs=not same)


def _alike(
    rows: list[Proposal], said: Mapping[int, Said], numbers: Mapping[int, Numbers]
) -> dict[int, tuple[Candidate, ...]]:
    """For each newcomer who of the roster has her ID number or phone, or her name behind the same door or anywhere
    in the community: in this order, each once."""
    newcomers = [row for row in rows if row.kind == ProposalKind.MOVED_IN]
    wanted = [
        Q(community=row.community)
        & (
            Q(id_digest=numbers[row.pk].id_digest, id_digest__isnull=False)
            | Q(phone_digest=numbers[row.pk].phone_digest, phone_digest__isnull=False)
            | Q(name=said[row.pk]["name"])
        )
        for row in newcomers
    ]
    if not wanted:
        return {}
    there = list(Resident.objects.filter(reduce(or_, wanted)).select_related("household").order_by("id"))
    return {row.pk: _candidates(row, said[row.pk], numbers[row.pk], there) for row in newcomers}


def _candidates(row: Proposal, said: Said, numbers: Numbers, there: list[Resident]) -> tuple[Candidate, ...]:
    found: dict[int, Candidate] = {}
    for why, fits in (
        (
            "id_number",
            lambda one: numbers.id_digest and one.id_digest and bytes(one.id_digest) == numbers.id_digest,
        ),
        (
            "phone",
            lambda one: (
                numbers.phone_digest and one.phone_digest and bytes(one.phone_digest) == numbers.phone_digest
            ),
        ),
        ("name", lambda one: one.name == said["name"]),
    ):
        for one in there:
            if one.community == row.community and fits(one):
                found.setdefault(one.pk, Candidate(one, why))
    ranks = {"id_number": 0, "phone": 1, "name": 2}
    return tuple(
        sorted(
            found.values(), key=lambda one: (ranks[one.why], one.resident.presence in GONE, one.resident.pk)
        )
    )[:4]
