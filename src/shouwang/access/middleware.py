"""One request, one transaction, one scope."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from shouwang.access.queries import scope_of
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused, ShouwangError
from shouwang.kernel.scope import Scope

STATUS: dict[type[ShouwangError], int] = {Refused: 422, Forbidden: 403, NotFound: 404}


class ScopeMiddleware:
    """Open the transaction, set the wall, hand ``request.scope`` to the view; an exception rolls everything back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.scope = scope_of(user) if user.is_authenticated else Scope.nobody()  # type: ignore[attr-defined, arg-type]
        with acting(request.scope):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        transaction.set_rollback(True)
        if isinstance(exception, ShouwangError):
            return refusal_response(request, exception)
        return None


def refusal_text(error: ShouwangError) -> str:
    """The hint of ``error`` in the reader's language."""
    hint = gettext(error.hint)
    return hint % error.params if error.params else hint


def refusal_response(request: HttpRequest, error: ShouwangError) -> HttpResponse:
    """The refusal as JSON for the API, as a partial for htmx, else as a page."""
    status = STATUS.get(type(error), 422)
    text = refusal_text(error)
    if request.path.startswith("/api/"):
        return JsonResponse({"code": error.code, "message": text}, status=status)
    template = "refusal_partial.html" if request.headers.get("HX-Request") else "refusal.html"
    return render(request, template, {"code": error.code, "message": text, "status": status}, status=status)
