"""The office hears of every emergency at a gate, and says when somebody has taken it."""

from collections.abc import Iterable
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.models import Amendment, Check, EmergencyCall
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose

LONGEST_NOTE = 200


def tell_office(scope: Scope, checks: Iterable[Check]) -> None:
    """Put the emergencies among ``checks``, just recorded, before the office; in the caller's transaction.

    Told again, or corrected by what it was and by its plate, an emergency stays the one call it was, taken or not.
    """
    urgent = [check for check in checks if check.emergency]
    if not urgent:
        return
    now = clock.now()
    amended = Amendment.objects.filter(
        community__in={check.community for check in urgent}, check_id__in=[check.id for check in urgent]
    )
    passings = dict(amended.values_list("check_id", "passing"))
    EmergencyCall.objects.bulk_create(
        [
            EmergencyCall(
                community=check.community,
                check_id=passings.get(check.id, check.id),
                entrance=check.entrance,
                made_at=check.made_at,
                told_at=now,
            )
            for check in sorted(urgent, key=lambda check: (check.made_at, check.id))
        ],
        ignore_conflicts=True,
    )


def take_emergency(scope: Scope, *, check_id: UUID, note: str = "") -> EmergencyCall:
    """Say that somebody of the office sees to it. Who took it first stays; taking it again changes nothing.

    Raises ``NotFound`` outside the jurisdiction, ``Forbidden`` without the permission there.
    """
    note = prose(note)
    if len(note) > LONGEST_NOTE:
        raise Refused(
            "too_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=note[:12],
            limit=LONGEST_NOTE,
        )
    call = EmergencyCall.objects.select_for_update(no_key=True).filter(check_id=check_id).first()
    if call is None:
        raise NotFound("emergency", check_id)
    scope.require(Permission.TAKE_EMERGENCY, call.community)
    if call.seen_at is not None:
        return call
    call.seen_at, call.seen_by_id, call.note = clock.now(), scope.actor_id, note
    call.save(update_fields=["seen_at", "seen_by", "note"])
    audit(scope, "take_emergency", community=call.community, subject_kind="check", subject_id=call.check_id)
    return call
