"""Who may what where, from the grants."""

from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.access.models import Grant, User
from shouwang.access.rules import covers_a_county, needs_second_factor
from shouwang.kernel.scope import NOWHERE, GrantedRange, Scope


def scope_of(user: User) -> Scope:
    """The scope of a logged-in user: her open grants with the permissions of their roles.

    Who may read the audit of a county or more also sees the acts that belong to no place.
    """
    ranges = [
        GrantedRange(first, last, frozenset(PERMISSIONS[Role(role)]), role)
        for role, first, last in Grant.objects.filter(user=user, ended_at=None)
        .order_by("first", "last", "role")
        .values_list("role", "first", "last")
    ]
    if any(
        Permission.READ_AUDIT in grant.permissions and covers_a_county(grant.first, grant.last)
        for grant in ranges
    ):
        ranges.append(GrantedRange(NOWHERE, NOWHERE, frozenset({Permission.READ_AUDIT})))
    return Scope(actor_id=user.pk, actor_name=str(user), grants=tuple(ranges))


def second_factor_due(user: User, scope: Scope) -> bool:
    """Whether ``user`` must show a second factor: she sees more than one community, or has chosen to have one."""
    return needs_second_factor(scope.ranges()) or has_second_factor(user)


def has_second_factor(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def may_manage(scope: Scope, user: User) -> bool:
    """Whether an administrator may lock ``user``, or make her a link: all her open roles lie within her range.

    Of an account without open roles: whoever made it, or could have granted the last one. So no administrator of a
    town gets hold of an account that sees the county.
    """
    open_ranges = list(user.grants.filter(ended_at=None).values_list("first", "last"))
    if not open_ranges:
        if scope.system_reason or (user.created_by_id is not None and user.created_by_id == scope.actor_id):
            return scope.may(Permission.MANAGE_USERS)
        open_ranges = list(user.grants.order_by("-ended_at").values_list("first", "last")[:1])
    return bool(open_ranges) and all(
        scope.may(Permission.MANAGE_USERS, first, last) for first, last in open_ranges
    )


def managed_ranges(scope: Scope) -> list[tuple[int, int]]:
    """The ranges in which ``scope`` manages users."""
    return [
        (grant.first, grant.last) for grant in scope.grants if Permission.MANAGE_USERS in grant.permissions
    ]
