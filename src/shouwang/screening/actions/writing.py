"""Writing attempts with all they tell: facts, the round's counters, and the news of it, in one transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.screening.actions.call_backs import follow_call_backs
from shouwang.screening.actions.counting import add_due, counted
from shouwang.screening.actions.intake import Checked
from shouwang.screening.enums import Channel
from shouwang.screening.events import ArrivalTold, FeverFound, NeedTold, PresenceTold, TroubleTold
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.sync.actions import add_facts, publish
from shouwang.workforce.queries import caseloads_holding


@dataclass(frozen=True, slots=True)
class Placed:
    """An attempt on its way into a round: when it was, and under which household each person told of counts.

    ``corrects`` is the attempt it replaces, ``said`` the needs and the trouble that were told there: no news any more.
    """

    checked: Checked
    made_at: dt.datetime
    homes: Mapping[int, int]
    corrects: UUID | None = None
    said: tuple[str, ...] = ()


def write_attempts(
    scope: Scope,
    round_: Round,
    placed: Sequence[Placed],
    added: Iterable[tuple[int, int]],
    profile: DiseaseProfile,
) -> None:
    """Write attempts not seen before in the locked round, count them, and publish what they tell.

    ``added``: ``(household, resident)`` pairs that are due from now on.
    """
    now = clock.now()
    owners = caseloads_holding(scope, {one.checked.given.household_id for one in placed})
    attempts, readings = [], []
    for one in placed:
        checked, given = one.checked, one.checked.given
        kept = {
            "community": round_.community, "round": round_.pk, "made_at": one.made_at, "received_at": now,
            "made_by": scope.actor_id,
        }  # fmt: skip
        attempts.append(
            Attempt(
                id=checked.id, household=given.household_id, channel=checked.channel, outcome=checked.outcome,
                answered_by=checked.answered_by, needs=checked.needs, trouble=checked.trouble, remarks=checked.remarks,
                keeper=given.keeper, device=given.device, caseload=given.caseload or owners.get(given.household_id),
                proxy=given.proxy, digest=checked.digest, corrects=one.corrects, **kept,
            )
        )  # fmt: skip
        readings += [
            Reading(
                id=mint(one.made_at), day=round_.day, household=one.homes[told.resident_id], resident=told.resident_id,
                source=checked.channel, source_id=checked.id, temperature=told.temperature, fever=told.fever,
                symptoms=None if told.symptoms is None else list(told.symptoms), **kept,
            )
            for told in checked.readings
        ]  # fmt: skip
    touched = (
        {one.household for one in attempts}
        | {one.household for one in readings}
        | _told_before(round_, placed)
    )
    with counted(round_, touched):
        add_due(scope, round_, added)
        add_facts(attempts)
        add_facts(readings)
    single = len(attempts) == 1
    audit(
        scope,
        "record_attempt" if single else "record_attempts",
        community=round_.community,
        subject_kind="attempt" if single else "round",
        subject_id=attempts[0].id if single else round_.pk,
        detail={"attempts": len(attempts), "readings": len(readings)},
    )
    follow_call_backs(scope, community=round_.community, attempts=attempts)
    publish_fevers(scope, readings, profile)
    for one in placed:
        _publish(scope, round_.community, one)


def _told_before(round_: Round, placed: Iterable[Placed]) -> set[int]:
    """Where those count of whom the corrected attempts told: not always under the household that was tried."""
    wrong = [one.corrects for one in placed if one.corrects is not None]
    if not wrong:
        return set()
    told = Reading.objects.filter(community=round_.community, round=round_.pk, source_id__in=wrong)
    return set(told.values_list("household", flat=True))


def publish_fevers(scope: Scope, readings: Iterable[Reading], profile: DiseaseProfile) -> None:
    """Tell of those among new readings that somebody must look at."""
    for told in readings:
        if told.fever or profile.is_alarming(told.symptoms):
            symptoms = None if told.symptoms is None else tuple(told.symptoms)
            publish(
                scope,
                FeverFound(
                    told.community, told.household, told.resident, told.id, told.temperature, symptoms,
                    Channel(told.source), told.made_at,
                ),
            )  # fmt: skip


def _publish(scope: Scope, community: int, one: Placed) -> None:
    said = one.checked
    source = (community, said.given.household_id, said.id, said.channel)
    if said.needs and said.needs not in one.said:
        publish(scope, NeedTold(*source, said.needs, one.made_at))
    if said.trouble and said.trouble not in one.said:
        publish(scope, TroubleTold(*source, said.trouble, one.made_at))
    if said.arrivals:
        publish(scope, ArrivalTold(*source, said.arrivals, one.made_at))
    for person in said.presence:
        publish(scope, PresenceTold(*source, person.resident_id, person.now, one.made_at))
