"""The quick way in for self-reports: the server hands them here at once, past Django's middleware.

A link is opened without a session, so there is nothing for the middleware to do; it would cost more than the work.
Whatever is not a plain good report (a mistake in the form, a link that opens nothing, somebody signed in who fills it
in for others) is left to the page, which answers in words: then :func:`answer` is ``None``.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import orjson
from django.conf import settings
from django.db import connection

from shouwang.door.actions.reports import Became, Posted, take_reports
from shouwang.door.rules.links import read_token
from shouwang.door.rules.report import Said
from shouwang.sync.together import Together

MOST_BYTES = 16 * 1024
"""Of one report: a family of thirty with all symptoms is a tenth of it."""
MOST_FIELDS = 600
log = logging.getLogger(__name__)


class Reply(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def answer(path: str, meta: Mapping[str, Any], read: Callable[[int], bytes]) -> Reply | None:
    """Answer a POST to ``/d/<token>/report``; ``None`` if the page has to. ``meta``: the headers as WSGI names them."""
    token = read_token(path[3:-7]) if path.startswith("/d/") and path.endswith("/report") else None
    if (
        token is None
        or not from_here(meta)
        or f"{settings.SESSION_COOKIE_NAME}=" in meta.get("HTTP_COOKIE", "")
    ):
        return None
    as_json = meta.get("CONTENT_TYPE", "").startswith("application/json")
    said = read_said(read(MOST_BYTES + 1), as_json=as_json)
    if said is None:
        return None
    try:
        became = _reports.do(Posted(token, said))
    except Exception as error:  # the page says in words what is wrong
        log.info("a report is left to the page: %s", type(error).__name__)
        return None
    if became is not Became.STORED:
        return None
    if as_json:
        body = b'{"stored":true}'
        return Reply(200, [("Content-Type", "application/json"), *_head(body)], body)
    return Reply(303, [("Location", f"/d/{token}/thanks"), *_head(b"")], b"")


def from_here(meta: Mapping[str, Any]) -> bool:
    """Whether a form was sent from a page of ours. The link itself is the capability, so there is no cookie that a
    foreign page could ride on; but nobody's report should come from a page that she did not see. Old browsers do not
    say where a form comes from: theirs is taken."""
    origin = meta.get("HTTP_ORIGIN", "")
    if meta.get("HTTP_SEC_FETCH_SITE", "same-origin") == "cross-site":
        return False
    host = urlsplit(f"//{meta.get('HTTP_HOST') or meta.get('SERVER_NAME', '')}").hostname
    return not origin or (host is not None and urlsplit(origin).hostname == host)


def read_said(body: bytes, *, as_json: bool) -> Said | None:
    """The form in a body, from either way of writing it; ``None`` if it is none or too long."""
    if len(body) > MOST_BYTES:
        return None
    try:
        if not as_json:
            return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        found = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(found, dict) or len(found) > MOST_FIELDS:
        return None
    return {
        str(key): [str(one) for one in (value if isinstance(value, list) else [value])]
        for key, value in found.items()
    }


def _head(body: bytes) -> list[tuple[str, str]]:
    return [
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "same-origin"),
    ]


def _alone(posted: Posted) -> Became:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    return take_reports([posted])[0]


_reports = Together(work=take_reports, alone=_alone, key=lambda posted: posted.token)
