"""Accounts: made, locked, opened again; and what each does with her own."""

import datetime as dt

from axes.models import AccessAttempt
from axes.utils import reset as reset_lockout
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from shouwang.access import clock, rules
from shouwang.access.actions.entries import audit, home
from shouwang.access.enums import Permission
from shouwang.access.models import AuditEntry, SetupLink, User
from shouwang.access.queries import may_manage, scope_of
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import first_uuid_at


def create_user(
    scope: Scope, *, username: str, display_name: str, agency: str = "", password: str | None = None
) -> User:
    """Make an account without any role. Without ``password`` nobody can sign in until a set-up link is accepted.

    Raises ``Refused`` for a user name that is taken or would not do, and for a password that the rules refuse.
    """
    scope.require(Permission.MANAGE_USERS)
    username = rules.clean_username(username)
    display_name = display_name.strip()
    if not display_name:
        raise Refused("display_name", gettext_noop("Enter the person's name."))
    with transaction.atomic():
        if User.objects.filter(username=username).exists():
            raise Refused(
                "username_taken",
                gettext_noop("The user name %(username)s is taken: choose another."),
                username=username,
            )
        user = User(
            username=username,
            display_name=display_name,
            agency=agency.strip(),
            created_by_id=scope.actor_id,
            created_at=clock.now(),
        )
        put_password(user, password)
        user.save(force_insert=True)
        audit(scope, "create_user", community=home(scope), subject_kind="user", subject_id=user.pk)
    return user


def put_password(user: User, password: str | None) -> None:
    """Set, not save, a password that keeps the rules of the settings; ``None`` is one nobody can enter."""
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(
            "password_weak",
            gettext_noop("Choose another password. %(problems)s"),
            problems=" ".join(error.messages),
        ) from error
    user.set_password(password)


def managed(scope: Scope, user_id: int) -> User:
    """The user, locked, if all her roles lie within the administrator's range; else there is none."""
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None or not may_manage(scope, user):
        raise NotFound("user", user_id)
    return user


def deactivate_user(scope: Scope, *, user_id: int) -> None:
    """Lock an account: its owner is out with her next click."""
    _set_active(scope, user_id, active=False)


def activate_user(scope: Scope, *, user_id: int) -> None:
    """Open a locked account again, with the roles it has."""
    _set_active(scope, user_id, active=True)


def _set_active(scope: Scope, user_id: int, *, active: bool) -> None:
    with transaction.atomic():
        user = managed(scope, user_id)
        if user_id == scope.actor_id:
            raise Refused(
                "own_account", gettext_noop("You cannot lock your own account. Ask another administrator.")
            )
        if user.is_active == active:
            return
        user.is_active = active
        user.save(update_fields=["is_active"])
        audit(
            scope,
            "activate_user" if active else "deactivate_user",
            community=home(scope),
            subject_kind="user",
            subject_id=user_id,
        )


def lift_lockout(scope: Scope, *, user_id: int) -> None:
    """Let somebody who mistyped her password too often try again at once."""
    with transaction.atomic():
        user = managed(scope, user_id)
        reset_lockout(username=user.username)
        audit(scope, "lift_lockout", community=home(scope), subject_kind="user", subject_id=user_id)


def change_password(scope: Scope, *, old: str, new: str) -> User:
    """Set one's own password. Her other sessions end."""
    with transaction.atomic():
        user = _own(scope)
        if not user.check_password(old):
            raise Refused("password_old", gettext_noop("The old password is not right."))
        put_password(user, new)
        user.save(update_fields=["password"])
        audit(scope, "change_password", community=home(scope), subject_kind="user", subject_id=user.pk)
    return user


def set_language(scope: Scope, *, language: str) -> None:
    """Set the language one's pages begin in; empty: as the browser asks."""
    if language and language not in dict(settings.LANGUAGES):
        raise Refused("language", gettext_noop("There is no such language: choose one of the list."))
    with transaction.atomic():
        user = _own(scope)
        user.language = language
        user.save(update_fields=["language"])
        audit(scope, "set_language", community=home(scope), subject_kind="user", subject_id=user.pk)


def record_sign_in(user: User) -> None:
    """Note that somebody has proved her password just now."""
    scope = scope_of(user)
    with acting(scope):
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
        audit(scope, "sign_in", community=home(scope), subject_kind="user", subject_id=user.pk)


def record_lock_out(*, username: str) -> None:
    """Note, once for as long as it lasts, that an account was closed by wrong passwords."""
    user = User.objects.filter(username=username).first()
    if user is None:
        return
    scope = Scope.system(reason="wrong passwords")
    with acting(scope):
        since = clock.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
        noted = AuditEntry.objects.filter(
            subject_kind="user", subject_id=str(user.pk), verb="lock_out", id__gte=first_uuid_at(since)
        )
        if not noted.exists():
            audit(scope, "lock_out", community=home(scope_of(user)), subject_kind="user", subject_id=user.pk)


def record_sign_out(user: User) -> None:
    scope = scope_of(user)
    with acting(scope):
        audit(scope, "sign_out", community=home(scope), subject_kind="user", subject_id=user.pk)


def forget_sign_ins(scope: Scope) -> None:
    """Remove what is of no use any more: ended sessions; wrong entries (with addresses) and links of a month ago."""
    month_ago = timezone.now() - dt.timedelta(days=30)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    AccessAttempt.objects.filter(attempt_time__lt=month_ago).delete()
    SetupLink.objects.filter(expires_at__lt=clock.now() - dt.timedelta(days=30)).delete()


def _own(scope: Scope) -> User:
    if scope.actor_id is None:
        raise Forbidden("own_account")
    return User.objects.select_for_update(no_key=True).get(pk=scope.actor_id)
