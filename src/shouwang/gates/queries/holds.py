"""Who must stay in, for the judge at the desk, for the phones' pack, and for the household's page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from shouwang.access.prepared import Asked
from shouwang.gates.models import Hold
from shouwang.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A household, or one ``resident`` of it, that must stay in from ``since`` until, not including, ``until``."""

    id: int
    household: int
    resident: int | None
    since: dt.date
    until: dt.date

    def holds(self, resident: int | None, day: dt.date) -> bool:
        """Whether it keeps ``resident``, who lives there, in on ``day``."""
        return self.since <= day < self.until and self.resident in (None, resident)


def holds_of(scope: Scope, community: int, day: dt.date) -> list[Held]:
    """The holds of a community that are in force on ``day``."""
    rows = Hold.objects.filter(community=community, ended_at=None, since__lte=day, until__gt=day)
    return _held(rows.order_by("id").values_list("id", "household_id", "resident_id", "since", "until"))


def holds_of_households(scope: Scope, community: int, households: Iterable[int]) -> dict[int, list[Held]]:
    """The open holds of these households, whichever days they name, by household."""
    rows = Hold.objects.filter(community=community, household__in=set(households), ended_at=None)
    found: dict[int, list[Held]] = {}
    for held in _held(rows.order_by("id").values_list("id", "household_id", "resident_id", "since", "until")):
        found.setdefault(held.household, []).append(held)
    return found


def asking_holds(households: Iterable[int]) -> Asked:
    """The statement of the open holds of these households; each row makes a `Held`."""
    return _OPEN, [list(households)]


_OPEN = """
select id, household_id, resident_id, since, until from gates_hold
where household_id = any(%b::bigint[]) and ended_at is null order by id
"""


def hold_until(holds: Iterable[Held], *, resident: int | None, day: dt.date) -> dt.date | None:
    """Until when the holds of her household keep ``resident`` in on ``day``; ``None``: they do not."""
    return max((held.until for held in holds if held.holds(resident, day)), default=None)


def _held(rows: Iterable[tuple[int, int, int | None, dt.date, dt.date]]) -> list[Held]:
    return [Held(*row) for row in rows]
