"""What a mediator has before her, what a household told, and what was said in it."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from shouwang.access.enums import Permission
from shouwang.grievances.enums import WAITING, MatterKind, MatterState
from shouwang.grievances.models import Matter
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope

LIMIT = 50


def matters(
    scope: Scope,
    first: int,
    last: int,
    *,
    states: Collection[MatterState] = WAITING,
    kind: MatterKind | None = None,
    about_office: bool = False,
) -> QuerySet[Matter]:
    """Matters of the communities ``first`` to ``last``: what waits by the day it is to be answered, the overdue first;
    of the settled the latest."""
    scope.require(Permission.HANDLE_MATTER, first, last)
    rows = Matter.objects.filter(community__range=(first, last), state__in=list(states))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if about_office:
        rows = rows.filter(about_office=True)
    rows = rows.select_related("taken_by", "settled_by")
    return (
        rows.order_by("answer_by", "told_at", "id")
        if set(states) <= set(WAITING)
        else rows.order_by("-settled_at")
    )


def matter(scope: Scope, matter_id: int) -> Matter:
    """One of them. Raises ``NotFound``, ``Forbidden``."""
    row = Matter.objects.select_related("taken_by", "settled_by", "added_by").filter(pk=matter_id).first()
    if row is None:
        raise NotFound("matter", matter_id)
    scope.require(Permission.HANDLE_MATTER, row.community)
    return row


def matters_of(scope: Scope, household_id: int) -> list[Matter]:
    """What a household told, the latest first, for its own page. The wall decides who sees it."""
    return list(Matter.objects.filter(household=household_id).order_by("-told_at", "-id")[:LIMIT])


def waiting_in(scope: Scope, first: int, last: int, *, today: dt.date) -> dict[int, tuple[int, int]]:
    """Of each community from ``first`` to ``last`` with something waiting: how many wait, how many are overdue."""
    scope.require(Permission.HANDLE_MATTER, first, last)
    rows = Matter.objects.filter(community__range=(first, last), state__in=list(WAITING))
    found: dict[int, tuple[int, int]] = {}
    for community, answer_by in rows.values_list("community", "answer_by"):
        waiting, overdue = found.get(community, (0, 0))
        found[community] = (waiting + 1, overdue + (answer_by < today))
    return found


def waiting_count(scope: Scope) -> int:
    """Matters that nobody has taken where this reader handles them: the figure of the navigation."""
    inside = Q(pk__in=[])
    for grant in scope.grants:
        if Permission.HANDLE_MATTER in grant.permissions:
            inside |= Q(community__range=(grant.first, grant.last))
    return Matter.objects.filter(inside, state=MatterState.OPEN).count()


def found_in(scope: Scope, first: int, last: int, text: str, *, since: dt.datetime) -> list[Matter]:
    """Matters in which ``text`` stands, told since then, the latest first, at most :data:`LIMIT`."""
    scope.require(Permission.HANDLE_MATTER, first, last)
    rows = Matter.objects.filter(community__range=(first, last), told_at__gte=since)
    return list(
        rows.filter(Q(text__icontains=text) | Q(answer__icontains=text)).order_by("-told_at", "-id")[:LIMIT]
    )
