"""Checks that phones send: kept as they were made, many at once, each once.

What a phone answered on the spot is never judged again. The way is built for batches: a handful of statements however
many checks there are, and no model instance on it but for emergencies and corrections.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.actions import gate_day, uncounted
from shouwang.gates.actions.amending import amend, corrected_among, lock_corrections
from shouwang.gates.actions.emergencies import tell_office
from shouwang.gates.actions.gate_day import Counted
from shouwang.gates.actions.sent_form import SentCheck, read_check
from shouwang.gates.actions.sent_judging import find_passes, judge_checks, read_tokens
from shouwang.gates.actions.sent_rows import insert, kept_before, model
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
    profiles, gates = profiles_for(scope, communities), gate_facts(scope, communities)
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
    lock_corrections(communities, correcting=any(check.corrects for check in checks))
    claims, unread = read_tokens(checks)
    passes = find_passes(scope, checks)
    unjudged = [check for check in checks if check.verdict is None]
    judged = judge_checks(scope, unjudged, passes, claims, unread, gates, profiles) if unjudged else {}
    added = insert(checks, received_at=now, made_by=scope.actor_id)
    new = [check for key, check in fresh.items() if key in added]
    if new:
        _follow(scope, new, now)
    kept = kept_before([key for key in fresh if key not in added])
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


def _follow(scope: Scope, new: Sequence[SentCheck], now: dt.datetime) -> None:
    """What follows from checks that were not there: figures, corrections, temperatures, the office."""
    special = _corrected(new)
    zone = timezone.get_current_timezone()
    gate_day.count(
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
    for community, ids in _by_community(check for check in new if check.sent.id in special).items():
        amend(scope, community, {check.sent.id for check in ids})
    warm = [check for check in new if check.temperature is not None and check.resident and check.household]
    waiting = [check for check in warm if check.sent.id not in special]
    for community, some in _by_community(check for check in waiting if check.fever).items():
        uncounted.tell(
            scope, community, [model(check, received_at=now, made_by=scope.actor_id) for check in some]
        )
    for community, some in _by_community(check for check in waiting if not check.fever).items():
        uncounted.note(community, [check.sent.id for check in some])
    if urgent := [model(check, received_at=now, made_by=scope.actor_id) for check in new if check.emergency]:
        tell_office(scope, urgent)


def _corrected(new: Sequence[SentCheck]) -> set[UUID]:
    """Those that correct, and those whose correction came first."""
    found = {check.sent.id for check in new if check.corrects is not None}
    return found | corrected_among(
        sorted({check.device.community for check in new}), [check.sent.id for check in new]
    )


def _by_community(checks: Iterable[SentCheck]) -> dict[int, list[SentCheck]]:
    found: dict[int, list[SentCheck]] = defaultdict(list)
    for check in checks:
        found[check.device.community].append(check)
    return dict(sorted(found.items()))
