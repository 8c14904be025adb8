"""The audit, read by time: newest first, fifty at a time, by key and not by page number."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.models import AuditEntry, User
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import first_uuid_at

PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for. ``person`` is part of a name or user name; ``area`` an inclusive range of codes."""

    person: str = ""
    verb: str = ""
    area: tuple[int, int] | None = None
    day: dt.date | None = None
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: Sequence[AuditEntry]
    newer: UUID | None = None
    older: UUID | None = None


def audit_entries(scope: Scope, wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """Entries of the ranges in which the asker may read the audit, newest first."""
    scope.require(Permission.READ_AUDIT)
    inside = Q(community__in=[])
    for grant in scope.grants:
        if Permission.READ_AUDIT in grant.permissions:
            inside |= Q(community__range=(grant.first, grant.last))
    found = AuditEntry.objects.filter(inside).order_by("-id")
    if wanted.person:
        people = User.objects.filter(
            Q(username__icontains=wanted.person) | Q(display_name__icontains=wanted.person)
        )
        found = found.filter(actor__in=list(people.values_list("pk", flat=True)[:200]))
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.area:
        found = found.filter(community__range=wanted.area)
    if wanted.day:
        # The id leads with the time: this prunes partitions and walks the index.
        start = timezone.make_aware(dt.datetime.combine(wanted.day, dt.time()))
        found = found.filter(id__gte=first_uuid_at(start), id__lt=first_uuid_at(start + dt.timedelta(days=1)))
    if wanted.subject_kind:
        found = found.filter(subject_kind=wanted.subject_kind)
    if wanted.subject_id:
        found = found.filter(subject_id=wanted.subject_id)
    return found


def audit_page(
    scope: Scope,
    wanted: AuditFilter,
    *,
    before: UUID | None = None,
    after: UUID | None = None,
    size: int = PAGE,
) -> AuditPage:
    """The newest ``size`` entries, or those right ``before`` (older than) or ``after`` (newer than) an id."""
    found = audit_entries(scope, wanted)
    if after:
        rows = list(found.filter(id__gt=after).order_by("id")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return AuditPage(rows, newer=rows[0].id if more else None, older=rows[-1].id if rows else None)
    rows = list((found.filter(id__lt=before) if before else found)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return AuditPage(rows, newer=rows[0].id if before and rows else None, older=rows[-1].id if more else None)


def reveals_by_person(scope: Scope, *, hours: int = 24, limit: int = 5) -> list[tuple[str, int, int]]:
    """Who has looked at most sealed numbers in the last ``hours``: (name, user id, how many)."""
    since = first_uuid_at(clock.now() - dt.timedelta(hours=hours))
    counted = (
        audit_entries(scope, AuditFilter(verb="reveal"))
        .filter(id__gte=since)
        .order_by()
        .values_list("actor_name", "actor")
        .annotate(looks=Count("*"))
        .order_by("-looks")
    )
    return list(counted[:limit])
