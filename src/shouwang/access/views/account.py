"""My account: who I am here, what I may do where, my password, my language."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from shouwang.access import actions, queries
from shouwang.access.context import ROLE_WORDS
from shouwang.access.enums import Role
from shouwang.access.forms import LanguageForm, PasswordForm, capitals
from shouwang.access.middleware import refusal_text
from shouwang.access.models import User
from shouwang.access.views.signing_in import in_her_language
from shouwang.kernel.errors import Refused


def account(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    if form.is_valid():
        language = form.cleaned_data["language"]
        actions.set_language(request.scope, language=language)  # type: ignore[attr-defined]
        with translation.override(language or translation.get_language()):
            messages.success(request, _("Saved."))
        user.language = language
        return in_her_language(redirect("access:account"), user)
    grants = [grant for grant in queries.grants_of(user) if grant.ended_at is None]
    names = queries.area_names(grant.area for grant in grants)
    context = {
        "form": form,
        "roles": [(capitals(ROLE_WORDS[Role(grant.role)]), names[grant.area], grant) for grant in grants],
        "factor": queries.second_factor(user),
    }
    return render(request, "access/account.html", context)


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        try:
            changed = actions.change_password(
                request.scope,  # type: ignore[attr-defined]
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
            )
        except Refused as error:
            form.add_error("old", refusal_text(error))
        else:
            update_session_auth_hash(request, changed)
            messages.success(
                request, _("The password is changed. Other computers you were signed in on are out.")
            )
            return redirect("access:account")
    return render(request, "access/password.html", {"form": form}, status=422 if form.is_bound else 200)
