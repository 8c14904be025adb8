"""The ways to write what access keeps. Every action of every domain ends with :func:`audit`."""

from typing import Any

from shouwang.access import clock
from shouwang.access.models import AuditEntry
from shouwang.kernel.scope import NOWHERE, Scope
from shouwang.kernel.uuid7 import mint


def audit(
    scope: Scope,
    verb: str,
    *,
    community: int = NOWHERE,
    subject_kind: str = "",
    subject_id: object = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that ``scope`` did ``verb``, in the caller's transaction.

    ``detail`` holds codes, counts and ids, never a name, a number or a temperature of a person.
    """
    at = clock.now()
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                community=community,
                id=mint(at),
                at=at,
                actor=scope.actor_id,
                actor_name=(scope.system_reason
                and f"system: {scope.system_reason}"[:60])
                or scope.actor_name[:60],
                verb=verb,
                subject_kind=subject_kind,
                subject_id=str(subject_id),
                detail=detail or {},
            )
        ]
    )
