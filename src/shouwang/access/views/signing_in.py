"""The ways in and out: sign-in, set-up link, lock-out, sign-out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shouwang.access import actions, queries
from shouwang.access.forms import AcceptForm, SignInForm
from shouwang.access.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """User name and password. Who has the demo before her finds there the doors into every role."""

    template_name = "access/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.record_sign_in(form.get_user())
        return in_her_language(response, form.get_user())


def in_her_language(response: HttpResponse, user: User) -> HttpResponse:
    """Begin the session in the language of her account; the button in the bar may change it for this browser."""
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """What django-axes shows after too many wrong passwords: how long it lasts, and whom to ask."""
    actions.record_lock_out(username=str((credentials or {}).get("username", "")))
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(
        request,
        "access/locked_out.html",
        {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT},
        status=429,
    )


@login_not_required
@never_cache
@sensitive_post_parameters()
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a set-up link: name and password. The link is used up by the POST, not by looking at it."""
    link = queries.open_link(token)
    if link is None:
        return render(request, "access/accept_gone.html", status=410)
    form = AcceptForm(link.user, request.POST or None, initial={"display_name": link.user.display_name})
    if form.is_valid():
        user = actions.accept_invitation(
            token, form.cleaned_data["new"], display_name=form.cleaned_data["display_name"]
        )
        login(request, user, backend=BACKEND)
        actions.record_sign_in(user)
        return in_her_language(redirect(resolve_url(settings.LOGIN_REDIRECT_URL)), user)
    status = 422 if form.is_bound else 200
    return render(request, "access/accept.html", {"form": form, "invited": link.user}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.record_sign_out(request.user)  # type: ignore[arg-type]
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
