"""Judging a set of checks: everything looked up at once, then each judged in the order in which they were made."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from shouwang.access.prepared import Asked, rows
from shouwang.gates.actions.intake import CheckMade
from shouwang.gates.enums import Direction, PassKind, Reason, Verdict
from shouwang.gates.models import Check
from shouwang.gates.queries.facts import (
    Shown,
    claimed_facts,
    outing_days,
    passes_by_id,
    presented_passes,
    shown_of,
)
from shouwang.gates.queries.gates import Gate, gates
from shouwang.gates.queries.holds import Held, hold_until, holds_of_households
from shouwang.gates.queries.trust import bundle
from shouwang.gates.queries.wide import wide_passes
from shouwang.gates.rules.token import PassClaims, TokenRefused, verify_token
from shouwang.gates.rules.verdict import Facts, Judgement, judge
from shouwang.kernel.errors import NotFound
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import Lodger, lodgers


@dataclass
class Desk:
    """All that is known while a set of checks is judged, in the order in which they were made."""

    scope: Scope
    community: int
    now: dt.datetime
    profile: DiseaseProfile
    gates: Mapping[int, Gate]
    by_code: Mapping[str, Shown]
    by_resident: Mapping[int, Shown]
    lodgers: Mapping[int, Lodger]
    claims: Mapping[UUID, PassClaims] = field(default_factory=dict)
    unread: Mapping[UUID, str] = field(default_factory=dict)
    by_id: Mapping[UUID, Shown] = field(default_factory=dict)
    holds: Mapping[int, Sequence[Held]] = field(default_factory=dict)
    outings: dict[int, list[dt.date]] = field(default_factory=dict)

    def shown(self, made: CheckMade) -> Shown | None:
        if claims := self.claims.get(made.id):
            return self.by_id.get(claims.pass_id)
        if made.pass_code:
            return self.by_code.get(made.pass_code)
        return self.by_resident.get(made.resident_id or 0)

    def person(self, made: CheckMade) -> tuple[int | None, int | None]:
        """Resident and household of a check, as far as they are known."""
        shown = self.shown(made)
        if shown:
            return shown.resident, shown.household
        lodger = self.lodgers.get(made.resident_id or 0)
        return (lodger.id, lodger.household) if lodger else (None, None)

    def check(self, made: CheckMade) -> Check:
        shown = self.shown(made)
        resident, household = self.person(made)
        made_at = made.made_at or self.now
        claims = self.claims.get(made.id)
        kind = shown.facts.kind if shown else claims.kind if claims else ""
        answer = self.judgement(made, shown, household, resident, made_at)
        if (
            household
            and made.direction == Direction.OUT
            and not made.emergency
            and kind in ("", PassKind.RESIDENT)
            and answer.lets_pass
        ):
            self.outings.setdefault(household, []).append(timezone.localdate(made_at))
        return Check(
            community=self.community,
            id=made.id,
            entrance=made.entrance_id,
            pass_number=shown.number if shown else None,
            pass_code=made.pass_code,
            pass_id=shown.pass_id if shown else claims.pass_id if claims else None,
            pass_kind=kind,
            household=household,
            resident=resident,
            direction=made.direction,
            emergency=made.emergency,
            verdict=answer.verdict,
            reason=answer.reason,
            temperature=made.temperature,
            fever=self.profile.is_fever(made.temperature),
            masked=made.masked,
            plate=made.plate,
            remarks=made.remarks,
            made_at=made_at,
            received_at=self.now,
            made_by=self.scope.actor_id,
            visit=made.visit,
        )

    def judgement(
        self,
        made: CheckMade,
        shown: Shown | None,
        household: int | None,
        resident: int | None,
        made_at: dt.datetime,
    ) -> Judgement:
        if made.verdict is not None:
            return Judgement(Verdict(made.verdict), Reason(made.reason or Reason.OK))
        lodger, claims = self.lodgers.get(made.resident_id or 0), self.claims.get(made.id)
        at = timezone.localtime(made_at)
        return judge(
            Facts(
                at=at,
                direction=made.direction,
                gate=self.gates[made.entrance_id].facts,
                presented=shown.facts if shown else claimed_facts(claims) if claims else None,
                known=bool(lodger and lodger.on_roster),
                outings=tuple(self.outings.get(household or 0, ())),
                temperature=made.temperature,
                masked=made.masked,
                emergency=made.emergency,
                hold_until=hold_until(self.holds.get(household or 0, ()), resident=resident, day=at.date()),
                unread=self.unread.get(made.id, ""),
                registered=made.visit is not None,
            ),
            self.profile,
        )


def gather(
    scope: Scope, community: int, fresh: Sequence[CheckMade], now: dt.datetime, profile: DiseaseProfile
) -> Desk:
    """Look everything up, a handful of queries however many checks; lock the households that go out."""
    known = {entrance.id: entrance for entrance in gates(scope, community)}
    residents = {made.resident_id for made in fresh if made.resident_id is not None}
    people = {person.id: person for person in lodgers(scope, ids=residents) if person.community == community}
    for made in fresh:
        if made.entrance_id not in known:
            raise NotFound("entrance", made.entrance_id)
        if made.resident_id is not None and made.resident_id not in people:
            raise NotFound("resident", made.resident_id)
    claims, unread = _read_tokens(fresh)
    codes, ids = {made.pass_code for made in fresh}, {claim.pass_id for claim in claims.values()}
    by_code, by_resident, by_id = _passes(scope, community, codes, residents, ids, now)
    desk = Desk(scope, community, now, profile, known, by_code, by_resident, people, claims, unread, by_id)
    homes = {household for made in fresh if (household := desk.person(made)[1]) is not None}
    if homes:
        desk.holds = holds_of_households(scope, community, homes)
    going = [made for made in fresh if made.direction == Direction.OUT and not made.emergency]
    households = {household for made in going if (household := desk.person(made)[1]) is not None}
    if households:
        lock_households(households)
        moments = [made.made_at or now for made in going]
        desk.outings = outing_days(
            scope,
            community=community,
            households=households,
            until=max(moments),
            today=timezone.localdate(min(moments)),
            profile=profile,
        )
    return desk


def _passes(
    scope: Scope,
    community: int,
    codes: Collection[str],
    residents: Collection[int],
    ids: Collection[UUID],
    now: dt.datetime,
) -> tuple[dict[str, Shown], dict[int, Shown], dict[UUID, Shown]]:
    """By code, resident and id. What is unknown here may be a pass of an area above."""
    typed, own = presented_passes(scope, community=community, codes=codes, residents=residents, at=now)
    by_code = {code: shown_of(found) for code, found in typed.items()}
    by_id = {key: shown_of(found) for key, found in passes_by_id(ids).items()}
    strange = {code for code in codes if code and code not in by_code}
    for wide in wide_passes(scope, community=community, codes=strange, pass_ids=set(ids) - set(by_id)):
        by_id[wide.shown.pass_id] = wide.shown
        if wide.code in strange:
            by_code[wide.code] = wide.shown
    return by_code, {resident: shown_of(found) for resident, found in own.items()}, by_id


def _read_tokens(fresh: Sequence[CheckMade]) -> tuple[dict[UUID, PassClaims], dict[UUID, str]]:
    """What the tokens that were scanned claim, and why others are none, by the id of the check."""
    claims: dict[UUID, PassClaims] = {}
    unread: dict[UUID, str] = {}
    for made in fresh:
        if made.token:
            try:
                claims[made.id] = verify_token(made.token, bundle().by_id())
            except TokenRefused as refused:
                unread[made.id] = refused.code
    return claims, unread


def lock_households(households: Collection[int]) -> None:
    """One household, two gates, one moment: the second waits here until the first has been recorded."""
    if not households:
        return
    rows(*locking_households(households))


def locking_households(households: Collection[int]) -> Asked:
    """The statement of `lock_households`: always in one order, so that two sets never wait for each other."""
    return _LOCK, [sorted(households)]


_LOCK = """
select pg_advisory_xact_lock(hashtextextended('gates:household:' || household, 0))
from unnest(%b::bigint[]) as household
"""
