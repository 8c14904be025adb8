"""The office corrects a check: a new one, which names the old one, stands in its place; both are kept."""

from decimal import Decimal
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions.amending import amend, lock_corrections
from shouwang.gates.enums import Direction
from shouwang.gates.models import Amendment, Check
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.temperature import parse_temperature
from shouwang.places.queries import profile_for
from shouwang.sync.actions import add_facts


def correct_check(
    scope: Scope,
    *,
    community: int,
    wrong_id: UUID,
    check_id: UUID,
    temperature: Decimal | str | None,
    direction: Direction,
    masked: bool | None,
) -> Check:
    """Put right what a check says. Its verdict stays: what happened at the gate happened.

    ``check_id`` is the id of the correction (UUIDv7); sent again it changes nothing. Raises ``NotFound``; ``Refused``
    for a check that was corrected before, an id that says something else, a temperature that cannot be.
    """
    scope.require(Permission.RECORD_CHECK, community)
    profile, now = profile_for(scope, community), clock.now()
    degrees = parse_temperature(temperature, profile)
    lock_corrections([community], correcting=True)
    there = {
        check.id: check for check in Check.objects.filter(community=community, id__in=[wrong_id, check_id])
    }
    wrong, before = there.get(wrong_id), there.get(check_id)
    if wrong is None:
        raise NotFound("check", wrong_id)
    if before is not None:
        said = before.corrects, before.temperature, before.direction, before.masked
        if said != (wrong_id, degrees, direction, masked):
            raise Refused(
                "check_changed",
                gettext_noop(
                    "This check was recorded before, with other content. Record a new one to correct it."
                ),
            )
        return before
    if Amendment.objects.filter(community=community, check_id=wrong_id, stands=False).exists():
        raise Refused(
            "corrected_already", gettext_noop("This was corrected before. Correct the latest record instead.")
        )
    if check_id.version != 7:
        raise Refused(
            "check_id", gettext_noop("A check needs an id of its own (UUIDv7), minted where it was made.")
        )
    kept = {field.attname: getattr(wrong, field.attname) for field in Check._meta.concrete_fields}
    right = Check(
        **kept
        | {
            "id": check_id,
            "corrects": wrong_id,
            "temperature": degrees,
            "fever": profile.is_fever(degrees),
            "direction": direction,
            "masked": masked,
            "made_at": now,
            "received_at": now,
            "made_by": scope.actor_id,
            "device": None,
            "device_clock": None,
            "keeper": "",
            "digest": None,
        }
    )
    add_facts([right])
    amend(scope, community, {check_id})
    audit(
        scope,
        "correct_check",
        community=community,
        subject_kind="check",
        subject_id=check_id,
        detail={"corrects": str(wrong_id)},
    )
    return right
