"""Recording calls and visits, one or many, once each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions import hold_people
from shouwang.people.enums import Presence
from shouwang.people.queries import roster
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.actions.counting import Pairs, due_pairs, lock_round
from shouwang.screening.actions.intake import (
    Checked,
    Recorded,
    check,
    is_same,
    known_attempts,
    other_content,
    unknown,
)
from shouwang.screening.actions.writing import Placed, write_attempts
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.models import Attempt, Round
from shouwang.screening.queries.rounds import in_order, round_by_id, rounds_on, takes
from shouwang.screening.rules import ArrivalInput, AttemptInput, PresenceInput, ReadingInput


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
    trouble: str = "",
    arrivals: Sequence[ArrivalInput] = (),
    presence: Sequence[PresenceInput] = (),
    proxy: bool = False,
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
        trouble,
        arrivals,
        presence,
        proxy=proxy,
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
    known = _known(community, checked)
    places = _rounds_for(scope, community, unknown(checked, known))
    if any(one.arrivals for one in checked):
        hold_people([community])  # before the rounds: see people.actions.locks
    locked = {round_id: lock_round(round_id) for round_id in sorted(set(places.values()))}
    if locked:  # somebody else may have sent the same meanwhile
        known = _known(community, checked)
    by_round: dict[int, list[Checked]] = defaultdict(list)
    for one in unknown(checked, known):
        by_round[places[one.id]].append(one)
    for round_id, group in by_round.items():
        placed, added = _place(scope, locked[round_id], group)
        write_attempts(scope, locked[round_id], placed, added, profile)
    return [
        one.recorded(known[one.id].round, repeated=True) if one.id in known else one.recorded(places[one.id])
        for one in checked
    ]


def _known(community: int, checked: Sequence[Checked]) -> dict[UUID, Attempt]:
    """Those recorded before. Raises ``Refused`` if one of them said something else then."""
    known = known_attempts(community, checked)
    for one in checked:
        before = known.get(one.id)
        if before and not (is_same(one, before) and one.given.made_at in (None, before.made_at)):
            raise other_content()
    return known


def _rounds_for(scope: Scope, community: int, checked: Sequence[Checked]) -> dict[UUID, int]:
    """The round in which each belongs: that of what it corrects, the one it names, or that of its day."""
    now = clock.now()
    corrected = [one.given.corrects for one in checked if one.given.corrects is not None]
    originals = dict(
        Attempt.objects.filter(community=community, id__in=corrected).values_list("id", "round")
        if corrected
        else ()
    )
    named = {one.given.round_id for one in checked if one.given.round_id is not None}
    for round_id in named:
        if round_by_id(scope, round_id).community != community:
            raise NotFound("round", round_id)
    moments = {one.id: min(one.given.made_at or now, now) for one in checked}
    of_day = rounds_on(community, {timezone.localdate(moment) for moment in moments.values()})
    found: dict[UUID, int] = {}
    for one in checked:
        said_before, at = one.given.corrects, moments[one.id]
        original = originals.get(said_before) if said_before else None
        best = in_order(of_day.get(timezone.localdate(at), ()), at)[:1]
        place = original or one.given.round_id or (best[0].pk if best else None)
        if place is None:
            raise Refused(
                "round_not_open",
                gettext_noop(
                    "No round is open here that day. Ask the community office to open it, then record again."
                ),
            )
        found[one.id] = place
    return found


def _place(
    scope: Scope, round_: Round, group: Sequence[Checked]
) -> tuple[list[Placed], list[tuple[int, int]]]:
    """Attempts not seen before as they stand in the locked round, and who is due from now on."""
    now = clock.now()
    originals = _originals(round_, group)
    for one in group:
        if one.given.corrects is None and not takes(round_, one.given.made_at or now):
            raise Refused(
                "round_closed",
                gettext_noop("This round is closed. What is done now belongs in the next round."),
            )
    due, added = _people(scope, round_, group)
    placed = []
    for one in group:
        _, made_at, said = originals.get(one.given.corrects, (0, None, ()))
        placed.append(Placed(one, one.given.made_at or made_at or now, due, one.given.corrects, said))
    return placed, added


_Original = tuple[int, dt.datetime | None, tuple[str, ...]]
"""Its household, when it was made, the needs and the trouble told in it."""


def _originals(round_: Round, group: Sequence[Checked]) -> dict[UUID | None, _Original]:
    """The attempts that this group corrects. Raises ``Refused`` unless each is the last word."""
    wanted = [one for one in group if one.given.corrects is not None]
    if not wanted:
        return {}
    ids = {one.given.corrects for one in wanted if one.given.corrects is not None}
    here = Attempt.objects.filter(community=round_.community, round=round_.pk)
    found: dict[UUID | None, _Original] = {
        attempt.id: (attempt.household, attempt.made_at, (attempt.needs, attempt.trouble))
        for attempt in here.filter(id__in=ids)
    }
    found |= {one.id: (one.given.household_id, one.given.made_at, (one.needs, one.trouble)) for one in group}
    corrected = set(here.filter(corrects__in=ids).values_list("corrects", flat=True))
    for one in wanted:
        original = one.given.corrects
        if original not in found or found[original][0] != one.given.household_id or original == one.id:
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
    return found


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
