"""Look at a record that was set aside, on record."""

from typing import Any

from shouwang.access.actions import reveal
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.sync.models import Quarantined


def reveal_quarantined(scope: Scope, *, key: int) -> tuple[int, str]:
    """The community of a record set aside, and its JSON as it came. Each look is audited."""
    found = Quarantined.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("quarantined", key)
    scope.require(Permission.MANAGE_DEVICES, found.community)
    kept: Any = found.raw
    plain = reveal(
        scope,
        community=found.community,
        subject_kind="quarantined",
        subject_id=found.pk,
        field="raw",
        sealed=kept,
    )
    return found.community, plain
