"""Where the short code of a card is typed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from shouwang.door.actions.guessing import count_wrong, may_guess
from shouwang.door.intake import from_here
from shouwang.door.queries.links import token_by_code
from shouwang.door.rules.links import read_code
from shouwang.door.views.opened import shown


@csrf_exempt  # typing a code changes nothing
@login_not_required  # residents have no account
def enter(request: HttpRequest) -> HttpResponse:
    """The field for the code. A code of nobody is answered the same as one that was renewed."""
    if request.method != "POST" or not from_here(request.META):
        return shown(request, "door/enter.html")
    typed = request.POST.get("code", "")[:40]
    code = read_code(typed)
    if code is None:
        return shown(request, "door/enter.html", 422, typed=typed, wrong="mistyped")
    address = address_of(request)
    if not may_guess(address):
        return shown(request, "door/enter.html", 429, typed=typed, wrong="wait")
    token = token_by_code(code)
    if token is None:
        count_wrong(address)
        return shown(request, "door/enter.html", 422, typed=typed, wrong="unknown")
    return redirect("door:home", str(token))


def address_of(request: HttpRequest) -> str:
    """The address a request comes from: behind our own proxy the one that the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return (
        seen
        if seen and hasattr(settings, "SECURE_PROXY_SSL_HEADER") and settings.SECURE_PROXY_SSL_HEADER
        else str(request.META.get("REMOTE_ADDR", ""))
    )
