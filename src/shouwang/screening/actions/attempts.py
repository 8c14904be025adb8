"""Recording calls and visits, one or many, once each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.enums import Presence
from shouwang.people.queries import roster
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions.counting import Pairs, add_due, counted, due_pairs, lock_round
from shouwang.screening.actions.intake import Checked, Recorded, check, known_answers, unknown
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.queries.rounds import round_by_id, rounds_taking, takes
from shouwang.screening.rules import AttemptInput, ReadingInput
from shouwang.sync.actions import add_facts


def record_attempt(
    scope: Scope,
    *,
    attempt_id: UUID,
    household_id: int,
    channel: Channel | str,
    outcome: Outcome | str,
    answered_by: AnsweredBy | str | None = None,
    readings: Sequence[ReadingInput] = (),
    needs: str = "",
    remarks: str = "",
    made_at: dt.datetime | None = None,
    corrects: UUID | None = None,
    round_id: int | None = None,
    community: int | None = None,
) -> Recorded:
    """Record one call or visit, in the round ``round_id`` or in the community's round of that day.

    ``corrects`` names the attempt that this one replaces with all its readings. Raises as :func:`record_attempts`.
    """
    if round_id is not None:
        community = round_by_id(scope, round_id).community
    if community is None:
        raise TypeError("a round or a community is needed")
    attempt = AttemptInput(
        attempt_id,
        household_id,
        channel,
        outcome,
        answered_by,
        readings,
        needs,
        remarks,
        made_at,
        corrects,
        round_id,
    )
    return record_attempts(scope, community=community, attempts=[attempt])[0]


def record_attempts(scope: Scope, *, community: int, attempts: Sequence[AttemptInput]) -> list[Recorded]:
    """Record calls and visits in one community, all or none, in the order given.

    An attempt that is known by its id changes nothing and answers the same. Raises ``Refused`` where the rules say
    no: the same id with other content, no round that day, a round closed before the attempt was made, an unreached
    outcome with readings, a reached one without, a person of another household; ``NotFound`` for a household that is
    not here.
    """
    scope.require(Permission.RECORD_ATTEMPT, community)
    profile = profile_for(scope, community)
    checked = [check(attempt, profile) for attempt in attempts]
    known = known_answers(community, checked)
    wanted = {attempt.round_id for attempt in attempts if attempt.round_id is not None}
    named = {number: round_by_id(scope, number) for number in wanted}
    places = {one.given.attempt_id: _round_for(community, one, named) for one in unknown(checked, known)}
    locked = {round_id: lock_round(round_id) for round_id in sorted(set(places.values()))}
    if locked:  # somebody else may have sent the same meanwhile
        known = known_answers(community, checked)
    written: dict[UUID, Recorded] = dict(known)
    by_round: dict[int, list[Checked]] = defaultdict(list)
    for one in unknown(checked, known):
        by_round[places[one.given.attempt_id]].append(one)
    for round_id, group in by_round.items():
        written |= _write(scope, locked[round_id], group)
    return [written[one.given.attempt_id] for one in checked]


def _round_for(community: int, one: Checked, named: Mapping[int, Round]) -> int:
    if one.given.corrects is not None:
        original = Attempt.objects.filter(community=community, id=one.given.corrects).first()
        if original is not None:
            return original.round
    if one.given.round_id is not None:
        round_ = named[one.given.round_id]
        if round_.community != community:
            raise NotFound("round", one.given.round_id)
        return round_.pk
    now = clock.now()
    found = rounds_taking(community, min(one.given.made_at or now, now))
    if not found:
        raise Refused(
            "round_not_open",
            gettext_noop(
                "No round is open here that day. Ask the community office to open it, then record again."
            ),
        )
    return found[0].pk


def _write(scope: Scope, round_: Round, group: Sequence[Checked]) -> dict[UUID, Recorded]:
    """Write attempts not seen before in the locked round, with their readings, and count them."""
    now = clock.now()
    originals = _originals(round_, group)
    made = {one.given.attempt_id: one.given.made_at or now for one in group}
    for one in group:
        if one.given.corrects is None and not takes(round_, made[one.given.attempt_id]):
            raise Refused(
                "round_closed",
                gettext_noop("This round is closed. What is done now belongs in the next round."),
            )
        if one.given.corrects is not None and one.given.made_at is None:
            made[one.given.attempt_id] = originals[one.given.corrects] or now
    due, added = _people(scope, round_, group)
    attempts, readings = [], []
    for one in group:
        given, at = one.given, made[one.given.attempt_id]
        kept = {
            "community": round_.community,
            "round": round_.pk,
            "made_at": at,
            "received_at": now,
            "made_by": scope.actor_id,
        }
        attempts.append(
            Attempt(
                id=given.attempt_id, household=given.household_id, channel=one.channel, outcome=one.outcome,
                answered_by=one.answered_by, needs=one.needs, remarks=one.remarks, corrects=given.corrects, **kept,
            )
        )  # fmt: skip
        readings += [
            Reading(
                id=mint(at), day=round_.day, household=due[told.resident_id], resident=told.resident_id,
                source=one.channel, source_id=given.attempt_id, temperature=told.temperature, fever=told.fever,
                symptoms=None if told.symptoms is None else list(told.symptoms), **kept,
            )
            for told in one.readings
        ]  # fmt: skip
    with counted(round_, {a.household for a in attempts} | {r.household for r in readings}):
        add_due(scope, round_, added)
        add_facts(attempts)
        add_facts(readings)
    single = len(group) == 1
    audit(
        scope,
        "record_attempt" if single else "record_attempts",
        community=round_.community,
        subject_kind="attempt" if single else "round",
        subject_id=group[0].given.attempt_id if single else round_.pk,
        detail={"attempts": len(attempts), "readings": len(readings)},
    )
    return {
        one.given.attempt_id: Recorded(
            one.given.attempt_id,
            round_.pk,
            one.given.household_id,
            one.outcome,
            tuple(sorted(told.resident_id for told in one.readings if told.fever)),
            repeated=False,
        )
        for one in group
    }


def _originals(round_: Round, group: Sequence[Checked]) -> dict[UUID | None, dt.datetime | None]:
    """When the attempts that this group corrects were made. Raises ``Refused`` unless each is the last word."""
    wanted = [one for one in group if one.given.corrects is not None]
    if not wanted:
        return {}
    ids = {one.given.corrects for one in wanted if one.given.corrects is not None}
    here = Attempt.objects.filter(community=round_.community, round=round_.pk)
    found: dict[UUID | None, tuple[int, dt.datetime | None]] = {
        attempt.id: (attempt.household, attempt.made_at) for attempt in here.filter(id__in=ids)
    }
    found |= {one.given.attempt_id: (one.given.household_id, one.given.made_at) for one in group}
    corrected = set(here.filter(corrects__in=ids).values_list("corrects", flat=True))
    for one in wanted:
        original = one.given.corrects
        if (
            original not in found
            or found[original][0] != one.given.household_id
            or original == one.given.attempt_id
        ):
            raise Refused(
                "correction_of_nothing",
                gettext_noop("The record to be corrected is not in this household's round."),
            )
        if original in corrected:
            raise Refused(
                "corrected_already",
                gettext_noop("This was corrected before. Correct the latest record instead."),
            )
        corrected.add(original)
    return {key: made_at for key, (_, made_at) in found.items()}


def _people(scope: Scope, round_: Round, group: Sequence[Checked]) -> tuple[Pairs, list[tuple[int, int]]]:
    """Under which household everybody counts, and who is new on the list of those due."""
    households = {one.given.household_id for one in group}
    here = {m.resident_id: m for m in roster.members(scope, households)}
    told = {reading.resident_id for one in group for reading in one.readings}
    due = due_pairs(round_, households, told | set(here))
    unknown = households - set(due.values())
    if unknown and len(roster.doors(scope, community=round_.community, household_ids=unknown)) < len(unknown):
        raise NotFound("household", min(unknown))
    for one in group:
        for reading in one.readings:
            member = here.get(reading.resident_id)
            lives_here = member is not None and member.household_id == one.given.household_id
            if not lives_here and due.get(reading.resident_id) != one.given.household_id:
                raise Refused(
                    "not_of_household",
                    gettext_noop("One of these people does not live in this household. Check who it was."),
                )
    added = [
        (member.household_id, member.resident_id)
        for member in here.values()
        if member.resident_id not in due
        and (member.presence == Presence.PRESENT or member.resident_id in told)
    ]
    return due | {resident: household for household, resident in added}, added
