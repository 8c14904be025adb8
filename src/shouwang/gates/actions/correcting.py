"""The office corrects a check: a new one, which names the old one, stands in its place; both are kept."""

from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions.amending import amend, lock_corrections
from shouwang.gates.actions.intake import short
from shouwang.gates.enums import Direction
from shouwang.gates.models import Amendment, Check
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.temperature import parse_temperature
from shouwang.places.queries import profile_for
from shouwang.sync.actions import add_facts


@dataclass(frozen=True, slots=True)
class CheckCorrected:
    """What a check says once it is right, and ``why`` it was not. ``temperature`` in °C, also as typed."""

    temperature: Decimal | str | None
    direction: Direction
    masked: bool | None
    remarks: str = ""
    why: str = ""


def correct_check(
    scope: Scope, *, community: int, wrong_id: UUID, check_id: UUID, said: CheckCorrected
) -> Check:
    """Put right what a check of today says. Its verdict stays: what happened at the gate happened.

    ``check_id`` is the id of the correction (UUIDv7); sent again it changes nothing. Raises ``NotFound``; ``Refused``
    for a check of another day or corrected before, for a correction that changes nothing or does not say why, an id
    that says something else, a temperature that cannot be, a text over 200 characters.
    """
    scope.require(Permission.RECORD_CHECK, community)
    profile, now = profile_for(scope, community), clock.now()
    said = replace(
        said,
        temperature=parse_temperature(said.temperature, profile),
        remarks=short(said.remarks, 200),
        why=short(said.why, 200),
    )
    lock_corrections([community], correcting=True)
    there = {
        check.id: check for check in Check.objects.filter(community=community, id__in=[wrong_id, check_id])
    }
    wrong, before = there.get(wrong_id), there.get(check_id)
    if wrong is None:
        raise NotFound("check", wrong_id)
    if before is not None:
        if before.corrects != wrong_id or _says(before) != said:
            raise Refused(
                "check_changed",
                gettext_noop(
                    "This check was recorded before, with other content. Record a new one to correct it."
                ),
            )
        return before
    _let_correct(community, wrong, said)
    if check_id.version != 7:
        raise Refused(
            "check_id", gettext_noop("A check needs an id of its own (UUIDv7), minted where it was made.")
        )
    kept = {field.attname: getattr(wrong, field.attname) for field in Check._meta.concrete_fields}
    right = Check(
        **kept
        | asdict(said)
        | {
            "id": check_id,
            "corrects": wrong_id,
            "fever": profile.is_fever(said.temperature),  # type: ignore[arg-type]  # read above
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


def _let_correct(community: int, wrong: Check, said: CheckCorrected) -> None:
    amended = Amendment.objects.filter(community=community, check_id=wrong.id).first()
    if amended and not amended.stands:
        raise Refused(
            "corrected_already", gettext_noop("This was corrected before. Correct the latest record instead.")
        )
    if timezone.localdate(amended.made_at if amended else wrong.made_at) != clock.today():
        raise Refused(
            "another_day",
            gettext_noop(
                "Only checks of today can be corrected: the figures of other days are told already."
            ),
        )
    if not said.why:
        raise Refused("why_missing", gettext_noop("Say why: it stays with the correction."))
    if replace(said, why=wrong.why) == _says(wrong):
        raise Refused("nothing_corrected", gettext_noop("Nothing is different. Change what was wrong."))


def _says(check: Check) -> CheckCorrected:
    return CheckCorrected(
        check.temperature, Direction(check.direction), check.masked, check.remarks, check.why
    )
