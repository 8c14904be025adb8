"""Who may do something in a place: to choose from when work is given to an account."""

from shouwang.access.enums import PERMISSIONS, Permission
from shouwang.access.models import Grant, User


def accounts_for(permission: Permission, community: int) -> list[tuple[int, str]]:
    """Open accounts whose roles allow ``permission`` in a community, those granted least far first: ``(id, name)``."""
    roles = [role.value for role, may in PERMISSIONS.items() if permission in may]
    found: dict[int, str] = {}
    for user in _granted(roles, community):
        found.setdefault(user.pk, str(user))
    return list(found.items())


def has_account_for(user_id: int, permission: Permission, community: int) -> bool:
    """Whether an open account may do something in a community."""
    roles = [role.value for role, may in PERMISSIONS.items() if permission in may]
    return any(user.pk == user_id for user in _granted(roles, community))


def _granted(roles: list[str], community: int) -> list[User]:
    grants = Grant.objects.filter(
        role__in=roles, first__lte=community, last__gte=community, ended_at=None, user__is_active=True
    ).select_related("user")
    return [g.user for g in sorted(grants, key=lambda g: (g.last - g.first, g.user.username))]
