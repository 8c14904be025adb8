"""Revoking and replacing passes."""

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions.passes.drawing import draw, fill, holder_of, said
from shouwang.gates.actions.revocation import note_revoked
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.kernel.areas import span
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose

LOST = "lost"
"""The reason of a lost card; pages have a word for it."""
NO_REASON = gettext_noop("Say why, in at most %(limit)s characters.")


def revoke_pass(scope: Scope, *, pass_id: int, reason: str) -> Pass:
    """End a pass at once, and those that follow it if it has been renewed. Revoking again changes nothing.

    ``reason`` is for the office; the gate never shows it. Whose next pass is revoked alone may be given another.
    """
    found = _locked(scope, pass_id)
    if found.revoked_at is None:
        same = Pass.objects.filter(**holder_of(found), revoked_at=None)
        last: Pass | None = found
        while last is not None:
            _revoke(scope, last, reason)
            following = same.select_for_update(no_key=True).filter(valid_from=last.valid_until)
            last = following.first() if last.renewed else None
        same.filter(renewed=True, valid_until=found.valid_from).update(renewed=False)
    return found


def replace_pass(scope: Scope, *, pass_id: int, reason: str) -> Pass:
    """A new pass with another code for a lost or spoilt one, which ends. Its days stay, and what follows it.

    Replacing a pass that has been replaced already answers the one that stands in for it now.
    """
    old = _locked(scope, pass_id)
    if old.revoked_at is not None:
        return _heir(old)
    now = clock.now()
    if old.valid_until <= now:
        raise Refused("pass_expired", gettext_noop("This pass has expired. Issue a new one instead."))
    _revoke(scope, old, reason)
    new = Pass.objects.filter(replaces=old)
    fill(
        lambda: (
            []
            if new.exists()
            else [
                draw(
                    scope, old.community, PassKind(old.kind), now, old.valid_until,
                    resident_id=old.resident_id, household_id=old.household_id, area=old.area, holder=old.holder,
                    plate=old.plate, purpose=old.purpose, visit=old.visit, replaces=old, renewed=old.renewed,
                    **({"valid_from": old.valid_from} if old.valid_from > now else {}),
                )
            ]
        )
    )  # fmt: skip
    return new.get()


def _heir(old: Pass) -> Pass:
    """The open pass at the end of the chain of replacements. Raises ``Refused`` where there is none."""
    found: Pass | None = old
    while found is not None and found.revoked_at is not None:
        found = Pass.objects.filter(replaces=found).first()
    if found is None:
        raise Refused("pass_revoked", gettext_noop("This pass was revoked. Issue a new one instead."))
    return found


def _locked(scope: Scope, pass_id: int) -> Pass:
    found = Pass.objects.select_for_update(no_key=True).filter(pk=pass_id).first()
    if found is None:
        raise NotFound("pass", pass_id)
    scope.require(Permission.ISSUE_PASS, *span(found.area or found.community))
    return found


def _revoke(scope: Scope, found: Pass, reason: str) -> None:
    reason = said(prose(reason), "reason_missing", NO_REASON, 200)
    found.revoked_at, found.revoked_by_id, found.revoke_reason = clock.now(), scope.actor_id, reason
    found.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    note_revoked([found])
    audit(scope, "revoke_pass", community=found.community, subject_kind="pass", subject_id=found.pk)
