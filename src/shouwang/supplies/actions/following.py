"""Requests go where their household goes: nothing that was asked for is left at a door behind which nobody lives."""

from collections.abc import Collection

from shouwang.access import clock
from shouwang.kernel.scope import Scope
from shouwang.people.events import HouseholdsMerged, ResidentsMoved
from shouwang.people.queries.households import lived_in
from shouwang.supplies.enums import WAITING
from shouwang.supplies.models import Request


def follow_moves(scope: Scope, news: ResidentsMoved) -> None:
    """What waits for one who moves goes with her; of a household that nobody is left in, all goes with the last."""
    movers = [resident for resident, _ in news.left]
    left = {household for _, household in news.left}
    own = Request.objects.filter(community=news.community, resident__in=movers, state__in=WAITING)
    own.update(household=news.household_id, updated_at=clock.now())
    _take_along(news.community, left - lived_in(scope, left), news.household_id)


def follow_merge(scope: Scope, news: HouseholdsMerged) -> None:
    """What the merged households asked for, settled or not, is the asking of the one that they are now."""
    _take_along(news.community, news.merged, news.household_id)


def _take_along(community: int, households: Collection[int], to: int) -> None:
    rows = Request.objects.filter(community=community, household__in=households).exclude(household=to)
    rows.update(household=to, updated_at=clock.now())
