"""Recording checks: once each, however often they are sent; the denied ones as well."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions import gate_day
from shouwang.gates.actions.amending import amend, corrected_among, lock_corrections, taken
from shouwang.gates.actions.emergencies import tell_office
from shouwang.gates.actions.feverish import tell_fevers
from shouwang.gates.actions.intake import CheckMade, in_form, same_content
from shouwang.gates.actions.judging import gather
from shouwang.gates.enums import Direction
from shouwang.gates.events import TemperaturesTaken
from shouwang.gates.models import Check
from shouwang.gates.queries.gates import gate
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.temperature import parse_temperature
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
    token: str = "",
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
            token=token,
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
    token: str = "",
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
            token=token,
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
    lock_corrections([community], correcting=False)
    desk = gather(scope, community, fresh, now, profile)
    judged = [desk.check(made) for made in sorted(fresh, key=lambda made: (made.made_at or now, made.id))]
    added = add_facts(judged)
    new = [check for check in judged if check.id in added]
    if not new:
        return
    special = {check.id for check in new if check.corrects} | corrected_among([community], added)
    gate_day.count(gate_day.counted(check) for check in new if check.id not in special)
    if special:
        amend(scope, community, special)
    tell_office(scope, new)
    tell_fevers(scope, (check for check in new if check.id not in special))
    audit(
        scope,
        "record_check" if len(new) == 1 else "record_checks",
        community=community,
        subject_kind="check",
        subject_id=new[0].id,
        detail={"checks": len(new), "entrances": sorted({check.entrance for check in new})},
    )
    told = tuple(news for check in new if check.id not in special and (news := taken(check)) is not None)
    if told:
        publish(scope, TemperaturesTaken(community, told))
