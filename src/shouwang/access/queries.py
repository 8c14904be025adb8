"""The ways to read what access keeps."""

from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.access.models import Grant, User
from shouwang.kernel.scope import NOWHERE, GrantedRange, Scope


def scope_of(user: User) -> Scope:
    """The scope of a logged-in user: her open grants with the permissions of their roles.

    Who may read the audit of a whole response (its administrator) also sees the acts that belong to no place.
    """
    ranges = [
        GrantedRange(first, last, frozenset(PERMISSIONS[Role(role)]), role)
        for role, first, last in Grant.objects.filter(user=user, ended_at=None)
        .order_by("first", "last", "role")
        .values_list("role", "first", "last")
    ]
    if any(Permission.READ_AUDIT in grant.permissions for grant in ranges):
        ranges.append(GrantedRange(NOWHERE, NOWHERE, frozenset({Permission.READ_AUDIT})))
    return Scope(actor_id=user.pk, actor_name=str(user), grants=tuple(ranges))
