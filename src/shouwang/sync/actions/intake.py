"""Taking in a batch: each record once, whatever happened on the way, and none of them holds up the others."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection, transaction

from shouwang.access import clock
from shouwang.access.prepared import rows
from shouwang.kernel.errors import ShouwangError
from shouwang.kernel.scope import Scope
from shouwang.sync.actions.setting_aside import set_aside
from shouwang.sync.enums import Outcome
from shouwang.sync.rules import runs
from shouwang.sync.rules.batch import Batch, Poison, read_record
from shouwang.sync.rules.records import Answer, DeviceHere, Sent

Taker = Callable[[Scope, Sequence[tuple[DeviceHere, Sent]]], Sequence[Answer]]
"""Takes the records of one kind, of one device or several, each id once; answers each, in order.

What it raises undoes what it did.
"""

log = logging.getLogger(__name__)
_takers: dict[str, Taker] = {}
_KEPT = (Outcome.STORED, Outcome.DUPLICATE)
_UNASKED = Answer(Outcome.QUARANTINED, "error")
_LONGEST_CLOCK = 2**31 - 1
_NOTE = """
with said as (
    select * from unnest(%s::bigint[], %s::integer[], %s::text[], %s::integer[], %s::bigint[], %s::integer[],
                         %s::timestamptz[], %s::timestamptz[], %s::integer[], %s::text[])
        as t (sequence, highest, seen, twice, device, unsent, oldest, heard_at, ahead, app)
), numbers as (
    update sync_sequence s set highest = said.highest, seen = said.seen::integer[], twice = s.twice + said.twice
    from said where s.id = said.sequence
)
update sync_device d set unsent = said.unsent, oldest_unsent_at = said.oldest,
    seen_at = coalesce(said.heard_at, seen_at), clock_ahead = coalesce(said.ahead, clock_ahead),
    app_version = coalesce(said.app, app_version)
from said where d.id = said.device
returning d.id
"""
# By SQLSTATE: connection, deadlock and serialization, resources, locks, operator, system. The record is not to blame.
_PASSING = ("08", "40", "53", "55", "57", "58")


def connect_takers(table: Mapping[str, Taker]) -> None:
    """Install the one kind → taker table. Called once, by ``config``."""
    _takers.clear()
    _takers.update(table)


def of_one_device(
    taker: Callable[[Scope, DeviceHere, Sequence[Sent]], Sequence[Answer]],
) -> Taker:
    """A taker made of one that takes what a single device sent."""

    def take(scope: Scope, sent: Sequence[tuple[DeviceHere, Sent]]) -> list[Answer]:
        answers: dict[int, Answer] = {}
        places: dict[DeviceHere, list[int]] = {}
        for place, (device, _) in enumerate(sent):
            places.setdefault(device, []).append(place)
        for device, mine in places.items():
            told = taker(scope, device, [sent[place][1] for place in mine])
            answers.update(zip(mine, told, strict=True))
        return [answers[place] for place in range(len(sent))]

    return take


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer for each record, in order; the runs of numbers that have not come (first, last); when it was."""

    answers: tuple[Answer, ...]
    missing: list[tuple[int, int]]
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """A batch of a device whose numbers are locked: ``sequence`` is the key of their row, ``seen`` what it holds."""

    device: DeviceHere
    batch: Batch
    sequence: int
    seen: list[int]


def take_batch(scope: Scope, *, device: DeviceHere, batch: Batch, itself: bool = True) -> Taken:
    """Take in the records of ``batch``, in the caller's transaction, in which the wall stands at the device's place.

    A record that is none, or that its taker stumbles over, is set aside whole. Batches of one installation wait for
    each other. ``itself``: the device speaks; otherwise somebody handed in its file.
    """
    now = clock.now()
    sequence, seen = _lock_sequence(device, batch.installation, now)
    arrival = Arrival(device, batch, sequence, seen)
    return take_arrivals(scope, [arrival], now=now, careful=True, itself=itself)[0]


def take_arrivals(
    scope: Scope, arrivals: Sequence[Arrival], *, now: dt.datetime, careful: bool, itself: bool = True
) -> list[Taken]:
    """Take in batches of different devices together.

    Without ``careful`` there is no savepoint around a taker, and what it raises comes through: the caller rolls back
    and asks once more, carefully. That is rare, and the usual batch is quicker by two round trips.
    """
    read = [
        (arrival.device, read_record(raw, received_at=now, kinds=_takers))
        for arrival in arrivals
        for raw in arrival.batch.records
    ]
    answers = _answers(scope, read, careful=careful)
    taken, noted, start = [], [], 0
    for arrival in arrivals:
        end = start + len(arrival.batch.records)
        mine, told = [one for _, one in read[start:end]], answers[start:end]
        start = end
        if aside := [
            (one, raw, answer)
            for one, raw, answer in zip(mine, arrival.batch.records, told, strict=True)
            if answer.outcome not in _KEPT
        ]:
            set_aside(arrival.device, aside, received_at=now)
        seen, twice = _count(arrival.seen, mine, told)
        noted.append(_said(arrival, seen, twice, now if itself else None))
        taken.append(Taken(tuple(told), runs.missing(seen, arrival.batch.held), now))
    _note(noted)
    return taken


def take_again(scope: Scope, *, device: DeviceHere, raw: object, received_at: dt.datetime) -> Answer:
    """Try a record that was set aside once more, with what is known now. Nothing is kept unless it is stored."""
    one = read_record(raw, received_at=received_at, kinds=_takers)
    return _answers(scope, [(device, one)], careful=True)[0]


def _answers(
    scope: Scope, read: Sequence[tuple[DeviceHere, Sent | Poison]], *, careful: bool
) -> list[Answer]:
    answers: list[Answer] = [_UNASKED] * len(read)
    ask = _ask_carefully if careful else _ask
    left = []
    for place, (device, one) in enumerate(read):
        if isinstance(one, Poison):
            answers[place] = Answer(Outcome.QUARANTINED, one.code)
        else:
            left.append((place, device, one))
    while left:  # once, unless an id is there more than once: then the taker says what the second one is
        groups: dict[str, dict[tuple[int, UUID], tuple[int, DeviceHere, Sent]]] = {}
        again = []
        for item in left:
            place, device, one = item
            if groups.setdefault(one.kind, {}).setdefault((device.community, one.id), item) is not item:
                again.append(item)
        for kind, group in groups.items():
            answered = ask(scope, kind, [(device, one) for _, device, one in group.values()])
            for (place, _, _), answer in zip(group.values(), answered, strict=True):
                answers[place] = answer
        left = again
    return answers


def _ask(scope: Scope, kind: str, sent: Sequence[tuple[DeviceHere, Sent]]) -> Sequence[Answer]:
    answers = _takers[kind](scope, sent)
    if len(answers) != len(sent):
        raise RuntimeError(f"the taker of {kind} answered {len(answers)} of {len(sent)} records")
    return answers


def _ask_carefully(scope: Scope, kind: str, sent: Sequence[tuple[DeviceHere, Sent]]) -> Sequence[Answer]:
    """All at once; if that fails, one by one, and the one that fails is set aside."""
    try:
        with transaction.atomic():
            return _ask(scope, kind, sent)
    except Exception as error:
        if _passes(error):
            raise
        if len(sent) > 1:
            return [_ask_carefully(scope, kind, [one])[0] for one in sent]
        ((device, one),) = sent
        code = error.code if isinstance(error, ShouwangError) else "error"
        log.warning("record %s of device %s set aside: %s", one.id, device.key, type(error).__name__)
        return [Answer(Outcome.QUARANTINED, code)]


def _passes(error: Exception) -> bool:
    """Whether it is the database's trouble, not the record's: it will go through when it is sent again."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.InterfaceError):
        return True
    state = getattr(cause, "sqlstate", None)
    return isinstance(cause, psycopg.OperationalError) and (state is None or state.startswith(_PASSING))


def _lock_sequence(device: DeviceHere, installation: UUID, now: dt.datetime) -> tuple[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sync_sequence"
            " (community, device_id, installation, highest, seen, twice, first_at, last_at)"
            " values (%s, %s, %s, 0, '{}', 0, %s, %s)"
            " on conflict (device_id, installation) do update set last_at = excluded.last_at"
            " returning id, seen",
            [device.community, device.key, installation, now, now],
        )
        key, seen = cursor.fetchone()
    return key, seen


def _count(
    seen: list[int], read: Sequence[Sent | Poison], answers: Sequence[Answer]
) -> tuple[list[int], int]:
    """The runs with these records in them; and how many new records had a number that another one has."""
    numbers = [one.seq for one in read if one.seq is not None]
    merged, before = runs.merge(seen, set(numbers))
    twice = 0
    if before or len(set(numbers)) != len(numbers):
        for one, answer in zip(read, answers, strict=True):
            if answer.outcome is Outcome.STORED and one.seq is not None:
                twice += one.seq in before
                before.add(one.seq)
    return merged, twice


def _said(arrival: Arrival, seen: list[int], twice: int, heard_at: dt.datetime | None) -> tuple[object, ...]:
    """What is kept of a batch beside its records, as :func:`_note` wants it."""
    batch = arrival.batch
    left = max(0, batch.unsent - len(batch.records))
    ahead = None
    if heard_at and batch.sent_at:
        ahead = round((batch.sent_at - heard_at).total_seconds())
        ahead = max(-_LONGEST_CLOCK, min(ahead, _LONGEST_CLOCK))
    runs_text = "{" + ",".join(map(str, seen)) + "}"
    return (
        *(arrival.sequence, seen[-1] if seen else 0, runs_text, twice),
        *(arrival.device.key, left, batch.oldest if left else None),
        *(heard_at, ahead, batch.app if heard_at and batch.app else None),
    )


def _note(said: Sequence[tuple[object, ...]]) -> None:
    """Keep the runs, and what the devices say of themselves; one statement."""
    rows(_NOTE, [list(column) for column in zip(*said, strict=True)])
