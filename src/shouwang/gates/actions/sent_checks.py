"""Checks that phones send: kept as they were made, many at once, each once.

What a phone answered on the spot is never judged again. The way is built for batches: a handful of statements however
many checks there are, and no model instance on it but for emergencies and corrections.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.prepared import together
from shouwang.gates.actions import gate_day, uncounted
from shouwang.gates.actions.amending import amend, asking_corrected, locking
from shouwang.gates.actions.emergencies import tell_office
from shouwang.gates.actions.feverish import tell_fevers
from shouwang.gates.actions.gate_day import Counted
from shouwang.gates.actions.sent_form import SentCheck, read_check
from shouwang.gates.actions.sent_judging import (
    asking_passes_of,
    give_passes,
    give_wide_passes,
    judge_checks,
    read_tokens,
)
from shouwang.gates.actions.sent_rows import inserting, kept_before, model
from shouwang.gates.enums import Verdict
from shouwang.gates.queries.gates import gate_facts
from shouwang.gates.rules.verdict import GateFacts, Judgement
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.places.queries import profiles_for
from shouwang.sync.enums import Outcome
from shouwang.sync.rules.records import DUPLICATE, STORED, Answer, DeviceHere, Sent

_CONFLICT = Answer(Outcome.CONFLICT, "check_changed")


def take_checks(scope: Scope, device: DeviceHere, sent: Sequence[Sent]) -> list[Answer]:
    """Take in what one phone sent; answers in its order. The body is that of docs/field-protocol.md § check."""
    return take_checks_together(scope, [(device, one) for one in sent])


def take_checks_together(scope: Scope, sent: Sequence[tuple[DeviceHere, Sent]]) -> list[Answer]:
    """Take in what several phones sent, also of several communities; answers in the order given.

    A record that is no check is answered ``quarantined`` and touches no other. A record that was judged here is told
    its verdict, the same each time it is sent.
    """
    communities = sorted({device.community for device, _ in sent})
    for community in communities:
        scope.require(Permission.RECORD_CHECK, community)
    profiles, gates = _in_force(scope, communities, [record.body.get("entrance") for _, record in sent])
    answers: list[Answer | None] = [None] * len(sent)
    fresh: dict[tuple[int, UUID], SentCheck] = {}
    repeated: list[tuple[int, SentCheck]] = []
    for place, (device, record) in enumerate(sent):
        read = _read(device, record, profiles, gates)
        key = device.community, record.id
        if isinstance(read, Answer):
            answers[place] = read
        elif key in fresh:
            repeated.append((place, read))
        else:
            fresh[key] = read
    told = _take(scope, communities, fresh, profiles, gates) if fresh else {}
    kept = kept_before([(check.device.community, check.sent.id) for _, check in repeated])
    for place, check in repeated:
        key = check.device.community, check.sent.id
        again = _answer(check, kept[key], None)
        answers[place] = replace(again, extra=told[key].extra) if again is DUPLICATE else again
    return [
        answer or told[device.community, record.id]
        for answer, (device, record) in zip(answers, sent, strict=True)
    ]


_KEPT_SECONDS = 2.0
"""So long profiles and entrances are believed without asking again: phones come by the hundred a second."""
_known: dict[int, tuple[float, DiseaseProfile, dict[int, GateFacts]]] = {}


def _in_force(
    scope: Scope, communities: Sequence[int], entrances: Iterable[Any]
) -> tuple[dict[int, DiseaseProfile], dict[int, GateFacts]]:
    """Profiles by community, and all ways in by their id. An entrance that nobody has heard of is looked for anew."""
    old = time.monotonic() - _KEPT_SECONDS
    stale = [code for code in communities if code not in _known or _known[code][0] < old]
    if not stale:
        heard = {way for code in communities for way in _known[code][2]}
        if not {way for way in entrances if type(way) is int} <= heard:
            stale = list(communities)
    if stale:
        profiles, gates = profiles_for(scope, stale), gate_facts(scope, stale)
        now = time.monotonic()
        for code in stale:
            mine = {way: facts for way, facts in gates.items() if facts.community == code}
            _known[code] = now, profiles[code], mine
    found: dict[int, GateFacts] = {}
    for code in communities:
        found |= _known[code][2]
    return {code: _known[code][1] for code in communities}, found


def _read(
    device: DeviceHere, record: Sent, profiles: Mapping[int, DiseaseProfile], gates: Mapping[int, GateFacts]
) -> SentCheck | Answer:
    try:
        check = read_check(device, record, profiles[device.community])
    except Refused as refused:
        return Answer(Outcome.QUARANTINED, refused.code)
    gate = gates.get(check.entrance)
    if gate is None or gate.community != device.community:
        return Answer(Outcome.QUARANTINED, "entrance_unknown")
    return check


def _take(
    scope: Scope,
    communities: Sequence[int],
    fresh: Mapping[tuple[int, UUID], SentCheck],
    profiles: Mapping[int, DiseaseProfile],
    gates: Mapping[int, GateFacts],
) -> dict[tuple[int, UUID], Answer]:
    checks, now = list(fresh.values()), clock.now()
    claims, unread = read_tokens(checks)
    lock = locking(communities, correcting=any(check.corrects for check in checks))
    _, *found = together(lock, *asking_passes_of(checks))
    passes = give_passes(checks, found)
    unjudged = [check for check in checks if check.verdict is None]
    passes |= give_wide_passes(scope, [check for check in unjudged if check.sent.id not in passes])
    judged = judge_checks(unjudged, passes, claims, unread, gates, profiles) if unjudged else {}
    added, corrected = together(
        inserting(checks, received_at=now, made_by=scope.actor_id),
        asking_corrected(communities, [check.sent.id for check in checks]),
    )
    here = set(added)
    new = [check for key, check in fresh.items() if key in here]
    if new:
        _follow(scope, new, {check_id for (check_id,) in corrected}, now)
    kept = kept_before([key for key in fresh if key not in here])
    return {key: _answer(check, kept.get(key), judged.get(check.sent.id)) for key, check in fresh.items()}


def _answer(check: SentCheck, kept: tuple[Any, ...] | None, judged: Judgement | None) -> Answer:
    if kept is None:
        return Answer(Outcome.STORED, extra=_told(judged)) if judged else STORED
    digest, verdict, reason = kept
    if digest is None or bytes(digest) != check.sent.digest:
        return _CONFLICT
    if judged is None:
        return DUPLICATE
    extra = _told(judged) if judged.reason == reason else {"next_out": None}
    return Answer(Outcome.DUPLICATE, extra={**extra, "verdict": verdict, "reason": reason})


def _told(judged: Judgement) -> dict[str, Any]:
    return {
        "verdict": judged.verdict.value,
        "reason": judged.reason.value,
        "next_out": judged.next_out.isoformat() if judged.next_out else None,
    }


def _follow(scope: Scope, new: Sequence[SentCheck], corrected: Set[UUID], now: dt.datetime) -> None:
    """What follows from checks that were not there: figures, corrections, temperatures, the office.

    ``corrected``: their corrections came first.
    """
    special = {check.sent.id for check in new if check.corrects is not None} | corrected
    zone = timezone.get_current_timezone()
    counting = gate_day.counting(
        Counted(
            check.entrance,
            check.device.community,
            check.sent.made_at.astimezone(zone).date(),
            check.verdict is Verdict.RED,
            check.fever,
        )
        for check in new
        if check.sent.id not in special
    )
    warm = [
        check
        for check in new
        if check.temperature is not None
        and check.resident is not None
        and check.household is not None
        and check.sent.id not in special
    ]
    waiting = [(check.device.community, check.sent.id) for check in warm if not check.fever]
    noting = [uncounted.noting(waiting)] if waiting else []
    uncounted.call_worker(row for some in together(*noting, *counting)[: len(noting)] for row in some)
    for community, some in _by_community(check for check in new if check.sent.id in special).items():
        amend(scope, community, {check.sent.id for check in some})
    if strangers := [
        model(check, received_at=now, made_by=scope.actor_id)
        for check in new
        if check.fever and check.resident is None and check.sent.id not in special
    ]:
        tell_fevers(scope, strangers)
    for community, some in _by_community(check for check in warm if check.fever).items():
        uncounted.tell(
            scope, community, [model(check, received_at=now, made_by=scope.actor_id) for check in some]
        )
    if urgent := [model(check, received_at=now, made_by=scope.actor_id) for check in new if check.emergency]:
        tell_office(scope, urgent)


def _by_community(checks: Iterable[SentCheck]) -> dict[int, list[SentCheck]]:
    found: dict[int, list[SentCheck]] = defaultdict(list)
    for check in checks:
        found[check.device.community].append(check)
    return dict(sorted(found.items()))
