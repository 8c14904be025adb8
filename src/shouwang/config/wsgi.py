"""The application that the server runs: the phones' door first, everything else is Django's."""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
pages = get_wsgi_application()

from shouwang.sync import door  # noqa: E402 Django has to be set up first

_PHRASES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path not in door.PATHS or environ["REQUEST_METHOD"] != "POST":
        return pages(environ, start_response)
    reply = door.answer(path, environ, environ["wsgi.input"].read)
    start_response(_PHRASES[reply.status], reply.headers)
    return [reply.body]
