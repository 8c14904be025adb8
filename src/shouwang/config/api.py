"""The API, /api/v1: each domain's `api.router` under the domain's name. Same session, scope and errors as the pages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from shouwang import __version__
from shouwang.access.middleware import refusal_text
from shouwang.config.domains import PREFIXES
from shouwang.kernel.errors import Forbidden, NotFound, Refused, ShouwangError


class Problem(Schema):
    """What every refusal looks like: `code` for machines, `message` for people, in the language asked for."""

    code: str
    message: str
    fields: dict[str, str] = {}


class SignedIn(SessionAuth):
    """The session of the pages, with CSRF protection."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated and request.user.is_active else None


api = NinjaAPI(
    title="Shouwang 守望",
    version=__version__,
    urls_namespace="api",
    description="Community-level epidemic response. Everything here obeys the caller's jurisdiction.",
    auth=SignedIn(csrf=True),
    docs_url=None,  # the usual page loads its script from elsewhere; docs/openapi.json is the description
    openapi_url=None,
)


def refuse(
    request: HttpRequest, status: int, code: str, message: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    """Answer with a `Problem` and undo whatever the endpoint wrote."""
    if connection.in_atomic_block:
        transaction.set_rollback(True)
    problem = Problem(code=code, message=message, fields=fields or {})
    answer: HttpResponse = api.create_response(request, problem.dict(), status=status)
    return answer


def on_domain_error(status: int) -> Any:
    def handler(request: HttpRequest, error: ShouwangError) -> HttpResponse:
        return refuse(request, status, error.code, refusal_text(error))

    return handler


for kind, status in ((Refused, 422), (Forbidden, 403), (NotFound, 404)):
    api.add_exception_handler(kind, on_domain_error(status))


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return on_domain_error(404)(request, NotFound())


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refuse(request, 401, "sign_in", gettext("Please sign in first."))


@api.exception_handler(ValidationError)
def on_malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, e["loc"])): str(e["msg"]) for e in error.errors}
    return refuse(
        request, 422, "malformed", gettext("Some fields are not as they should be; see which."), fields
    )


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse(request, error.status_code, "http", str(error))


for name in PREFIXES:
    if find_spec(f"shouwang.{name}.api"):
        api.add_router(f"/{name}", import_module(f"shouwang.{name}.api").router, tags=[name])
