"""Passes as the office sees them."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.enums import Permission
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.models import Pass
from shouwang.gates.queries.facts import pass_facts
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import Lodger, lodgers_of

IN_HAND = (PassState.VALID, PassState.EARLY)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody of a household with the pass she holds, or held last."""

    person: Lodger
    held: Pass | None
    state: PassState | None


@dataclass(frozen=True, slots=True)
class Card:
    """What a printed pass card shows."""

    code: str
    name: str
    address: str
    valid_until: dt.datetime


def passes_of_household(scope: Scope, *, household: int, at: dt.datetime) -> list[Held]:
    """Everybody on the roster of a household, each with the open pass or the last one. Raises ``NotFound``."""
    people = lodgers_of(scope, household=household)
    if not people:
        raise NotFound("household", household)
    scope.require(Permission.ISSUE_PASS, people[0].community)
    latest: dict[int, Pass] = {}
    rows = Pass.objects.filter(
        community=people[0].community, resident__in=[one.id for one in people], kind=PassKind.RESIDENT
    )
    for row in rows.select_related("resident__household", "revoked_by").order_by("issued_at", "id"):
        before = latest.get(row.resident_id or 0)
        if before is None or before.revoked_at is not None:
            latest[row.resident_id or 0] = row
    return [
        Held(person, held := latest.get(person.id), pass_facts(held).state(at) if held else None)
        for person in people
    ]


def passes_of_resident(scope: Scope, *, community: int, resident: int) -> list[Pass]:
    """All passes a resident ever held, the latest first."""
    scope.require(Permission.ISSUE_PASS, community)
    return list(Pass.objects.filter(community=community, resident=resident).order_by("-issued_at", "-id"))


def passes_in_force(scope: Scope, *, community: int, at: dt.datetime) -> int:
    """How many passes are in force."""
    scope.require(Permission.ISSUE_PASS, community)
    return Pass.objects.filter(
        community=community, revoked_at=None, valid_from__lte=at, valid_until__gt=at
    ).count()


def cards(
    scope: Scope,
    *,
    community: int,
    at: dt.datetime,
    household: int | None = None,
    compound: int | None = None,
) -> list[Card]:
    """Printable cards of the passes in force of a household or of a whole compound, by address."""
    scope.require(Permission.ISSUE_PASS, community)
    rows = Pass.objects.filter(
        community=community, kind=PassKind.RESIDENT, revoked_at=None, valid_from__lte=at, valid_until__gt=at
    )
    if household is not None:
        rows = rows.filter(resident__household=household)
    if compound is not None:
        rows = rows.filter(resident__household__compound=compound)
    return [
        Card(code, name, address if address.startswith(compound or "") else f"{compound} {address}", until)
        for code, name, compound, address, until in rows.order_by(
            "resident__household__building", "resident__household__address_key", "resident"
        ).values_list(
            "code",
            "resident__name",
            "resident__household__compound__name",
            "resident__household__address",
            "valid_until",
        )
    ]
