"""Roles: granted and ended by an administrator, inside her own range, and never to herself."""

from django.db import transaction

from shouwang.access import clock, rules
from shouwang.access.actions.entries import audit
from shouwang.access.enums import Permission, Role
from shouwang.access.models import Grant, User
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope


def grant_role(scope: Scope, *, user_id: int, role: Role | str, area: int) -> Grant:
    """Give a user ``role`` in ``area`` (``rules.ALL_AREAS``: everywhere). A second time answers the same grant.

    Raises ``Forbidden`` if any part of the area lies outside the administrator's own range, ``Refused`` if the role is
    not held at that level or the user is the administrator herself.
    """
    role = Role(role)
    rules.require_level(role, area)
    first, last = rules.range_of(area)
    scope.require(Permission.MANAGE_USERS, first, last)
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
        if user is None:
            raise NotFound("user", user_id)
        _not_herself(scope, user_id)
        grant, new = Grant.objects.get_or_create(
            user=user,
            role=role,
            first=first,
            last=last,
            ended_at=None,
            defaults={"area": area, "granted_by_id": scope.actor_id, "granted_at": clock.now()},
        )
        if new:
            audit(
                scope,
                "grant_role",
                community=first,
                subject_kind="user",
                subject_id=user_id,
                detail={"role": role, "area": area},
            )
    return grant


def end_grant(scope: Scope, *, grant_id: int) -> None:
    """End a grant. It stays on record; ended before is harmless."""
    with transaction.atomic():
        grant = Grant.objects.select_for_update(no_key=True).filter(pk=grant_id).first()
        if grant is None or not scope.may(Permission.MANAGE_USERS, grant.first, grant.last):
            raise NotFound("grant", grant_id)
        _not_herself(scope, grant.user_id)
        if grant.ended_at:
            return
        grant.ended_at, grant.ended_by_id = clock.now(), scope.actor_id
        grant.save(update_fields=["ended_at", "ended_by"])
        audit(
            scope,
            "end_grant",
            community=grant.first,
            subject_kind="user",
            subject_id=grant.user_id,
            detail={"role": grant.role, "area": grant.area},
        )


def _not_herself(scope: Scope, user_id: int) -> None:
    if user_id == scope.actor_id:
        raise Refused("own_grant", gettext_noop("Nobody changes her own roles. Ask another administrator."))
