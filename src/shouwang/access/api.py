"""/api/v1/access/: who I am."""

from django.http import HttpRequest
from ninja import Router

from shouwang.access.models import User
from shouwang.access.schemas import Me, RoleHeld
from shouwang.kernel.scope import NOWHERE, Scope

router = Router()


@router.get("/me", response=Me, summary="Who I am, and what I may do where")
def me(request: HttpRequest) -> Me:
    user: User = request.user  # type: ignore[assignment]
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return Me(
        id=user.pk,
        username=user.username,
        name=user.display_name,
        agency=user.agency,
        language=user.language,
        roles=[
            RoleHeld(
                role=grant.role, first=grant.first, last=grant.last, permissions=sorted(grant.permissions)
            )
            for grant in scope.grants
            if grant.first != NOWHERE
        ],
    )
