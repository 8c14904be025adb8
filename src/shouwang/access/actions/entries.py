"""The audit: who did what to what, where; and the two acts that are nothing but an audited look: reveal and export."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.utils import timezone
from django.utils.translation import gettext

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.models import AuditEntry
from shouwang.access.prepared import Asked
from shouwang.access.rules import range_of
from shouwang.access.sealed import Sealed
from shouwang.access.wall import acting
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import NOWHERE, GrantedRange, Scope
from shouwang.kernel.uuid7 import first_uuid_at, mint

_AT_NOWHERE = GrantedRange(NOWHERE, NOWHERE, frozenset())


def audit(
    scope: Scope,
    verb: str,
    *,
    community: int = NOWHERE,
    subject_kind: str = "",
    subject_id: object = "",
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Record that ``scope`` did ``verb``, in the caller's transaction.

    ``community`` may be any code of the actor's jurisdiction, also a town's or a county's own; acts that belong to no
    place are kept at ``NOWHERE``. ``detail`` holds codes, counts and ids, never a name, a number or a temperature of
    a person.
    """
    at = clock.now()
    system = scope.system_reason and f"system: {scope.system_reason}"
    entry = AuditEntry(
        community=community,
        id=mint(at),
        at=at,
        actor=scope.actor_id,
        actor_name=(system or scope.actor_name)[:60],
        verb=verb,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        detail=detail or {},
    )
    if community == NOWHERE and not scope.system_reason:
        with acting(Scope(scope.actor_id, scope.actor_name, (_AT_NOWHERE,))):
            AuditEntry.objects.bulk_create([entry])
    else:
        AuditEntry.objects.bulk_create([entry])
    return entry


_AUDIT = """
insert into access_auditentry (community, id, at, actor, actor_name, verb, subject_kind, subject_id, detail)
select community, id, %b::timestamptz, %b::bigint, %b, %b, %b, subject_id, detail::jsonb
from unnest(%b::bigint[], %b::uuid[], %b::text[], %b::text[]) as t (community, id, subject_id, detail)
"""


def auditing(
    scope: Scope, verb: str, *, subject_kind: str, done: Sequence[tuple[int, object, Mapping[str, Any]]]
) -> Asked:
    """The statement that records the same act in several places: ``done`` are community, subject's id and detail.

    For what happens hundreds of times a second; else :func:`audit`.
    """
    at = clock.now()
    return _AUDIT, [
        *(at, scope.actor_id, scope.actor_name[:60], verb, subject_kind),
        [community for community, _, _ in done],
        [mint(at) for _ in done],
        [str(subject) for _, subject, _ in done],
        [orjson.dumps(detail).decode() for _, _, detail in done],
    ]


def home(scope: Scope) -> int:
    """Where acts upon oneself (signing in, a new password) are kept: the first code of the widest grant."""
    widest = max(scope.grants, key=lambda grant: grant.last - grant.first, default=None)
    return widest.first if widest else NOWHERE


def reveal(
    scope: Scope, *, community: int, subject_kind: str, subject_id: object, field: str, sealed: Sealed | None
) -> str:
    """The plain text of a sealed field. Each look is audited, with how many the actor has had in the last 24 hours.

    Raises ``Forbidden`` without :attr:`Permission.REVEAL_SEALED` in ``community``, ``Refused`` if nothing is there.
    """
    scope.require(Permission.REVEAL_SEALED, community)
    if sealed is None:
        raise Refused(
            "nothing_sealed", gettext_noop("Nothing is recorded here, so there is nothing to show.")
        )
    day_ago = clock.now() - dt.timedelta(days=1)
    looks = AuditEntry.objects.filter(
        actor=scope.actor_id, verb="reveal", id__gte=first_uuid_at(day_ago)
    ).count()
    audit(
        scope,
        "reveal",
        community=community,
        subject_kind=subject_kind,
        subject_id=subject_id,
        detail={"field": field, "in_24_hours": looks + 1},
    )
    return sealed.open()


def record_export(
    scope: Scope,
    *,
    kind: str,
    area: int,
    rows: int,
    permission: str = Permission.EXPORT_REPORT,
    detail: dict[str, Any] | None = None,
) -> str:
    """Record that ``rows`` rows of ``kind`` (a code such as ``daily_report``) about ``area`` leave the system.

    Answers the watermark to write on every page or sheet of it: who, when, and the number by which the audit finds it.
    """
    first, last = range_of(area)
    scope.require(permission, first, last)
    entry = audit(
        scope,
        "export",
        community=first,
        subject_kind=kind,
        detail={"rows": rows, **(detail or {})},
    )
    return gettext(
        "Exported by %(who)s, %(when)s, number %(number)s. For this response only; do not pass on."
    ) % {
        "who": scope.actor_name,
        "when": timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M"),
        "number": str(entry.id)[-12:].upper(),
    }
