"""The facts that `rules.verdict.judge` asks for, gathered for many checks at once."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from shouwang.access.prepared import Asked, rows, together
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.rules.token import PassClaims
from shouwang.gates.rules.verdict import PassFacts
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope


def shown_of(found: Pass) -> "Shown":
    """``found``, read as for `pass_facts`, as a check needs it."""
    home = found.resident.household_id if found.resident else found.household_id
    return Shown(found.pk, found.pass_id, found.resident_id, home, pass_facts(found))


def pass_facts(found: Pass) -> PassFacts:
    """``found`` must have been read with ``resident__household`` and ``household`` (see `presented_passes`)."""
    home = found.resident.household if found.resident else found.household
    return PassFacts(
        kind=PassKind(found.kind),
        community=found.area or found.community,
        compound=home.compound_id if home else None,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        revoked=found.revoked_at is not None,
    )


def claimed_facts(claims: PassClaims) -> PassFacts:
    """What a verified token says of its pass, where the register does not know it. Its last second is valid."""
    return PassFacts(
        kind=PassKind(claims.kind),
        community=claims.area,
        compound=None,
        valid_from=dt.datetime.fromtimestamp(claims.not_before, dt.UTC),
        valid_until=dt.datetime.fromtimestamp(claims.expires + 1, dt.UTC),
    )


def presented_passes(
    scope: Scope, *, community: int, codes: Iterable[str], residents: Iterable[int], at: dt.datetime
) -> tuple[Mapping[str, Pass], Mapping[int, Pass]]:
    """Passes by code, and each resident's own: of the open ones the latest that has begun ``at``, else the latest."""
    codes, residents = {code for code in codes if code}, set(residents)
    rows = (
        Pass.objects.filter(community=community)
        .filter(Q(code__in=codes) | Q(resident__in=residents, kind=PassKind.RESIDENT))
        .select_related("resident__household", "household")
    )
    found = sorted(rows, key=by_weight(at))
    own = [row for row in found if row.kind == PassKind.RESIDENT]
    return {row.code: row for row in found}, {row.resident_id: row for row in own if row.resident_id}


def by_weight(at: dt.datetime) -> Callable[[Pass], tuple[Any, ...]]:
    """The order in which the last of a resident's passes is the one that counts ``at`` a moment."""
    return lambda row: (row.revoked_at is None, row.valid_from <= at, row.valid_from, row.issued_at, row.pk)


def passes_by_id(pass_ids: Collection[UUID]) -> dict[UUID, Pass]:
    """The passes with these ids that the scope sees, ready for `pass_facts`."""
    if not pass_ids:
        return {}
    rows = Pass.objects.filter(pass_id__in=pass_ids).select_related("resident__household", "household")
    return {row.pass_id: row for row in rows}


def outing_days(
    scope: Scope,
    *,
    community: int,
    households: Iterable[int],
    until: dt.datetime,
    today: dt.date,
    profile: DiseaseProfile,
) -> dict[int, list[dt.date]]:
    """Local days of the cycle that ends with ``today`` on which each household was let out, one entry an outing."""
    since = today - dt.timedelta(days=max(profile.outing_every_days, 1) - 1)
    moments = outing_moments(
        scope,
        community=community,
        households=households,
        since=timezone.make_aware(dt.datetime.combine(since, dt.time())),
        until=until,
    )
    return {household: [timezone.localdate(at) for at in gone] for household, gone in moments.items()}


def outing_moments(
    scope: Scope, *, community: int, households: Iterable[int], since: dt.datetime, until: dt.datetime
) -> dict[int, list[dt.datetime]]:
    """When, from ``since`` to ``until``, somebody of each household was let out, as it stands after corrections.

    Going out in an emergency does not use up the household's turn, and neither does its vehicle: who sits in it does.
    """
    found: dict[int, list[dt.datetime]] = {}
    asked = asking_outings({(community, household): since for household in households}, until=until)
    for household, made_at in rows(*asked):
        found.setdefault(household, []).append(made_at)
    return found


def asking_outings(since: Mapping[tuple[int, int], dt.datetime], *, until: dt.datetime) -> Asked:
    """The statement of `outing_moments`: households and moments. ``since`` by community and household."""
    homes = sorted(since)
    columns = [[community for community, _ in homes], [household for _, household in homes]]
    return _OUTINGS, [*columns, [since[home] for home in homes], until]


# A correction is made after the passing, so what was made before `since` corrects nothing in the cycle.
_OUTINGS = """
select household, passed_at from (
  select c.household, asked.since, coalesce(a.made_at, c.made_at) as passed_at
  from unnest(%b::bigint[], %b::bigint[], %b::timestamptz[]) as asked (community, household, since)
  join gates_check c
    on c.community = asked.community and c.household = asked.household and c.made_at >= asked.since
  left join gates_amendment a on a.community = c.community and a.check_id = c.id
  where c.direction = 'out' and not c.emergency and c.verdict <> 'red' and c.pass_kind in ('', 'resident')
    and a.stands is not false
) gone where passed_at >= since and passed_at <= %b
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A pass of the register as a check needs it: whose it is now, and what the rules ask of it."""

    number: int
    pass_id: UUID
    resident: int | None
    household: int | None
    facts: PassFacts


_SHOWN = """
select p.id, p.pass_id, p.community, p.code, p.resident_id, coalesce(r.household_id, p.household_id),
  p.kind, coalesce(p.area, p.community), coalesce(theirs.compound_id, its.compound_id),
  p.valid_from, p.valid_until, p.revoked_at is not null
from gates_pass p
left join people_resident r on r.id = p.resident_id
left join people_household theirs on theirs.id = r.household_id
left join people_household its on its.id = p.household_id and r.id is null
where {}
"""
_BY_ID = _SHOWN.format("p.pass_id = any(%b::uuid[])")
_BY_CODE = _SHOWN.format(
    "(p.community, p.code) in (select * from unnest(%b::bigint[], %b::text[])) and p.community = any(%b::bigint[])"
)


def shown_passes(
    scope: Scope, *, pass_ids: Collection[UUID], codes: Collection[tuple[int, str]]
) -> tuple[dict[UUID, Shown], dict[tuple[int, str], Shown]]:
    """The passes with these ids, and those with these codes, (community, code), as far as the scope sees them."""
    found = together(*asking_passes(pass_ids=pass_ids, codes=codes))
    return read_passes(found)


def asking_passes(*, pass_ids: Collection[UUID], codes: Collection[tuple[int, str]]) -> list[Asked]:
    """The statements of `shown_passes`; what they return is for `read_passes`."""
    asked: list[Asked] = []
    if pass_ids:
        asked.append((_BY_ID, [list(pass_ids)]))
    if codes:
        communities, typed = [community for community, _ in codes], [code for _, code in codes]
        asked.append((_BY_CODE, [communities, typed, communities]))
    return asked


def read_passes(
    found: Iterable[Iterable[tuple[Any, ...]]],
) -> tuple[dict[UUID, Shown], dict[tuple[int, str], Shown]]:
    """Passes by their id, and by community and code."""
    passes = {row[1]: (_shown(row), (row[2], row[3])) for some in found for row in some}
    return (
        {pass_id: shown for pass_id, (shown, _) in passes.items()},
        {key: shown for shown, key in passes.values()},
    )


def _shown(row: tuple[Any, ...]) -> Shown:
    number, pass_id, _, _, resident, household, kind, area, compound, valid_from, valid_until, revoked = row
    return Shown(
        number,
        pass_id,
        resident,
        household,
        PassFacts(PassKind(kind), area, compound, valid_from, valid_until, revoked),
    )
