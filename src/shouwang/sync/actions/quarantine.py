"""What the office decides about a record that was set aside."""

from typing import Any

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.sync.actions.intake import take_again
from shouwang.sync.enums import Outcome, Settling
from shouwang.sync.models import Quarantined
from shouwang.sync.queries.here import device_scope, here_of
from shouwang.sync.rules.batch import load


def settle_quarantined(scope: Scope, *, key: int, settling: Settling) -> Quarantined:
    """Dismiss a record set aside, or take it in after all: a newer version may understand it.

    Settling what has been settled changes nothing. Raises ``Refused`` if the record still cannot be taken in.
    """
    found = (
        Quarantined.objects.select_for_update(no_key=True, of=("self",))
        .select_related("device")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotFound("quarantined", key)
    scope.require(Permission.MANAGE_DEVICES, found.community)
    if found.settled_at is not None:
        return found
    if settling is Settling.TAKEN_IN:
        _take_in(found)
    found.settled_at, found.settled_by_id, found.settling = clock.now(), scope.actor_id, settling
    found.save(update_fields=["settled_at", "settled_by", "settling"])
    audit(
        scope, "settle_quarantined", community=found.community, subject_kind="quarantined", subject_id=found.pk,
        detail={"settling": settling, "device": found.device_id, "code": found.code},
    )  # fmt: skip
    return found


def _take_in(found: Quarantined) -> None:
    device = here_of(found.device)
    kept: Any = found.raw
    with acting(device_scope(device)):
        answer = take_again(
            device_scope(device),
            device=device,
            raw=load(kept.open().encode()),
            received_at=found.received_at,
        )
    if answer.outcome not in (Outcome.STORED, Outcome.DUPLICATE):
        raise Refused(
            "still_not_understood",
            gettext_noop(
                "It still cannot be taken in (%(code)s). Dismiss it, or leave it for a newer version."
            ),
            code=answer.code or answer.outcome,
        )
