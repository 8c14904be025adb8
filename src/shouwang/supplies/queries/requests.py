"""Requests of a community and of a household, what waits in an area, and what was said in them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.supplies.enums import WAITING, RequestState
from shouwang.supplies.models import Request, Telling

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A request with every time it was told, the first first."""

    request: Request
    tellings: tuple[Telling, ...]

    @property
    def waits(self) -> bool:
        return self.request.state in WAITING


def requests(
    scope: Scope, community: int, *, states: Collection[RequestState] = WAITING, urgent: bool = False
) -> QuerySet[Request]:
    """What a community's households need: the urgent first, then what waits longest; of the settled the latest."""
    scope.require(Permission.READ_REQUESTS, community)
    rows = Request.objects.filter(community=community, state__in=list(states))
    if urgent:
        rows = rows.filter(urgent=True)
    rows = rows.select_related("taken_by", "settled_by")
    if set(states) <= set(WAITING):
        untaken = Case(
            When(state=RequestState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return rows.order_by("-urgent", untaken, "asked_at", "id")
    return rows.order_by(F("settled_at").desc(nulls_first=True), "-id")


def lines_of(rows: Sequence[Request]) -> list[Line]:
    """``rows`` with their tellings."""
    told: dict[int, list[Telling]] = defaultdict(list)
    for telling in Telling.objects.filter(request__in=[row.pk for row in rows]).order_by("asked_at", "id"):
        told[telling.request_id].append(telling)
    return [Line(row, tuple(told[row.pk])) for row in rows]


def request_line(scope: Scope, request_id: int) -> Line:
    """One request. Raises ``NotFound``, ``Forbidden``."""
    row = Request.objects.select_related("taken_by", "settled_by").filter(pk=request_id).first()
    if row is None:
        raise NotFound("request", request_id)
    scope.require(Permission.READ_REQUESTS, row.community)
    return lines_of([row])[0]


def requests_of(scope: Scope, household_id: int) -> list[Line]:
    """What a household has asked for, what waits first, then the latest. For its own page and for whoever rings it.

    The wall decides who sees it: the household's own page, or whoever may read requests there.
    """
    settled = Case(
        When(state__in=list(WAITING), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Request.objects.filter(household=household_id).select_related("taken_by", "settled_by")
    return lines_of(list(rows.order_by(settled, "-asked_at", "-id")[:LIMIT]))


def counts(scope: Scope, community: int) -> dict[str, int]:
    """How many requests of a community are in each state, and how many of those waiting are ``urgent``."""
    scope.require(Permission.READ_REQUESTS, community)
    rows = Request.objects.filter(community=community).values_list("state", "urgent")
    found = Counter(state for state, _urgent in rows)
    return {**found, "urgent": sum(urgent for state, urgent in rows if state in WAITING)}


def open_in_areas(scope: Scope, first: int, last: int) -> dict[int, tuple[int, int]]:
    """Of each community from ``first`` to ``last`` with something waiting: how many wait, how many are urgent."""
    scope.require(Permission.READ_REQUESTS, first, last)
    rows = Request.objects.filter(community__range=(first, last), state__in=list(WAITING))
    found: dict[int, tuple[int, int]] = {}
    for community, urgent in rows.values_list("community", "urgent"):
        waiting, pressing = found.get(community, (0, 0))
        found[community] = (waiting + 1, pressing + urgent)
    return found


def waiting_count(scope: Scope) -> int:
    """Requests that nobody has taken where this reader handles them: the figure of the navigation."""
    inside = Q(pk__in=[])
    for grant in scope.grants:
        if Permission.HANDLE_REQUEST in grant.permissions:
            inside |= Q(community__range=(grant.first, grant.last))
    return Request.objects.filter(inside, state=RequestState.OPEN).count()


def found_in(scope: Scope, community: int, text: str, *, since: dt.datetime) -> list[Line]:
    """Requests with a telling in which ``text`` stands, asked since then, the latest first, at most :data:`LIMIT`."""
    scope.require(Permission.READ_REQUESTS, community)
    rows = Request.objects.filter(community=community, asked_at__gte=since)
    fitting = rows.filter(
        Q(text__icontains=text) | Q(answer__icontains=text) | Q(tellings__text__icontains=text)
    )
    return lines_of(list(fitting.distinct().order_by("-asked_at", "-id")[:LIMIT]))
