"""The accounts in an administrator's range: who there is, and what each may do where."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import actions, queries, rules
from shouwang.access.context import ROLE_WORDS
from shouwang.access.enums import Permission, Role
from shouwang.access.forms import GrantForm, NewUserForm, UserFilterForm, capitals, range_of_code
from shouwang.access.middleware import refusal_text
from shouwang.access.models import User
from shouwang.kernel.errors import Forbidden, Refused
from shouwang.kernel.scope import Scope

ACTS: dict[str, Callable[..., Any]] = {
    "lock": actions.deactivate_user,
    "unlock": actions.activate_user,
    "lift": actions.lift_lockout,
    "reset-factor": actions.reset_second_factor,
}


def users(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.MANAGE_USERS)
    form = UserFilterForm(scope, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.users(
        scope,
        search=wanted.get("q", ""),
        role=wanted.get("role", ""),
        area=range_of_code(wanted.get("area")),
        locked=wanted.get("locked", False),
    )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    names = queries.area_names({grant.area for user in page for grant in user.open_grants})  # type: ignore[attr-defined]
    rows = [
        (user, [(capitals(ROLE_WORDS[Role(g.role)]), names[g.area]) for g in user.open_grants])  # type: ignore[attr-defined]
        for user in page
    ]
    return render(request, "access/users.html", {"form": form, "rows": rows, "page": page})


@never_cache
def user_new(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.MANAGE_USERS)
    form = NewUserForm(scope, request.POST or None)
    if form.is_valid():
        try:
            made, token = actions.invite_user(scope, **form.cleaned_data)
        except (Refused, Forbidden) as error:
            form.add_error(_field_of(error), refusal_text(error))
        else:
            return _link_page(request, made, token)
    return render(request, "access/user_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _field_of(error: Refused | Forbidden) -> str | None:
    if error.code.startswith("username"):
        return "username"
    return "area" if error.code.startswith("grant") or isinstance(error, Forbidden) else None


def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: its roles now and before, and what the administrator can do with it."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.managed_user(scope, user_id)
    return _user_page(request, scope, found, GrantForm(scope))


@require_POST
def grant(request: HttpRequest, user_id: int) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = queries.managed_user(scope, user_id)
    form = GrantForm(scope, request.POST)
    if form.is_valid():
        try:
            actions.grant_role(scope, user_id=user_id, **form.cleaned_data)
        except (Refused, Forbidden) as error:
            form.add_error(_field_of(error), refusal_text(error))
        else:
            messages.success(request, _("The role is given. It holds from the next page she opens."))
            return redirect("access:user", user_id)
    return _user_page(request, scope, found, form, status=422)


def _user_page(
    request: HttpRequest, scope: Scope, found: User, form: GrantForm, *, status: int = 200
) -> HttpResponse:
    grants = queries.grants_of(found)
    names = queries.area_names(one.area for one in grants)
    context = {
        "person": found,
        "form": form,
        "grants": [
            {
                "grant": one,
                "role": capitals(ROLE_WORDS[Role(one.role)]),
                "area": names[one.area],
                "dialog": f"end_{one.pk}",
                "may_end": one.ended_at is None
                and found.pk != scope.actor_id
                and scope.may(Permission.MANAGE_USERS, one.first, one.last),
            }
            for one in grants
        ],
        "herself": found.pk == scope.actor_id,
        "in_hand": queries.may_manage(scope, found) and found.pk != scope.actor_id,
        "locked_out": queries.is_locked_out(found),
        "factor": queries.second_factor(found),
        "waiting": not found.has_usable_password(),
    }
    return render(request, "access/user.html", context, status=status)


@require_POST
def grant_end(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    actions.end_grant(request.scope, grant_id=grant_id)  # type: ignore[attr-defined]
    messages.success(request, _("The role has ended."))
    return redirect("access:user", user_id)


@require_POST
@never_cache
def user_act(request: HttpRequest, user_id: int, act: str) -> HttpResponse:
    """Lock, unlock, lift a lock-out, take the second factor away, or make a new link."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if act == "link":
        return _link_page(
            request, queries.managed_user(scope, user_id), actions.renew_link(scope, user_id=user_id)
        )
    if act not in ACTS:
        raise Http404
    ACTS[act](scope, user_id=user_id)
    messages.success(request, _("Done."))
    return redirect("access:user", user_id)


def _link_page(request: HttpRequest, invited: User, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("access:accept", args=[token]))
    return render(
        request,
        "access/link.html",
        {"person": invited, "address": address, "days": rules.LINK_VALID.days},
    )


def area_choices(request: HttpRequest) -> HttpResponse:
    """Areas for what has been typed so far, for the list below the field."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.MANAGE_USERS)
    text = request.GET.get("area", "").strip()
    found = queries.find_areas(scope, text, limit=12) if text else []
    above = queries.area_names({area.parent_id for area in found if area.parent_id})
    choices = [(area.code, area.name, above.get(area.parent_id, "")) for area in found]
    return render(request, "access/area_choices.html", {"choices": choices})
