"""Calls and visits that phones send: what was recorded has happened, and is kept as it is.

At the desk a record that does not fit is refused, and whoever sits there puts it right. A phone comes hours later:
whatever can be placed counts in the round of its day, and the rest is set aside with the reason.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.people.actions import hold_people
from shouwang.people.queries.calls import homes_of
from shouwang.people.queries.households import known_households
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import rules
from shouwang.screening.actions.counting import due_pairs, lock_round
from shouwang.screening.actions.intake import Checked, check, is_same, known_attempts
from shouwang.screening.actions.rounds import open_round
from shouwang.screening.actions.writing import Placed, write_attempts
from shouwang.screening.enums import Slot
from shouwang.screening.models import Attempt, Round
from shouwang.screening.queries.rounds import in_order, rounds_on
from shouwang.sync.enums import Outcome as Fate
from shouwang.sync.rules.records import DUPLICATE, Answer, DeviceHere, Sent
from shouwang.sync.sealing import Unopened, unseal

_Pairs = Sequence[tuple[DeviceHere, Sent]]


def take_attempts_together(scope: Scope, sent: _Pairs) -> list[Answer]:
    """Take in attempts of phones of any communities; answers in the order of ``sent``."""
    answers: dict[int, Answer] = {}
    places: dict[int, list[int]] = defaultdict(list)
    for place, (device, _) in enumerate(sent):
        places[device.community].append(place)
    for community, mine in sorted(places.items()):  # in one order, so that two sets never wait for each other
        told = _take(scope, community, [sent[place] for place in mine])
        answers.update(zip(mine, told, strict=True))
    return [answers[place] for place in range(len(sent))]


def take_attempts(scope: Scope, device: DeviceHere, sent: Sequence[Sent]) -> list[Answer]:
    """Take in what one phone recorded; answers in the order of ``sent``. The body is docs/field-protocol.md's."""
    return take_attempts_together(scope, [(device, record) for record in sent])


def _take(scope: Scope, community: int, sent: _Pairs) -> list[Answer]:
    scope.require(Permission.RECORD_ATTEMPT, community)
    profile = profile_for(scope, community)
    read = [_read(device, record, profile) for device, record in sent]
    checked = [one for one in read if isinstance(one, Checked)]
    answers = {record.id: one for (_, record), one in zip(sent, read, strict=True) if isinstance(one, Answer)}
    known = known_attempts(community, checked)
    answers |= {one.id: _again(one, known[one.id]) for one in checked if one.id in known}
    homes = homes_of(scope, community, {person for one in checked for person in _people(one)})
    households = known_households(scope, community, {one.given.household_id for one in checked})
    fresh = []
    for one in checked:
        if one.given.household_id not in households:
            answers.setdefault(one.id, _aside("household_unknown"))
        elif not _people(one) <= homes.keys():
            answers.setdefault(one.id, _aside("resident_unknown"))
        elif one.id not in answers:
            fresh.append(one)
    places = _rounds_for(scope, community, fresh, profile, answers)
    by_round: dict[int, list[Checked]] = defaultdict(list)
    for one in fresh:
        if one.id in places:
            by_round[places[one.id]].append(one)
    if any(one.arrivals for group in by_round.values() for one in group):
        hold_people([community])  # before the rounds: see people.actions.locks
    for round_id, group in sorted(by_round.items()):
        answers |= _write(scope, lock_round(round_id), group, homes, profile)
    return [answers[record.id] for _, record in sent]


def _read(device: DeviceHere, record: Sent, profile: DiseaseProfile) -> Checked | Answer:
    """The record as the rules pass it, or why it is set aside."""
    if device.caseload is None:
        return _aside("not_a_callers_phone")
    try:
        said = rules.read_body(
            record.id,
            record.body,
            made_at=record.made_at,
            keeper=record.keeper,
            device=device.key,
            opened=unseal,
        )
        # Asked by the checklist that the phone had: what has left the profile since was said all the same.
        told = {symptom for reading in said.readings for symptom in reading.symptoms or ()}
        profile = replace(profile, symptoms=(*profile.symptoms, *sorted(told)))
        return check(said, profile, sent=record.digest)
    except Unopened:
        return _aside("sealing")
    except Refused as error:
        return _aside(error.code)


def _people(one: Checked) -> set[int]:
    return {told.resident_id for told in one.readings} | {told.resident_id for told in one.presence}


def _rounds_for(
    scope: Scope,
    community: int,
    fresh: Sequence[Checked],
    profile: DiseaseProfile,
    answers: dict[UUID, Answer],
) -> dict[UUID, int]:
    """The round of each: that of what it corrects, or that of its day, also if it was closed before.

    Today's is opened if nobody has done so yet. Into ``answers`` goes why there is none.
    """
    wanted = {one.given.corrects for one in fresh if one.given.corrects is not None}
    here = Attempt.objects.filter(community=community, id__in=wanted) if wanted else Attempt.objects.none()
    places: dict[UUID, int] = dict(here.values_list("id", "round"))
    of_day = rounds_on(community, {timezone.localdate(_made_at(one)) for one in fresh})
    for one in fresh:
        made_at = _made_at(one)
        day = timezone.localdate(made_at)
        original = one.given.corrects and places.get(one.given.corrects)
        if original:
            places[one.id] = original
            continue
        if day not in of_day and day == clock.today():
            try:
                of_day[day] = [_open(community, made_at, profile)]
            except Refused as error:
                answers[one.id] = _aside(error.code)
                continue
        if found := in_order(of_day.get(day, ()), made_at):
            places[one.id] = found[0].pk
        else:
            answers[one.id] = _aside("round_not_open")
    return places


def _open(community: int, made_at: dt.datetime, profile: DiseaseProfile) -> Round:
    slot = Slot.DAY
    if profile.rounds_per_day > 1:
        early = timezone.localtime(made_at).hour < profile.evening_from_hour
        slot = Slot.MORNING if early else Slot.AFTERNOON
    system = Scope.system(reason="the first call of the day opens its round")
    return open_round(system, community=community, day=timezone.localdate(made_at), slot=slot)


def _made_at(one: Checked) -> dt.datetime:
    """When it was; a clock that is a little ahead makes no tomorrow."""
    now = clock.now()
    return min(one.given.made_at or now, now)


def _write(
    scope: Scope, round_: Round, group: Sequence[Checked], homes: Mapping[int, int], profile: DiseaseProfile
) -> dict[UUID, Answer]:
    """Write what the locked round does not have yet. People count where they are due, else where they live now."""
    known = known_attempts(round_.community, group)  # somebody else may have sent the same meanwhile
    answers = {one.id: _again(one, known[one.id]) for one in group if one.id in known}
    new = [one for one in group if one.id not in known]
    if not new:
        return answers
    told = {reading.resident_id for one in new for reading in one.readings}
    due = due_pairs(round_, (), told)
    added = [(homes[resident], resident) for resident in sorted(told - due.keys())]
    counted_at = {**homes, **due}
    placed: list[Placed] = []
    originals = _Originals(round_, new)
    for one in new:
        placed.append(originals.place(one, counted_at))
        answers[one.id] = Answer(Fate.STORED, extra={"fevers": one.recorded(round_.pk).fevers})
    write_attempts(scope, round_, placed, added, profile)
    return answers


class _Originals:
    """What the attempts of a locked round correct. A correction of what was corrected meanwhile replaces that
    correction, and all of them tell of the moment of the first."""

    def __init__(self, round_: Round, new: Sequence[Checked]) -> None:
        wanted = {one.given.corrects for one in new if one.given.corrects is not None}
        here = Attempt.objects.filter(community=round_.community, round=round_.pk)
        self._corrected: dict[UUID, UUID] = {}
        self._told: dict[UUID, tuple[dt.datetime, tuple[str, ...]]] = {}
        if wanted:
            corrections = here.exclude(corrects=None).values_list("corrects", "id")
            self._corrected = {corrected: by for corrected, by in corrections if corrected}
            for attempt in here.filter(id__in={*wanted, *self._corrected.values()}):
                self._told[attempt.id] = attempt.made_at, (attempt.needs, attempt.trouble)

    def place(self, one: Checked, homes: Mapping[int, int]) -> Placed:
        corrects, made_at = one.given.corrects, _made_at(one)
        said: tuple[str, ...] = ()
        if corrects is not None:
            while corrects in self._corrected:
                corrects = self._corrected[corrects]
            self._corrected[corrects] = one.id
            made_at, said = self._told.get(corrects, (made_at, ()))
        self._told[one.id] = made_at, (one.needs, one.trouble)
        return Placed(one, made_at, homes, corrects, said)


def _again(one: Checked, before: Attempt) -> Answer:
    return DUPLICATE if is_same(one, before) else Answer(Fate.CONFLICT, "attempt_changed")


def _aside(code: str) -> Answer:
    return Answer(Fate.QUARANTINED, code)
