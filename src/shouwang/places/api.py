"""Places over the API: the tree, and the ways in."""

from django.http import HttpRequest
from ninja import Router, Status

from shouwang.kernel.scope import Scope
from shouwang.places import actions, queries
from shouwang.places.models import Area, Entrance
from shouwang.places.schemas import AreaIn, AreaOut, EntranceIn, EntranceOut, StatusIn

router = Router()


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


@router.get("areas", response=list[AreaOut])
def areas(request: HttpRequest, q: str = "") -> list[Area]:
    """Areas by name, alias, pinyin initials or code; without ``q``, where the caller's jurisdiction begins."""
    return queries.search_areas(_scope(request), q) if q.strip() else queries.roots(_scope(request))


@router.get("areas/{int:code}", response=AreaOut)
def area(request: HttpRequest, code: int) -> Area:
    return queries.area(_scope(request), code)


@router.get("areas/{int:code}/children", response=list[AreaOut])
def children(request: HttpRequest, code: int) -> list[Area]:
    """The areas right below."""
    queries.area(_scope(request), code)
    return queries.children(_scope(request), code)


@router.post("areas/{int:code}/children", response={201: AreaOut})
def add_area(request: HttpRequest, code: int, body: AreaIn) -> Status[Area]:
    """Add a real place that is missing from the list."""
    added = actions.add_area(
        _scope(request), parent=code, name=body.name, aliases=tuple(body.aliases), kind=body.kind
    )
    return Status(201, added)


@router.get("areas/{int:code}/entrances", response=list[EntranceOut])
def entrances(request: HttpRequest, code: int) -> list[Entrance]:
    """All ways into a community."""
    queries.area(_scope(request), code)
    return queries.entrances(_scope(request), code)


@router.post("areas/{int:code}/entrances", response={201: EntranceOut})
def add_entrance(request: HttpRequest, code: int, body: EntranceIn) -> Status[Entrance]:
    added = actions.add_entrance(
        _scope(request),
        community=code,
        name=body.name,
        status=body.status,
        reason=body.reason,
        compound_id=body.compound,
    )
    return Status(201, added)


@router.post("entrances/{int:entrance_id}/status", response=EntranceOut)
def set_status(request: HttpRequest, entrance_id: int, body: StatusIn) -> Entrance:
    """Open or seal an entrance, or make it the emergency exit."""
    done = actions.set_entrance_status(
        _scope(request), entrance_id=entrance_id, status=body.status, reason=body.reason
    )
    return done.entrance
