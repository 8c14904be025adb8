"""The facts that `rules.verdict.judge` asks for, gathered for many checks at once."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils import timezone

from shouwang.gates.enums import Direction, PassKind, Verdict
from shouwang.gates.models import Check, Pass
from shouwang.gates.rules.verdict import PassFacts
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope


def pass_facts(found: Pass) -> PassFacts:
    """``found`` must have been read with ``resident__household`` (see `presented_passes`)."""
    return PassFacts(
        kind=PassKind(found.kind),
        community=found.community,
        compound=found.resident.household.compound_id if found.resident else None,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        revoked=found.revoked_at is not None,
    )


def presented_passes(
    scope: Scope, *, community: int, codes: Iterable[str], residents: Iterable[int]
) -> tuple[Mapping[str, Pass], Mapping[int, Pass]]:
    """Passes by code, and each resident's own: the open one, else the latest."""
    codes, residents = {code for code in codes if code}, set(residents)
    rows = (
        Pass.objects.filter(community=community)
        .filter(Q(code__in=codes) | Q(resident__in=residents, kind=PassKind.RESIDENT))
        .select_related("resident__household")
        .order_by("issued_at", "id")
    )
    by_code: dict[str, Pass] = {}
    by_resident: dict[int, Pass] = {}
    for row in rows:
        by_code[row.code] = row
        held = by_resident.get(row.resident_id or 0)
        if (
            row.resident_id
            and row.kind == PassKind.RESIDENT
            and (held is None or held.revoked_at is not None)
        ):
            by_resident[row.resident_id] = row
    return by_code, by_resident


def outing_days(
    scope: Scope,
    *,
    community: int,
    households: Iterable[int],
    until: dt.datetime,
    today: dt.date,
    profile: DiseaseProfile,
) -> dict[int, list[dt.date]]:
    """Local days of the cycle that ends with ``today`` on which each household was let out, one entry an outing.

    Going out in an emergency does not use up the household's turn.
    """
    since = today - dt.timedelta(days=max(profile.outing_every_days, 1) - 1)
    found: dict[int, list[dt.date]] = {}
    for household, made_at in (
        Check.objects.filter(
            community=community,
            household__in=set(households),
            direction=Direction.OUT,
            emergency=False,
            made_at__gte=timezone.make_aware(dt.datetime.combine(since, dt.time())),
            made_at__lte=until,
        )
        .exclude(verdict=Verdict.RED)
        .values_list("household", "made_at")
    ):
        found.setdefault(household or 0, []).append(timezone.localdate(made_at))
    return found
