"""Who lives behind doors, for what is asked hundreds of times a second."""

from collections.abc import Collection
from typing import NamedTuple

from shouwang.access.prepared import Asked
from shouwang.people.enums import Presence
from shouwang.people.models import Household


class Living(NamedTuple):
    """Somebody on the roster of a household in use. ``name`` in full: whoever shows it shortens it."""

    household: int
    resident: int
    name: str
    relation: str
    presence: Presence


_LIVING = """
select r.household_id, r.id, r.name, r.relation, r.presence
from people_household h join people_resident r on r.household_id = h.id
where h.id = any(%b::bigint[]) and h.active and r.presence not in ('moved', 'died')
order by r.household_id, r.id
"""


def asking_living(households: Collection[int]) -> Asked:
    """The statement that returns the columns of :class:`Living`; of a household no longer in use, none."""
    return _LIVING, [list(households)]


def read_living(rows: Collection[tuple[int, int, str, str, str]]) -> dict[int, list[Living]]:
    """What that statement returned, by household."""
    found: dict[int, list[Living]] = {}
    for household, resident, name, relation, presence in rows:
        found.setdefault(household, []).append(
            Living(household, resident, name, relation, Presence(presence))
        )
    return found


def homes_in_use(community: int) -> list[int]:
    """All households in use of a community, for whoever makes something for each. The wall must stand there."""
    return list(
        Household.objects.filter(community=community, active=True).order_by("id").values_list("id", flat=True)
    )
