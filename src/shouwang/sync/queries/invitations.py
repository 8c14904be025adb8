"""A one-time code that was handed out: whether a phone has used it."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.sync.models import Enrolment
from shouwang.sync.rules import tokens


@dataclass(frozen=True, slots=True)
class Invitation:
    """``key`` stands for the code in addresses, which must not carry the code itself."""

    key: int
    community: int
    name: str
    entrance: int | None
    caseload: int | None
    expires_at: dt.datetime
    used_at: dt.datetime | None


def invitation(scope: Scope, key: int) -> Invitation:
    """Raises ``NotFound`` outside the jurisdiction."""
    return _invitation(scope, Enrolment.objects.filter(pk=key).first())


def invitation_of(scope: Scope, code: str) -> Invitation:
    """That of a code as `invite_device` answered it."""
    read = tokens.read_code(code)
    community, secret = read if read else (0, "")
    found = Enrolment.objects.filter(community=community, digest=tokens.digest(secret)).first()
    return _invitation(scope, found)


def _invitation(scope: Scope, found: Enrolment | None) -> Invitation:
    if found is None:
        raise NotFound("enrolment")
    scope.require(Permission.MANAGE_DEVICES, found.community)
    return Invitation(
        found.pk, found.community, found.name, found.entrance, found.caseload, found.expires_at, found.used_at
    )
