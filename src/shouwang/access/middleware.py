"""One request, one transaction, one scope; and nobody further in than she has proved who she is."""

import time
from collections.abc import Callable
from random import uniform
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext

from shouwang.access.queries import scope_of, second_factor_due
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused, ShouwangError, gettext_noop
from shouwang.kernel.scope import Scope

STATUS: dict[type[ShouwangError], int] = {Refused: 422, Forbidden: 403, NotFound: 404}
API = "/api/"
TRIES = 4
"""So often a request is done over that lost against another one, before its reader hears of it."""
_LOST = {"40001", "40P01"}
"""By SQLSTATE: two that wait for each other. PostgreSQL undoes one of them, which can simply be done again."""
# What somebody may open who has given her password but not yet her second factor.
BEFORE_SECOND_FACTOR = frozenset(
    {"access:verify", "access:enrol", "access:logout", "set_language", "healthz"}
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page is for those who have signed in, unless its view says ``@login_not_required``.

    The API answers strangers itself, in JSON. A part of a page asked for by htmx takes the whole page to the sign-in.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.headers.get("HX-Request"):
            return _whole_page(reverse(settings.LOGIN_URL))
        return super().handle_no_permission(request, view_func)


class ScopeMiddleware:
    """Open the transaction, set the wall, hand ``request.scope`` to the view; an exception rolls everything back.

    Whoever waits for another one who waits for her is undone by the database and done over: nobody hears of it.
    Who sees more than one community has no scope until her second factor is shown. The demo waives it, and says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        scope = scope_of(user) if user.is_authenticated else Scope.nobody()
        due = (
            user.is_authenticated
            and not settings.SHOUWANG_DEMO
            and not user.is_verified()
            and second_factor_due(user, scope)
        )
        if due:
            scope = Scope(scope.actor_id, scope.actor_name)
        request.scope, request.second_factor_due = scope, due  # type: ignore[attr-defined]
        for left in reversed(range(TRIES)):
            request.lost, request.last_try = False, not left  # type: ignore[attr-defined]
            with acting(scope):
                response = self.get_response(request)
            if not request.lost:  # type: ignore[attr-defined]
                break
            time.sleep(uniform(0.01, 0.1))  # noqa: S311 so that the two do not meet again
            for name in request.FILES:
                for file in request.FILES.getlist(name):
                    file.seek(0)
        if user.is_authenticated and not response.has_header("Cache-Control"):
            # Computers of an office are shared: nothing stays behind for the back button of the next person.
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not request.second_factor_due or (match and match.view_name in BEFORE_SECOND_FACTOR):  # type: ignore[attr-defined]
            return None
        if request.path.startswith(API):
            error = Refused(
                "second_factor", gettext_noop("Show your second factor first: sign in on the desk.")
            )
            return JsonResponse(
                {"code": error.code, "message": refusal_text(error), "fields": {}}, status=403
            )
        if request.headers.get("HX-Request"):
            return _whole_page(reverse("access:verify"))
        return redirect_to_login(request.get_full_path(), reverse("access:verify"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        transaction.set_rollback(True)
        if isinstance(exception, ShouwangError):
            return refusal_response(request, exception)
        if _lost(exception) and not request.last_try:  # type: ignore[attr-defined]
            request.lost = True  # type: ignore[attr-defined]
            return HttpResponse(status=503)  # nobody sees it: it is done over
        return None


def _lost(error: Exception) -> bool:
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    return isinstance(cause, psycopg.Error) and cause.sqlstate in _LOST


def _whole_page(address: str) -> HttpResponse:
    return HttpResponse(status=401, headers={"HX-Redirect": address})


def refusal_text(error: ShouwangError) -> str:
    """The hint of ``error`` in the reader's language."""
    hint = gettext(error.hint)
    return hint % error.params if error.params else hint


def refusal_response(request: HttpRequest, error: ShouwangError) -> HttpResponse:
    """The refusal as JSON for the API, as a partial for htmx, else as a page."""
    status = STATUS.get(type(error), 422)
    text = refusal_text(error)
    if request.path.startswith(API):
        return JsonResponse({"code": error.code, "message": text, "fields": {}}, status=status)
    template = "refusal_partial.html" if request.headers.get("HX-Request") else "refusal.html"
    return render(request, template, {"code": error.code, "message": text, "status": status}, status=status)
