"""Accounts, as an administrator sees them, and as each sees her own."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.models import Grant, SetupLink, User
from shouwang.access.queries.scopes import managed_ranges
from shouwang.access.sealed import digest
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope


def setup_link_digest(token: str) -> bytes:
    return digest(f"link:{token}")


def open_link(token: str) -> SetupLink | None:
    """The link of ``token``, if it still opens anything."""
    return (
        SetupLink.objects.select_related("user")
        .filter(
            digest=setup_link_digest(token),
            used_at=None,
            expires_at__gt=clock.now(),
            user__is_active=True,
        )
        .first()
    )


def users(
    scope: Scope,
    *,
    search: str = "",
    role: str = "",
    area: tuple[int, int] | None = None,
    locked: bool = False,
) -> QuerySet[User]:
    """Accounts with a role, now or before, in the administrator's ranges, or made by her; with ``open_grants``."""
    scope.require(Permission.MANAGE_USERS)
    grants = Q(pk__in=[])
    for first, last in managed_ranges(scope):
        grants |= Q(first__gte=first, last__lte=last)
    inside = Grant.objects.filter(grants)
    of_her = Q(created_by=scope.actor_id) & ~Q(pk__in=Grant.objects.values("user"))
    found = User.objects.filter(Q(pk__in=inside.values("user")) | of_her)
    chosen = Grant.objects.filter(ended_at=None)
    if role:
        chosen = chosen.filter(role=role)
    if area:
        chosen = chosen.filter(first__lte=area[1], last__gte=area[0])
    if role or area:
        found = found.filter(pk__in=chosen.values("user"))
    for word in search.split():
        found = found.filter(
            Q(username__icontains=word) | Q(display_name__icontains=word) | Q(agency__icontains=word)
        )
    if locked:
        found = found.filter(is_active=False)
    opened = Grant.objects.filter(ended_at=None).order_by("first", "role")
    return found.order_by("username").prefetch_related(
        Prefetch("grants", queryset=opened, to_attr="open_grants")
    )


def managed_user(scope: Scope, user_id: int) -> User:
    """One account of :func:`users`. Raises ``NotFound``."""
    found = users(scope).filter(pk=user_id).first()
    if found is None:
        raise NotFound("user", user_id)
    return found


def account_names(user_ids: Iterable[int]) -> dict[str, str]:
    """The names of accounts, by their ids as the audit writes them."""
    found = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "display_name")
    return {str(pk): name for pk, name in found}


def grants_of(user: User) -> list[Grant]:
    """All roles somebody has and had, the open ones first, with who gave and ended them."""
    return sorted(
        user.grants.select_related("granted_by", "ended_by"),
        key=lambda grant: (grant.ended_at is not None, grant.first, -grant.pk),
    )


def is_locked_out(user: User) -> bool:
    """Whether too many wrong passwords keep the account closed just now."""
    since = timezone.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    return AccessAttempt.objects.filter(
        username=user.username, attempt_time__gte=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    ).exists()


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What somebody has for a second factor. ``wait`` is how long, in seconds, no code is accepted after wrong ones."""

    since: dt.datetime | None = None
    last_used: dt.datetime | None = None
    recovery_codes: int = 0
    wait: int = 0


def second_factor(user: User) -> SecondFactor | None:
    """The confirmed second factor of ``user``."""
    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    wait = 0
    if not allowed and why and why.get("locked_until"):
        wait = max(1, round((why["locked_until"] - timezone.now()).total_seconds()))
    return SecondFactor(
        since=device.created_at,
        last_used=device.last_used_at,
        recovery_codes=StaticToken.objects.filter(device__user=user).count(),
        wait=wait,
    )
