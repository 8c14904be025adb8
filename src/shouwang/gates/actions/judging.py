"""Judging a set of checks: everything looked up at once, then each judged in the order in which they were made."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from shouwang.access.prepared import Asked, rows
from shouwang.gates.actions.intake import CheckMade
from shouwang.gates.enums import Direction, PassKind, Reason, Verdict
from shouwang.gates.models import Check, Pass
from shouwang.gates.queries import facts
from shouwang.gates.queries.gates import Gate, gates
from shouwang.gates.queries.holds import Held, hold_until, holds_of_households
from shouwang.gates.queries.trust import bundle
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
    by_code: Mapping[str, Pass]
    by_resident: Mapping[int, Pass]
    lodgers: Mapping[int, Lodger]
    claims: Mapping[UUID, PassClaims] = field(default_factory=dict)
    unread: Mapping[UUID, str] = field(default_factory=dict)
    by_id: Mapping[UUID, Pass] = field(default_factory=dict)
    holds: Mapping[int, Sequence[Held]] = field(default_factory=dict)
    outings: dict[int, list[dt.date]] = field(default_factory=dict)

    def shown(self, made: CheckMade) -> Pass | None:
        if claims := self.claims.get(made.id):
            return self.by_id.get(claims.pass_id)
        if made.pass_code:
            return self.by_code.get(made.pass_code)
        return self.by_resident.get(made.resident_id or 0)

    def person(self, made: CheckMade) -> tuple[int | None, int | None]:
        """Resident and household of a check, as far as they are known."""
        shown = self.shown(made)
        if shown and shown.resident:
            return shown.resident_id, shown.resident.household_id
        if shown:
            return None, shown.household_id
        lodger = self.lodgers.get(made.resident_id or 0)
        return (lodger.id, lodger.household) if lodger else (None, None)

    def check(self, made: CheckMade) -> Check:
        shown = self.shown(made)
        resident, household = self.person(made)
        made_at = made.made_at or self.now
        claims = self.claims.get(made.id)
        kind = shown.kind if shown else claims.kind if claims else ""
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
            pass_number=shown.pk if shown else None,
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
        shown: Pass | None,
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
                presented=facts.pass_facts(shown)
                if shown
                else facts.claimed_facts(claims)
                if claims
                else None,
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
    by_code, by_resident = facts.presented_passes(
        scope, community=community, codes={made.pass_code for made in fresh}, residents=residents
    )
    claims, unread = _read_tokens(fresh)
    by_id = facts.passes_by_id({claim.pass_id for claim in claims.values()})
    desk = Desk(scope, community, now, profile, known, by_code, by_resident, people, claims, unread, by_id)
    homes = {household for made in fresh if (household := desk.person(made)[1]) is not None}
    if homes:
        desk.holds = holds_of_households(scope, community, homes)
    going = [made for made in fresh if made.direction == Direction.OUT and not made.emergency]
    households = {household for made in going if (household := desk.person(made)[1]) is not None}
    if households:
        lock_households(households)
        moments = [made.made_at or now for made in going]
        desk.outings = facts.outing_days(
            scope,
            community=community,
            households=households,
            until=max(moments),
            today=timezone.localdate(min(moments)),
            profile=profile,
        )
    return desk


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
