"""Reading what a device sent: the batch, then each record by itself. The protocol is docs/field-protocol.md.

A batch is refused only where there is no batch. A record is never refused: one that makes no sense is `Poison`, and
does not touch the others.
"""

import datetime as dt
import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson

from shouwang.sync.rules.records import Sent

MOST_RECORDS = 500
LONGEST_SEQUENCE = 2**31 - 2
KEEPER_LIMIT, KIND_LIMIT, ID_LIMIT, APP_LIMIT = 40, 20, 60, 40
AHEAD, BEHIND = dt.timedelta(minutes=5), dt.timedelta(days=60)
"""``made_at`` further than this from the receipt cannot be."""
NOBODY = UUID(int=0)
"""The installation of an app that does not say which it is."""
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_CANONICAL = orjson.OPT_SORT_KEYS


class Unreadable(Exception):
    """This is no batch. ``status`` is the HTTP status to refuse it with, ``code`` the reason for machines."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in its envelope; the records are still as they came.

    ``unsent`` counts what the phone held when it sent this, these records included. ``sent_at`` and ``oldest`` are by
    the phone's clock. ``held`` is the highest number that the phone was told is held,
    0 if it does not say: by it a server put back to an older copy learns what it lacks. ``device`` is given in a
    hand-over file only.
    """

    installation: UUID
    app: str
    sent_at: dt.datetime | None
    unsent: int
    oldest: dt.datetime | None
    records: Sequence[Any]
    device: UUID | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class Poison:
    """A record that makes no sense. ``raw`` is whatever it was; ``seq`` its number, where it had one."""

    raw: Any
    code: str
    digest: bytes
    record_id: str = ""
    kind: str = ""
    seq: int | None = None


def load(text: bytes) -> Any:
    """JSON as it came. Raises `Unreadable`.

    What the quick reader refuses (half a surrogate pair, NaN) the lenient one takes: only the record that holds it
    is poison, not the batch.
    """
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    try:
        return json.loads(text, parse_constant=_Piece)
    except (ValueError, RecursionError) as error:
        raise Unreadable(400, "unreadable") from error


def read_batch(text: bytes, *, most: int | None = MOST_RECORDS) -> Batch:
    """The envelope. Only what cannot be done without is insisted on: a list of at most ``most`` records."""
    said = load(text)
    records = said.get("records") if isinstance(said, dict) else None
    if not isinstance(records, list):
        raise Unreadable(422, "malformed")
    if most is not None and len(records) > most:
        raise Unreadable(413, "too_many")
    unsent, app, held = said.get("unsent"), said.get("app"), said.get("held")
    return Batch(
        installation=read_uuid(said.get("installation")) or NOBODY,
        app=app[:APP_LIMIT] if isinstance(app, str) and app.isprintable() else "",
        sent_at=_moment(said.get("sent_at")),
        unsent=unsent if type(unsent) is int and 0 <= unsent <= LONGEST_SEQUENCE else len(records),
        oldest=_moment(said.get("oldest")),
        records=records,
        device=read_uuid(said.get("device")),
        held=held if type(held) is int and 0 <= held <= LONGEST_SEQUENCE else 0,
    )


def read_record(raw: Any, *, received_at: dt.datetime, kinds: Container[str]) -> Sent | Poison:
    """One record; `Poison` names what is wrong with it. ``kinds`` are those that somebody takes."""
    if not isinstance(raw, dict):
        return Poison(raw, "no_object", digest_of(raw))
    key, kind, seq, keeper = raw.get("id"), raw.get("kind"), raw.get("seq"), raw.get("keeper", "")
    body, said = raw.get("body"), raw.get("clock")
    record_id = read_uuid(key)
    made_at, clock = _moment(raw.get("made_at")), _moment(said)
    try:
        content = orjson.dumps([key, kind, raw.get("made_at"), said, keeper, body], option=_CANONICAL)
    except (TypeError, orjson.JSONEncodeError):
        content = None
    code = (
        "no_uuid7"
        if record_id is None or record_id.version != 7
        else "unknown_kind"
        if not isinstance(kind, str) or kind not in kinds
        else "no_seq"
        if type(seq) is not int or not 0 < seq <= LONGEST_SEQUENCE
        else "no_time"
        if made_at is None or clock is None
        else "no_keeper"
        if not isinstance(keeper, str) or len(keeper) > KEEPER_LIMIT
        else "no_body"
        if not isinstance(body, dict)
        else "no_text"
        if content is None or b"\\u0000" in content
        else ""
    )
    if code or record_id is None or content is None or made_at is None or clock is None:
        return Poison(
            raw,
            code,
            digest_of(raw),
            record_id=_shown(key, ID_LIMIT),
            kind=_shown(kind, KIND_LIMIT),
            seq=seq if type(seq) is int and 0 < seq <= LONGEST_SEQUENCE else None,
        )
    if not received_at - BEHIND <= made_at <= received_at + AHEAD:
        made_at = received_at
    return Sent(
        record_id, kind, seq, made_at, clock, keeper, body, blake2b(content, digest_size=16).digest()  # type: ignore[arg-type]
    )  # fmt: skip


def written(raw: Any) -> str:
    """The JSON of a record, whatever is in it, in one spelling: to keep, and to know it again."""
    try:
        return orjson.dumps(raw, option=_CANONICAL).decode()
    except (TypeError, orjson.JSONEncodeError):
        return "".join(_pieces(raw))


def _pieces(raw: Any) -> Iterator[str]:
    """Without recursion: what is nested a thousand deep is kept whole as well."""
    ahead: list[Any] = [raw]
    while ahead:
        match ahead.pop():
            case _Piece(text):
                yield text
            case dict() as members:
                inside = [
                    part
                    for name, value in sorted(members.items())
                    for part in (_Piece(f"{json.dumps(name)}:"), value, _Piece(","))
                ]
                ahead += [_Piece("}"), *inside[-2::-1], _Piece("{")]
            case list() as items:
                inside = [part for value in items for part in (value, _Piece(","))]
                ahead += [_Piece("]"), *inside[-2::-1], _Piece("[")]
            case value:
                yield json.dumps(value)


class _Piece:
    """A piece of JSON as it is written; also NaN and Infinity, which are no JSON and may not become null."""

    __match_args__ = __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def digest_of(raw: Any) -> bytes:
    """16 bytes that stand for a record whatever is in it."""
    return blake2b(written(raw).encode(), digest_size=16).digest()


def read_uuid(said: Any) -> UUID | None:
    if not isinstance(said, str) or len(said) != 36:
        return None
    try:
        return UUID(said)
    except ValueError:
        return None


def _moment(said: Any) -> dt.datetime | None:
    """A time with a zone, of years that a phone can be in."""
    if not isinstance(said, str):
        return None
    try:
        at = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo is not None and _FIRST_YEAR <= at.year <= _LAST_YEAR else None


def _shown(said: Any, limit: int) -> str:
    return said[:limit] if isinstance(said, str) and said.isprintable() else ""
