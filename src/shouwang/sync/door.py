"""The door of the phones: ``/api/v1/sync`` and what lies below it. What is said there: docs/field-protocol.md.

A phone has no session, no cookie and no page, so the server hands these addresses here at once, past Django's
middleware, which would cost as much again as the work itself; the API's views lead to the same door.
"""

import gzip
import logging
import random
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import orjson
import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import translation

from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused, ShouwangError, gettext_noop
from shouwang.sync import actions, queries
from shouwang.sync.actions.handover import MOST_FILE
from shouwang.sync.rules.batch import Unreadable, load, read_batch, read_uuid
from shouwang.sync.rules.gzipped import TooLong, unpack
from shouwang.sync.rules.records import DeviceHere
from shouwang.sync.rules.tokens import Token, read_token
from shouwang.sync.together import Together

MOST_BYTES = 2**20
"""Of a batch, unpacked or not."""
SMALL = 4096
"""A body up to this long is a check or a few: quicker done than refused."""
AT_ONCE = 2
"""So many larger ones are worked at in one process; whoever comes then is asked to come again. The other threads
remain for the desk, however many phones return at once."""
log = logging.getLogger(__name__)
_room = threading.BoundedSemaphore(AT_ONCE)
_DATABASE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
_STATUS: dict[type[ShouwangError], int] = {Refused: 422, Forbidden: 403, NotFound: 404}
_HINTS = {
    "unreadable": gettext_noop(
        "What arrived is neither JSON nor gzip of it. Send it again, in smaller parts."
    ),
    "malformed": gettext_noop("The records are missing. See docs/field-protocol.md."),
    "too_many": gettext_noop("At most 500 records at a time. Send half of them."),
    "too_long": gettext_noop("This is too long. Send half of it."),
    "busy": gettext_noop("Many phones are sending just now. Try again in a few seconds; nothing is lost."),
    "try_later": gettext_noop("The server cannot keep anything just now. Try again soon; nothing is lost."),
    "error": gettext_noop("Something went wrong on the server. Try again; nothing is lost."),
    "device_unknown": gettext_noop("This phone is not known here. Ask the office to enrol it."),
    "device_revoked": gettext_noop(
        "This phone was revoked. What it has not sent is safe: hand its file to the office."
    ),
}


class Reply(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


Read = Callable[[int], bytes]
"""Reads at most so many bytes of what was sent."""


class _Turned(Exception):
    """Answer this instead, with ``code`` as reason."""

    def __init__(self, status: int, code: str, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.retry_after = status, code, retry_after


def answer(path: str, meta: Mapping[str, Any], read: Read) -> Reply:
    """Answer a POST to one of :data:`PATHS`. ``meta`` are the headers as WSGI names them."""
    try:
        return _json(200, PATHS[path](meta, read), meta)
    except _Turned as turned:
        headers = [("Retry-After", str(turned.retry_after))] if turned.retry_after else []
        return _problem(turned.status, turned.code, _HINTS[turned.code], meta, headers=headers)
    except Unreadable as error:
        return _problem(error.status, error.code, _HINTS[error.code], meta)
    except ShouwangError as error:
        return _problem(_STATUS.get(type(error), 422), error.code, error.hint, meta, params=error.params)
    except _DATABASE as error:
        log.error("the database failed at the door: %s", type(error).__name__)
        return _problem(503, "try_later", _HINTS["try_later"], meta, headers=[("Retry-After", "5")])
    except Exception:
        log.exception("the door failed")
        return _problem(500, "error", _HINTS["error"], meta)


def sync(meta: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Take in a batch."""
    token = _token(meta)
    with _admitted(meta) as small:
        batch = read_batch(_body(meta, read))
        asking = actions.Asking(token, batch)
        taken = _small.do(asking) if small else _take(asking)
    if isinstance(taken, actions.Stranger):
        raise _Turned(401, taken)
    return {
        "now": taken.now,
        "answers": [
            {"id": _id(raw), "outcome": one.outcome, "code": one.code, **one.extra}
            for raw, one in zip(batch.records, taken.answers, strict=True)
        ],
        "missing": taken.missing,
    }


def enrol(meta: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Make a phone a device: with a code, without an account."""
    asked = _object(_body(meta, read))
    code, app = asked.get("code"), asked.get("app")
    enrolled = actions.enrol_device(
        code if isinstance(code, str) else "",
        app=app if isinstance(app, str) else "",
        installation=read_uuid(asked.get("installation")),
    )
    return {"device": _device(enrolled.device), "token": enrolled.token, "root": queries.root()}


def pack(meta: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """What a phone needs to work alone, as far as it changed."""
    token = _token(meta)
    with _admitted(meta, always=True):
        asked = _object(_body(meta, read))
        have, lang = asked.get("have"), asked.get("lang")
        with acting(queries.scope_at(token.community)), translation.override(_language(lang)):
            device = _known(token)
            parts = queries.pack(
                queries.device_scope(device),
                device,
                have={name: version for name, version in have.items() if isinstance(version, str)}
                if isinstance(have, dict)
                else {},
            )
            return {"now": clock.now(), "device": _device(device), "parts": parts}


def handover(meta: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Take in the file of another phone."""
    token = _token(meta)
    with _admitted(meta, always=True):
        file = _read(meta, read, MOST_FILE)
        with acting(queries.scope_at(token.community)):
            handed = actions.take_handover(queries.device_scope(_known(token)), file)
    return {
        "device": _device(handed.device),
        "outcomes": {str(outcome): count for outcome, count in handed.outcomes.items()},
        "missing": handed.missing,
    }


PATHS: dict[str, Callable[[Mapping[str, Any], Read], dict[str, Any]]] = {
    "/api/v1/sync": sync,
    "/api/v1/sync/enrol": enrol,
    "/api/v1/sync/pack": pack,
    "/api/v1/sync/handover": handover,
}


def _take(asking: actions.Asking) -> actions.Taken | actions.Stranger:
    try:
        return actions.take_in([asking], careful=False)[0]
    except Exception as error:
        log.info("a batch is taken in carefully: %s", type(error).__name__)
        return _take_carefully(asking)


def _take_carefully(asking: actions.Asking) -> actions.Taken | actions.Stranger:
    """A taker stumbled over a record, or the connection was dead: once more, each record by itself."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    return actions.take_in([asking], careful=True)[0]


_small = Together(
    work=partial(actions.take_in, careful=False),
    alone=_take_carefully,
    key=lambda asking: asking.token.device_id,
)


def _token(meta: Mapping[str, Any]) -> Token:
    token = read_token(meta.get("HTTP_AUTHORIZATION", ""))
    if token is None:
        raise _Turned(401, "device_unknown")
    return token


def _known(token: Token) -> DeviceHere:
    known = queries.known_device(token)
    if known is None:
        raise _Turned(401, "device_unknown")
    if known.revoked_at is not None:
        raise _Turned(401, "device_revoked")
    return known.here


@contextmanager
def _admitted(meta: Mapping[str, Any], *, always: bool = False) -> Iterator[bool]:
    """A place among those that are worked at; answers whether the body is small and needs none.

    ``always``: the work is large, whatever the body is.
    """
    small = not always and 0 < _length(meta) <= SMALL
    if not small and not _room.acquire(blocking=False):
        raise _Turned(429, "busy", retry_after=random.randint(2, 10))  # noqa: S311 so that not all return at once
    try:
        yield small
    finally:
        if not small:
            _room.release()


def _length(meta: Mapping[str, Any]) -> int:
    said = str(meta.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() else 0


def _read(meta: Mapping[str, Any], read: Read, most: int) -> bytes:
    body = b"" if _length(meta) > most else read(most + 1)
    if (not body and _length(meta) > most) or len(body) > most:
        raise _Turned(413, "too_long")
    return body


def _body(meta: Mapping[str, Any], read: Read) -> bytes:
    body = _read(meta, read, MOST_BYTES)
    encoding = meta.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise _Turned(400, "unreadable")
    try:
        return unpack(body, most=MOST_BYTES)
    except TooLong:
        raise _Turned(413, "too_long") from None
    except zlib.error:
        raise _Turned(400, "unreadable") from None


def _object(text: bytes) -> dict[str, Any]:
    asked = load(text)
    return asked if isinstance(asked, dict) else {}


def _id(raw: Any) -> str | None:
    """The id as it was sent, if it can be said; the order tells which record is meant in any case."""
    said = raw.get("id") if isinstance(raw, dict) else None
    return said if isinstance(said, str) and said.isprintable() else None


def _device(device: DeviceHere) -> dict[str, Any]:
    return {
        "id": device.device_id,
        "name": device.name,
        "community": device.community,
        "entrance": device.entrance,
        "caseload": device.caseload,
    }


def _language(said: object) -> str:
    return "en" if str(said or "").lower().startswith("en") else str(settings.LANGUAGE_CODE)


def _json(
    status: int, content: Any, meta: Mapping[str, Any], headers: list[tuple[str, str]] | None = None
) -> Reply:
    body = orjson.dumps(content)
    said = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *(headers or [])]
    if len(body) > SMALL and "gzip" in meta.get("HTTP_ACCEPT_ENCODING", ""):
        body = gzip.compress(body, 5, mtime=0)
        said += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    return Reply(status, [*said, ("Content-Length", str(len(body)))], body)


def _problem(
    status: int,
    code: str,
    hint: str,
    meta: Mapping[str, Any],
    *,
    params: Mapping[str, Any] | None = None,
    headers: list[tuple[str, str]] | None = None,
) -> Reply:
    with translation.override(_language(meta.get("HTTP_ACCEPT_LANGUAGE"))):
        message = translation.gettext(hint)
    said = {"code": code, "message": message % params if params else message, "fields": {}}
    return _json(status, said, meta, headers)
