"""Issuing, revoking and replacing passes."""

import datetime as dt
import secrets
from collections.abc import Collection
from uuid import uuid4

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.rules.codes import make_code
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold
from shouwang.people.queries.lodgers import Lodger, lodgers, lodgers_of
from shouwang.places.queries import profile_for

TRIES = 6
"""Two passes of a community draw the same code about once in ten thousand; six times running, never."""


def issue_pass(
    scope: Scope, *, resident_id: int, kind: PassKind = PassKind.RESIDENT, valid_days: int | None = None
) -> Pass:
    """The resident's open pass; a new one if she has none or it has expired. Valid from now to the end of its last day.

    ``valid_days`` default to the profile's. Raises ``Refused`` for somebody who moved away or died.
    """
    found = lodgers(scope, ids=[resident_id])
    if not found:
        raise NotFound("resident", resident_id)
    return issue_passes(
        scope, community=found[0].community, resident_ids=[resident_id], kind=kind, valid_days=valid_days
    )[0]


def issue_household_passes(scope: Scope, *, household_id: int, valid_days: int | None = None) -> list[Pass]:
    """A pass for everybody of the household who is on the roster."""
    members = lodgers_of(scope, household=household_id)
    if not members:
        raise NotFound("household", household_id)
    return issue_passes(
        scope,
        community=members[0].community,
        resident_ids=[member.id for member in members],
        valid_days=valid_days,
    )


def issue_passes(
    scope: Scope,
    *,
    community: int,
    resident_ids: Collection[int],
    kind: PassKind = PassKind.RESIDENT,
    valid_days: int | None = None,
) -> list[Pass]:
    """Each resident's open pass, new where there is none; in the order given. Issuing again changes nothing.

    Raises ``NotFound`` if one of them does not live in this community, ``Refused`` for one who is gone from it.
    """
    scope.require(Permission.ISSUE_PASS, community)
    wanted = {member.id: member for member in lodgers(scope, ids=resident_ids)}
    for resident_id in resident_ids:
        if resident_id not in wanted or wanted[resident_id].community != community:
            raise NotFound("resident", resident_id)
        if not wanted[resident_id].on_roster:
            raise Refused(
                "resident_gone",
                gettext_noop("%(name)s no longer lives here; correct the roster first."),
                name=wanted[resident_id].name,
            )
    now = clock.now()
    _end_expired(scope, community, wanted, kind, now)
    until = _end_of(now, profile_for(scope, community).pass_valid_days if valid_days is None else valid_days)
    before = _open(community, wanted, kind)
    for _ in range(TRIES):
        held = _open(community, wanted, kind)
        missing = [member for resident_id, member in wanted.items() if resident_id not in held]
        if not missing:
            break
        # A clash of codes, or somebody at the next desk issuing the same, leaves a row out; the next turn sees which.
        Pass.objects.bulk_create(
            (_new(scope, member, kind, now, until) for member in missing),
            ignore_conflicts=True,
            batch_size=2000,
        )
    else:
        raise RuntimeError("no free pass code found")
    if issued := len(wanted) - len(before):
        audit(
            scope,
            "issue_passes",
            community=community,
            subject_kind="pass",
            subject_id=held[next(iter(wanted))].pk,
            detail={"passes": issued, "kind": kind},
        )
    return [held[resident_id] for resident_id in resident_ids]


def revoke_pass(scope: Scope, *, pass_id: int, reason: str) -> Pass:
    """End a pass at once. ``reason`` is for the office; the gate never shows it. Revoking again changes nothing."""
    found = _locked(scope, pass_id)
    if found.revoked_at is None:
        _revoke(scope, found, _reason(reason))
    return found


def replace_pass(scope: Scope, *, pass_id: int, reason: str) -> Pass:
    """A new pass with another code for a lost or spoilt one, which ends. Its last day stays.

    Replacing a pass that has been replaced already answers the one that is open now.
    """
    old = _locked(scope, pass_id)
    if old.revoked_at is not None:
        held = _open(old.community, [old.resident_id or 0], PassKind(old.kind))
        if not held:
            raise Refused("pass_revoked", gettext_noop("This pass was revoked. Issue a new one instead."))
        return held[old.resident_id or 0]
    if old.resident_id is None:
        raise Refused("pass_not_personal", gettext_noop("Only a resident's pass can be replaced here."))
    now = clock.now()
    if old.valid_until <= now:
        raise Refused("pass_expired", gettext_noop("This pass has expired. Issue a new one instead."))
    _revoke(scope, old, _reason(reason))
    member = lodgers(scope, ids=[old.resident_id])[0]
    for _ in range(TRIES):
        Pass.objects.bulk_create(
            [_new(scope, member, PassKind(old.kind), now, old.valid_until)], ignore_conflicts=True
        )
        if held := _open(old.community, [old.resident_id], PassKind(old.kind)):
            return held[old.resident_id]
    raise RuntimeError("no free pass code found")


def _locked(scope: Scope, pass_id: int) -> Pass:
    found = Pass.objects.select_for_update(no_key=True).filter(pk=pass_id).first()
    if found is None:
        raise NotFound("pass", pass_id)
    scope.require(Permission.ISSUE_PASS, found.community)
    return found


def _reason(written: str) -> str:
    reason = fold(written)
    if not 1 <= len(reason) <= 200:
        raise Refused("reason_missing", gettext_noop("Say why, in at most 200 characters."))
    return reason


def _revoke(scope: Scope, found: Pass, reason: str) -> None:
    found.revoked_at, found.revoked_by_id, found.revoke_reason = clock.now(), scope.actor_id, reason
    found.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    audit(scope, "revoke_pass", community=found.community, subject_kind="pass", subject_id=found.pk)


def _open(community: int, residents: Collection[int], kind: PassKind) -> dict[int, Pass]:
    rows = Pass.objects.filter(community=community, resident__in=residents, kind=kind, revoked_at=None)
    return {row.resident_id or 0: row for row in rows}


def _end_expired(
    scope: Scope, community: int, residents: Collection[int], kind: PassKind, now: dt.datetime
) -> None:
    """An expired pass makes room for the new one."""
    Pass.objects.filter(
        community=community, resident__in=residents, kind=kind, revoked_at=None, valid_until__lte=now
    ).update(revoked_at=now, revoked_by=scope.actor_id, revoke_reason="expired")


def _end_of(now: dt.datetime, days: int) -> dt.datetime:
    """The midnight that ends the last of ``days`` days, today being the first."""
    if days < 1:
        raise Refused("valid_days", gettext_noop("A pass is valid for at least one day."))
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(now) + dt.timedelta(days), dt.time()))


def _new(scope: Scope, member: Lodger, kind: PassKind, now: dt.datetime, until: dt.datetime) -> Pass:
    """``pass_id`` is random: it tells nothing, and is not the code, so that what is printed is not what is signed."""
    return Pass(
        community=member.community,
        pass_id=uuid4(),
        code=make_code(secrets.choice),
        kind=kind,
        resident_id=member.id,
        household_id=member.household,
        valid_from=now,
        valid_until=until,
        issued_at=now,
        issued_by_id=scope.actor_id,
    )
