"""Set-up links: how a person gets her first password without anybody else ever knowing it."""

import secrets

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from shouwang.access import clock, rules
from shouwang.access.actions.entries import audit, home
from shouwang.access.actions.grants import grant_role
from shouwang.access.actions.users import create_user, managed, put_password
from shouwang.access.enums import Role
from shouwang.access.models import Grant, SetupLink, User
from shouwang.access.queries import open_link, scope_of, setup_link_digest
from shouwang.access.wall import acting
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope

FIRST_ADMINISTRATOR = "admin"


def invite_user(
    scope: Scope, *, username: str, display_name: str, role: Role | str, area: int, agency: str = ""
) -> tuple[User, str]:
    """Make an account with its first role and a link by which its owner sets her password. Answers (user, token)."""
    with transaction.atomic():
        user = create_user(scope, username=username, display_name=display_name, agency=agency)
        grant_role(scope, user_id=user.pk, role=role, area=area)
        return user, _new_link(scope, user)


def invite_administrator(scope: Scope, *, username: str, display_name: str, area: int) -> str:
    """:func:`invite_user` for an administrator of ``area``. Answers the token of the link."""
    return invite_user(
        scope, username=username, display_name=display_name, role=Role.ADMINISTRATOR, area=area
    )[1]


def invite_first_administrator() -> str | None:
    """A fresh token for the administrator of all areas, for as long as nobody has set a password; then ``None``.

    Former links of hers stop working. Called by ``shouwang up`` at every start.
    """
    scope = Scope.system(reason="first administrator")
    with acting(scope):
        if User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
            return None
        waiting = Grant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, area=rules.ALL_AREAS).first()
        if waiting:
            return renew_link(scope, user_id=waiting.user_id)
        return invite_administrator(
            scope, username=FIRST_ADMINISTRATOR, display_name="管理员", area=rules.ALL_AREAS
        )


def renew_link(scope: Scope, *, user_id: int) -> str:
    """A new link for somebody who lost hers or forgot her password, which stays. Former links stop working."""
    with transaction.atomic():
        return _new_link(scope, managed(scope, user_id))


def _new_link(scope: Scope, user: User) -> str:
    token = secrets.token_urlsafe(32)
    now = clock.now()
    SetupLink.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
    SetupLink.objects.create(
        user=user, digest=setup_link_digest(token), made_at=now, expires_at=now + rules.LINK_VALID
    )
    audit(scope, "make_link", community=home(scope), subject_kind="user", subject_id=user.pk)
    return token


def accept_invitation(token: str, password: str, *, display_name: str = "") -> User:
    """Set the password by a link, which is then used up. ``display_name`` corrects the name the link was made for.

    Raises ``Refused`` if the link is unknown, used or expired, or the account locked; all the same to a stranger.
    """
    with transaction.atomic():
        # Locked first and judged afterwards, so that of two clicks at once only one finds the link open.
        SetupLink.objects.select_for_update(no_key=True).filter(digest=setup_link_digest(token)).first()
        link = open_link(token)
        if link is None:
            raise Refused(
                "link",
                gettext_noop("This link has been used or has expired. Ask your administrator for a new one."),
            )
        user = link.user
        put_password(user, password)
        user.display_name = display_name.strip() or user.display_name
        user.save(update_fields=["password", "display_name"])
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
        scope = scope_of(user)
        with acting(scope):
            audit(scope, "accept_invitation", community=home(scope), subject_kind="user", subject_id=user.pk)
    return user
