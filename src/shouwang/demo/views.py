"""The demo's first page, and stepping into a role with one click. Neither exists outside the demo."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shouwang.access import clock
from shouwang.access.actions import record_sign_in
from shouwang.demo.cast import PASSWORD
from shouwang.demo.figures import figures
from shouwang.demo.resident import resident_card
from shouwang.demo.roles import doors, is_open

View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    """404 unless this is the demo, whatever the URLs say."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.SHOUWANG_DEMO:
            raise Http404
        return view(request)

    return guarded


@login_not_required
@demo_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the demo is, how the day stands, and the doors into every role."""
    return render(
        request,
        "demo/index.html",
        {
            "now": clock.now(),
            "figures": figures(),
            "doors": doors(),
            "resident": resident_card(),
            "password": PASSWORD,
        },
    )


@login_not_required
@demo_only
@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Become one of the demo's players. The second factor is waived: here, and in the open."""
    username = request.POST.get("player", "")
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None or not is_open(username):
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    record_sign_in(user)
    return redirect("/")
