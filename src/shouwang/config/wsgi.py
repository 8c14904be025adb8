"""The application that the server runs: the phones' door and the residents' first, everything else is Django's.

The server's own threads come and go, and only wait: for what a browser or a phone sends, however slowly it comes, and
for the answer. The work is done by a few threads that stay, each with its connection to the database. A phone on a bad
line holds up nobody, and no connection is lost with a thread that ends.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
pages = get_wsgi_application()

from shouwang.door import intake  # noqa: E402 Django has to be set up first
from shouwang.sync import door  # noqa: E402

sys.setswitchinterval(0.0005)
"""Seconds. Who waited for the database needs the interpreter back at once to go on, not after Python's usual 5 ms."""
MOST_BYTES = 64 * 2**20
"""Of what is sent in one request; pages and the door have limits of their own."""
_IN_MEMORY, _PIECE = 2 * 2**20, 2**16
_PHRASES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
_workers = ThreadPoolExecutor(int(os.environ.get("SHOUWANG_THREADS") or 4), "work")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    received = _receive(environ)
    if isinstance(received, HTTPStatus):
        start_response(_PHRASES[received.value], [("Content-Length", "0"), ("Connection", "close")])
        return [b""]
    with received:
        environ["wsgi.input"] = received
        return _workers.submit(work, environ, start_response).result()


def _receive(environ: dict[str, Any]) -> IO[bytes] | HTTPStatus:
    """All that is sent with a request; or what to answer if it is too much, or breaks off."""
    said = environ.get("CONTENT_LENGTH") or ""
    told = int(said) if said.isascii() and said.isdigit() else 0
    if told > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    kept, length = tempfile.SpooledTemporaryFile(_IN_MEMORY), 0  # noqa: SIM115 the caller closes it
    if told or "HTTP_TRANSFER_ENCODING" in environ:
        while length <= MOST_BYTES and (piece := environ["wsgi.input"].read(_PIECE)):
            length += kept.write(piece)
    if told <= length <= MOST_BYTES:
        kept.seek(0)
        return kept
    kept.close()
    return HTTPStatus.BAD_REQUEST if length < told else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def work(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer what has arrived, in this thread and on its connection, to the end."""
    path = environ["PATH_INFO"]
    if path in door.PATHS and environ["REQUEST_METHOD"] == "POST":
        reply = door.answer(path, environ, environ["wsgi.input"].read)
        start_response(_PHRASES[reply.status], reply.headers)
        return [reply.body]
    if path.startswith("/d/") and environ["REQUEST_METHOD"] == "POST":
        told = intake.answer(path, environ, environ["wsgi.input"].read)
        if told is not None:
            start_response(_PHRASES[told.status], told.headers)
            return [told.body]
        environ["wsgi.input"].seek(0)
    response: Any = pages(environ, start_response)
    try:
        return list(response)
    finally:
        response.close()  # gives the connection back
