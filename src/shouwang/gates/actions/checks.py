"""Recording checks: once each, however often they are sent; the denied ones as well."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions import gate_day
from shouwang.gates.actions.intake import CheckMade, in_form, same_content
from shouwang.gates.enums import Direction, PassKind, Reason, Verdict
from shouwang.gates.events import TemperatureTaken
from shouwang.gates.models import Check, Pass
from shouwang.gates.queries import facts
from shouwang.gates.queries.gates import Gate, gate, gates
from shouwang.gates.rules.verdict import Facts, Judgement, judge
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.temperature import parse_temperature
from shouwang.people.queries.lodgers import Lodger, lodgers
from shouwang.places.queries import profile_for
from shouwang.sync.actions import add_facts, publish


def record_check(
    scope: Scope,
    *,
    check_id: UUID,
    entrance_id: int,
    direction: Direction,
    pass_code: str = "",
    resident_id: int | None = None,
    temperature: Decimal | str | None = None,
    masked: bool | None = None,
    plate: str = "",
    remarks: str = "",
    made_at: dt.datetime | None = None,
) -> Check:
    """Record one check and answer it with its verdict. The arguments are those of ``CheckMade``.

    ``temperature`` may be as typed. Raises ``Refused`` ("check_changed") if the id is known with other content,
    ``NotFound`` for an entrance or a resident outside the jurisdiction.
    """
    return _record_one(
        scope,
        temperature,
        CheckMade(
            check_id,
            entrance_id,
            direction,
            pass_code,
            resident_id,
            masked=masked,
            plate=plate,
            remarks=remarks,
            made_at=made_at,
        ),
    )


def record_emergency(
    scope: Scope,
    *,
    check_id: UUID,
    entrance_id: int,
    what: str = "",
    direction: Direction = Direction.OUT,
    pass_code: str = "",
    resident_id: int | None = None,
    temperature: Decimal | str | None = None,
    masked: bool | None = None,
    plate: str = "",
    made_at: dt.datetime | None = None,
) -> Check:
    """Somebody passes in an emergency: no pass, no approval, at any entrance. ``what`` may stay empty."""
    return _record_one(
        scope,
        temperature,
        CheckMade(
            check_id,
            entrance_id,
            direction,
            pass_code,
            resident_id,
            masked=masked,
            plate=plate,
            remarks=what,
            made_at=made_at,
            emergency=True,
        ),
    )


def _record_one(scope: Scope, temperature: Decimal | str | None, made: CheckMade) -> Check:
    community = gate(scope, made.entrance_id).community
    degrees = parse_temperature(temperature, profile_for(scope, community))
    return record_checks(scope, community=community, checks=[replace(made, temperature=degrees)])[0]


def record_checks(scope: Scope, *, community: int, checks: Sequence[CheckMade]) -> list[Check]:
    """Record the checks of one community's gates, in one transaction, and answer them in the order given.

    Sending the same again is harmless; the same id with other content is ``Refused`` and nothing is kept. Checks that
    bring a verdict keep it; the others are judged as of when they were made. Figures of the gates' days grow with the
    checks, and the temperatures of residents are published.
    """
    scope.require(Permission.RECORD_CHECK, community)
    now, profile = clock.now(), profile_for(scope, community)
    sent: dict[UUID, CheckMade] = {}
    for check in checks:
        made = in_form(check, now=now, profile=profile)
        if sent.setdefault(made.id, made) != made:
            raise _changed(made.id)
    kept = _kept(community, sent)
    fresh = [made for check_id, made in sent.items() if check_id not in kept]
    if fresh:
        _record(scope, community, fresh, now, profile)
        kept |= _kept(community, [made.id for made in fresh])
    for made in sent.values():
        if not same_content(made, kept[made.id]):
            raise _changed(made.id)
    return [kept[check.id] for check in checks]


def _kept(community: int, ids: Iterable[UUID]) -> dict[UUID, Check]:
    return {check.id: check for check in Check.objects.filter(community=community, id__in=ids)}


def _changed(check_id: UUID) -> Refused:
    return Refused(
        "check_changed",
        gettext_noop("This check was recorded before, with other content. Record a new one to correct it."),
        check=str(check_id),
    )


def _record(
    scope: Scope, community: int, fresh: Sequence[CheckMade], now: dt.datetime, profile: DiseaseProfile
) -> None:
    desk = _gather(scope, community, fresh, now, profile)
    judged = [desk.check(made) for made in sorted(fresh, key=lambda made: (made.made_at or now, made.id))]
    added = add_facts(judged)
    new = [check for check in judged if check.id in added]
    if not new:
        return
    gate_day.count(new)
    audit(
        scope,
        "record_check" if len(new) == 1 else "record_checks",
        community=community,
        subject_kind="check",
        subject_id=new[0].id,
        detail={"checks": len(new), "entrances": sorted({check.entrance for check in new})},
    )
    for check in new:
        if check.temperature is not None and check.resident is not None and check.household is not None:
            publish(
                scope,
                TemperatureTaken(
                    community=community,
                    check_id=check.id,
                    household_id=check.household,
                    resident_id=check.resident,
                    temperature=check.temperature,
                    made_at=check.made_at,
                    made_by=check.made_by,
                ),
            )


@dataclass
class _Desk:
    """All that is known while a set of checks is judged, in the order in which they were made."""

    scope: Scope
    community: int
    now: dt.datetime
    profile: DiseaseProfile
    gates: Mapping[int, Gate]
    by_code: Mapping[str, Pass]
    by_resident: Mapping[int, Pass]
    lodgers: Mapping[int, Lodger]
    outings: dict[int, list[dt.date]] = field(default_factory=dict)

    def shown(self, made: CheckMade) -> Pass | None:
        if made.pass_code:
            return self.by_code.get(made.pass_code)
        return self.by_resident.get(made.resident_id or 0)

    def person(self, made: CheckMade) -> tuple[int | None, int | None]:
        """Resident and household of a check, as far as they are known."""
        shown = self.shown(made)
        if shown and shown.resident:
            return shown.resident_id, shown.resident.household_id
        lodger = self.lodgers.get(made.resident_id or 0)
        return (lodger.id, lodger.household) if lodger else (None, None)

    def check(self, made: CheckMade) -> Check:
        shown = self.shown(made)
        resident, household = self.person(made)
        made_at = made.made_at or self.now
        answer = self.judgement(made, shown, household, made_at)
        if household and made.direction == Direction.OUT and not made.emergency and answer.lets_pass:
            self.outings.setdefault(household, []).append(timezone.localdate(made_at))
        return Check(
            community=self.community,
            id=made.id,
            entrance=made.entrance_id,
            pass_number=shown.pk if shown else None,
            pass_code=made.pass_code,
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
        )

    def judgement(
        self, made: CheckMade, shown: Pass | None, household: int | None, made_at: dt.datetime
    ) -> Judgement:
        if made.verdict is not None:
            return Judgement(Verdict(made.verdict), Reason(made.reason or Reason.OK))
        lodger = self.lodgers.get(made.resident_id or 0)
        return judge(
            Facts(
                at=timezone.localtime(made_at),
                direction=made.direction,
                gate=self.gates[made.entrance_id].facts,
                presented=facts.pass_facts(shown) if shown else None,
                known=bool(lodger and lodger.on_roster),
                outings=tuple(self.outings.get(household or 0, ())),
                temperature=made.temperature,
                masked=made.masked,
                emergency=made.emergency,
            ),
            self.profile,
        )


def _gather(
    scope: Scope, community: int, fresh: Sequence[CheckMade], now: dt.datetime, profile: DiseaseProfile
) -> _Desk:
    """Look everything up, a handful of queries however many checks; lock the passes of households that go out."""
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
    desk = _Desk(scope, community, now, profile, known, by_code, by_resident, people)
    going = [made for made in fresh if made.direction == Direction.OUT and not made.emergency]
    households = {household for made in going if (household := desk.person(made)[1]) is not None}
    if households:
        _lock_passes(community, households)
        moments = [made.made_at or now for made in going]
        desk.outings = facts.outings(
            scope,
            community=community,
            households=households,
            since=facts.cycle_start(timezone.localdate(min(moments)), profile),
            until=max(moments),
        )
    return desk


def _lock_passes(community: int, households: set[int]) -> None:
    """One household, two gates, one moment: the second waits here until the first has been recorded.

    Only who holds a pass may go out, so the household's passes are what has to be locked, always in one order.
    """
    list(
        Pass.objects.filter(community=community, resident__household__in=households, kind=PassKind.RESIDENT)
        .order_by("id")
        .select_for_update(no_key=True, of=("self",))
        .values_list("id", flat=True)
    )
