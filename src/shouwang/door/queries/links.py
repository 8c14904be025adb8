"""Which household a link opens, and what the office sees of the links of a community."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.enums import Permission
from shouwang.access.prepared import rows, together
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.door.models import DoorDay, DoorLink, DoorPlace
from shouwang.door.rules.links import Code, Token, code_of, kept, token_of
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.people.queries.behind_doors import Living, asking_living, read_living

MAY = frozenset({Permission.RECORD_ATTEMPT, Permission.REGISTER_RETURNEE})
"""What is written at the door is written through the same actions as everywhere; nothing here lets anybody read."""


@dataclass(frozen=True, slots=True)
class Here:
    """The household behind a link. ``people``: who lives there; nobody if it is no longer in use."""

    community: int
    household: int
    link: int
    people: tuple[Living, ...]
    used_at: dt.datetime | None = None

    @property
    def in_use(self) -> bool:
        return bool(self.people)


def scope_at(community: int) -> Scope:
    """Whoever holds a link: no account, one community for the wall, and of it only what ``Here`` names."""
    return Scope(None, "door", (GrantedRange(community, community, MAY, "door"),))


_FIND = "select id, household, used_at from door_doorlink where community = %b and token_digest = %b"


def find(token: Token) -> Here | None:
    """The household of a token, or ``None``. The wall must stand at the token's community."""
    found = rows(_FIND, [token.community, kept(token.secret, digest)])
    if not found:
        return None
    ((link, household, used_at),) = found
    (living,) = together(asking_living([household]))
    return Here(token.community, household, link, tuple(read_living(living).get(household, ())), used_at)


def token_by_code(code: Code) -> Token | None:
    """The token of the link whose short code this is, or ``None``."""
    community = DoorPlace.objects.filter(pk=code.place).values_list("area", flat=True).first()
    if community is None:
        return None
    with acting(scope_at(community)):
        found = (
            DoorLink.objects.filter(community=community, code_digest=kept(code.secret, digest))
            .values_list("household", "serial")
            .first()
        )
    return token_of(community, *found, digest) if found else None


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed of a link."""

    household: int
    token: Token
    code: Code


def cards(scope: Scope, community: int, households: list[int] | None = None) -> dict[int, Card]:
    """The cards of a community's links, or of some households', by household."""
    scope.require(Permission.ISSUE_PASS, community)
    found = DoorLink.objects.filter(community=community)
    if households is not None:
        found = found.filter(household__in=households)
    place = place_of(community)
    return {
        household: Card(
            household,
            token_of(community, household, serial, digest),
            code_of(community, household, serial, place, digest),
        )
        for household, serial in found.values_list("household", "serial")
    }


def place_of(community: int) -> int:
    """The number by which codes name the community; 0 if no link was made there."""
    return DoorPlace.objects.filter(area=community).values_list("number", flat=True).first() or 0


def links(scope: Scope, community: int) -> dict[int, DoorLink]:
    """The community's links by household."""
    scope.require(Permission.ISSUE_PASS, community)
    return {link.household: link for link in DoorLink.objects.filter(community=community)}


def days(scope: Scope, community: int, since: dt.date) -> list[DoorDay]:
    """How many households reported themselves, by day from ``since`` on."""
    scope.require(Permission.ISSUE_PASS, community)
    return list(DoorDay.objects.filter(community=community, day__gte=since).order_by("day"))
