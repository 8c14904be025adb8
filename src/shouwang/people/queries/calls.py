"""Who is behind the doors of a call list: where people live, how they are reached, where they came from."""

from collections.abc import Iterable

from shouwang.kernel.scope import Scope
from shouwang.people.models import Resident


def homes_of(scope: Scope, community: int, resident_ids: Iterable[int]) -> dict[int, int]:
    """Resident → household, of those of ``resident_ids`` who are on the roster of the community, whatever became of
    them."""
    rows = Resident.objects.filter(community=community, id__in=set(resident_ids))
    return dict(rows.values_list("id", "household_id"))
