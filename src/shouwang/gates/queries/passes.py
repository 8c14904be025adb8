"""Passes as the office sees them: of a household, found in a list, counted."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from shouwang.access.enums import Permission
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.models import Pass
from shouwang.gates.queries.facts import by_weight, pass_facts
from shouwang.gates.rules.codes import read_code
from shouwang.kernel.areas import span
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, squeeze
from shouwang.people.queries.lodgers import Lodger, lodgers_of, people_of_compounds

IN_HAND = (PassState.VALID, PassState.EARLY)
SOON = dt.timedelta(days=7)
"""What ends within so many days is worth a look today."""


class PassFilter(StrEnum):
    """What the list shows. ``ENDING`` ends within ``SOON`` and has not been renewed; ``NEXT`` begins later."""

    VALID = "valid"
    NEXT = "next"
    ENDING = "ending"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody of a household with the pass she holds, or held last."""

    person: Lodger
    held: Pass | None
    state: PassState | None


@dataclass(frozen=True, slots=True)
class CompoundPasses:
    """How far a compound is: people on the roster, and how many of them have a pass in force.

    ``ending``: passes to be renewed; ``following``: renewed ones that begin later.
    """

    compound: int
    name: str
    people: int
    held: int
    ending: int = 0
    following: int = 0

    @property
    def missing(self) -> int:
        return self.people - self.held


def find_pass(scope: Scope, pass_id: int) -> Pass:
    """One pass, with its holder and what it replaces. Raises ``NotFound``, ``Forbidden``."""
    found = (
        Pass.objects.select_related(
            "resident__household__compound", "household__compound", "issued_by", "revoked_by", "replaces"
        )
        .filter(pk=pass_id)
        .first()
    )
    if found is None:
        raise NotFound("pass", pass_id)
    _require(scope, found.community)
    return found


def heir_of(scope: Scope, found: Pass) -> Pass | None:
    """The pass that was issued in place of ``found``."""
    return Pass.objects.filter(community=found.community, replaces=found).first()


def passes_of_household(scope: Scope, *, household: int, at: dt.datetime) -> list[Held]:
    """Everybody on the roster of a household, each with the open pass or the last one. Raises ``NotFound``."""
    people = lodgers_of(scope, household=household)
    if not people:
        raise NotFound("household", household)
    scope.require(Permission.ISSUE_PASS, people[0].community)
    held: dict[int, Pass] = {}
    rows = Pass.objects.filter(
        community=people[0].community, resident__in=[one.id for one in people], kind=PassKind.RESIDENT
    )
    for row in sorted(rows.select_related("resident__household", "revoked_by"), key=by_weight(at)):
        held[row.resident_id or 0] = row
    return [
        Held(person, own := held.get(person.id), pass_facts(own).state(at) if own else None)
        for person in people
    ]


def other_passes_of_household(scope: Scope, *, community: int, household: int, at: dt.datetime) -> list[Pass]:
    """The open emergency, vehicle and visitor passes of a household, and all that begin later."""
    scope.require(Permission.ISSUE_PASS, community)
    rows = Pass.objects.filter(community=community, household=household, revoked_at=None)
    rows = rows.filter(~Q(kind=PassKind.RESIDENT) | Q(valid_from__gt=at)).exclude(
        renewed=True, valid_until__lte=at
    )
    return list(rows.select_related("resident__household").order_by("kind", "-id"))


def passes_of_resident(scope: Scope, *, community: int, resident: int) -> list[Pass]:
    """All passes a resident ever held, the latest first."""
    scope.require(Permission.ISSUE_PASS, community)
    return list(Pass.objects.filter(community=community, resident=resident).order_by("-issued_at", "-id"))


def passes_in_force(scope: Scope, *, community: int, at: dt.datetime) -> int:
    """How many passes are in force."""
    _require(scope, community)
    return Pass.objects.filter(_of(PassFilter.VALID, at), community=community).count()


def pass_list(
    scope: Scope,
    *,
    area: int,
    at: dt.datetime,
    typed: str = "",
    kind: PassKind | None = None,
    state: PassFilter = PassFilter.ALL,
) -> QuerySet[Pass]:
    """The passes issued by an area's office, the latest first.

    ``typed``: a code, a plate or its end, the beginning of a name, of its pinyin initials, of a firm or an agency.
    """
    _require(scope, area)
    rows = Pass.objects.filter(_of(state, at), community=area)
    if kind:
        rows = rows.filter(kind=kind)
    if text := squeeze(typed):
        fits = Q(code=read_code(text) or None)
        fits |= Q(plate__startswith=text.upper()) | Q(plate__endswith=text.upper())
        if text.isascii() and text.isalpha():
            fits |= Q(resident__initials__startswith=text.lower())
        name = clean_name(typed)
        fits |= Q(resident__name__startswith=name) | Q(holder__startswith=name) | Q(purpose__startswith=name)
        rows = rows.filter(fits)
    return rows.select_related("resident__household__compound", "household__compound").order_by("-id")


def figures_by_kind(scope: Scope, *, area: int, at: dt.datetime) -> dict[PassKind, int]:
    """How many passes of each kind are in force; kinds without any are left out."""
    _require(scope, area)
    rows = Pass.objects.filter(_of(PassFilter.VALID, at), community=area).values_list("kind")
    return {PassKind(kind): number for kind, number in rows.annotate(Count("id")).order_by("kind")}


def endings(scope: Scope, *, area: int, at: dt.datetime) -> dict[dt.date, int]:
    """How many passes have which last day, of those that end within ``SOON``."""
    _require(scope, area)
    rows = Pass.objects.filter(_of(PassFilter.ENDING, at), community=area).annotate(
        after=TruncDate("valid_until")
    )
    one_day = dt.timedelta(days=1)
    return {
        day - one_day: number
        for day, number in rows.values_list("after").annotate(Count("id")).order_by("after")
    }


def lapsed(scope: Scope, *, area: int, at: dt.datetime) -> int:
    """How many passes have expired whose holders have got no other of the kind since."""
    _require(scope, area)
    return Pass.objects.filter(_of(PassFilter.EXPIRED, at), community=area).count()


def ending_passes(scope: Scope, *, area: int, at: dt.datetime) -> QuerySet[Pass]:
    """What an area's office has issued that ends within ``SOON`` and can be renewed: all but visitors' passes."""
    _require(scope, area)
    return Pass.objects.filter(_of(PassFilter.ENDING, at), community=area).exclude(kind=PassKind.VISITOR)


def compound_passes(scope: Scope, *, community: int, at: dt.datetime) -> list[CompoundPasses]:
    """Each compound's people and how many of them have a resident's pass in force, in the order of the compounds."""
    scope.require(Permission.ISSUE_PASS, community)
    held = dict(
        Pass.objects.filter(_of(PassFilter.VALID, at), community=community, kind=PassKind.RESIDENT)
        .values_list("resident__household__compound")
        .annotate(Count("id"))
        .order_by()
    )
    ending = _by_compound(ending_passes(scope, area=community, at=at))
    following = _by_compound(Pass.objects.filter(_of(PassFilter.NEXT, at), community=community))
    return [
        CompoundPasses(
            compound, name, people, held.get(compound, 0), ending.get(compound, 0), following.get(compound, 0)
        )
        for compound, name, people in people_of_compounds(scope, community)
    ]


def _by_compound(rows: QuerySet[Pass]) -> dict[int, int]:
    return dict(rows.values_list("household__compound").annotate(Count("id")).order_by())


def may_renew(scope: Scope, found: Pass, at: dt.datetime) -> bool:
    """Whether the pass ends within ``SOON``, has no follower, and is of a kind that is renewed."""
    return ending_passes(scope, area=found.community, at=at).filter(pk=found.pk).exists()


def state_of(found: Pass, at: dt.datetime) -> PassState:
    """What the pass is worth at a moment."""
    return pass_facts(found).state(at)


def _require(scope: Scope, area: int) -> None:
    scope.require(Permission.ISSUE_PASS, *span(area))


def _of(state: PassFilter, at: dt.datetime) -> Q:
    open_now = Q(revoked_at=None, valid_from__lte=at)
    match state:
        case PassFilter.VALID:
            return open_now & Q(valid_until__gt=at)
        case PassFilter.ENDING:
            return open_now & Q(renewed=False, valid_until__gt=at, valid_until__lte=at + SOON)
        case PassFilter.NEXT:
            return Q(revoked_at=None, valid_from__gt=at)
        case PassFilter.EXPIRED:
            return Q(revoked_at=None, renewed=False, valid_until__lte=at)
        case PassFilter.REVOKED:
            return Q(revoked_at__isnull=False)
    return Q()
