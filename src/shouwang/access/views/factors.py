"""The second factor: setting it up, showing it, and codes on paper for a lost phone."""

import base64
from typing import Any

import django_otp
import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import actions, queries
from shouwang.access.forms import CodeForm, RecoveryForm
from shouwang.access.middleware import refusal_text
from shouwang.access.models import User
from shouwang.kernel.errors import Refused


@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the phone, or one from paper (``?paper=1``)."""
    user: Any = request.user
    if user.is_verified():
        return redirect(_onward(request))
    if not queries.has_second_factor(user):
        return redirect(f"{resolve_url('access:enrol')}?next={_onward(request)}")
    paper = "paper" in request.GET
    form = (RecoveryForm if paper else CodeForm)(request.POST or None)
    state = queries.second_factor(user)
    if form.is_valid() and state and not state.wait:
        device = actions.verify_second_factor(user, code=form.cleaned_data["code"])
        if device:
            django_otp.login(request, device)
            return redirect(_onward(request))
        form.add_error("code", refusal_text(actions.wrong_code()))
        state = queries.second_factor(user)
    context = {
        "form": form, "paper": paper, "wait": state.wait if state else 0, "next": _onward(request),
    }  # fmt: skip
    return render(request, "access/verify.html", context, status=422 if form.is_bound else 200)


@never_cache
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the QR code, then ask for its first code. A new phone only after the old one, or paper, was shown."""
    user: Any = request.user
    if queries.has_second_factor(user) and not user.is_verified():
        return redirect("access:verify")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = actions.confirm_enrolment(user, code=form.cleaned_data["code"])
        except Refused as error:
            form.add_error("code", refusal_text(error))
        else:
            django_otp.login(request, device)
            return render(request, "access/codes.html", {"codes": codes, "next": _onward(request)})
    device = actions.begin_enrolment(user)
    key = base32(device.bin_key)
    context = {
        "form": form,
        "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        "qr": qr_code(device.config_url),
        "next": _onward(request),
        "forced": request.second_factor_due,  # type: ignore[attr-defined]
    }
    return render(request, "access/enrol.html", context, status=422 if form.is_bound else 200)


def second_factor(request: HttpRequest) -> HttpResponse:
    """What I have for a second factor."""
    user: User = request.user  # type: ignore[assignment]
    return render(request, "access/second_factor.html", {"factor": queries.second_factor(user)})


@require_POST
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, once."""
    user: User = request.user  # type: ignore[assignment]
    if not queries.has_second_factor(user):
        messages.warning(request, _("Set up the second factor first."))
        return redirect("access:second_factor")
    made = actions.renew_recovery_codes(user)
    return render(request, "access/codes.html", {"codes": made, "next": resolve_url("access:second_factor")})


def base32(key: bytes) -> str:
    return base64.b32encode(key).decode().rstrip("=")


def qr_code(text: str) -> SafeString:
    """``text`` as an inline SVG, drawn with attributes only: the security policy forbids inline styles."""
    drawing = segno.make(text, error="m").svg_inline(
        border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 # made here; its only input is encoded as squares


def _onward(request: HttpRequest) -> str:
    """Where she was going, if that is within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)
