"""The outer edge: what no page or endpoint should have to think of."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.defaults import page_not_found

API = "/api/"
TEXT_BODIES = {"application/json": b"\\u0000", "application/x-www-form-urlencoded": b"%00"}


class NoNullCharacter:
    """Refuse text with a null character with 400. Nobody types one, and PostgreSQL cannot keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = TEXT_BODIES.get(request.content_type or "")
        if (
            "\0" in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or (mark and mark in request.body)
        ):
            return JsonResponse(
                {"code": "null_character", "message": "null character", "fields": {}}, status=400
            )
        return self.get_response(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that does not exist: JSON for programs, the page for people."""
    if request.path.startswith(API):
        message = gettext("There is no such address.")
        return JsonResponse({"code": "not_found", "message": message, "fields": {}}, status=404)
    return page_not_found(request, exception)
