"""Who has a fever, as the Today page shows it: masked, with how long it has been known."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.screening.queries.fevers import fevers


@dataclass(frozen=True, slots=True)
class FeverLine:
    """One person. ``name`` is the whole name, for the page to mask; empty where the reader may not see people."""

    community: int
    place: str
    town: str
    round_id: int
    household: int
    door: str
    name: str
    temperature: Decimal | None
    source: str
    made_at: dt.datetime
    minutes: int
    again: Decimal | None
    again_at: dt.datetime | None


def fever_lines(scope: Scope, code: int, day: dt.date) -> list[FeverLine]:
    """Everybody with a fever that day in the area, the latest first. Raises `Forbidden` without READ_FEVERS there."""
    first, last = areas.span(code)
    found = fevers(scope, first, last, day)
    towns = places.names(one.community // 1000 * 1000 for one in found)
    now = clock.now()
    lines = []
    for one in found:
        may_see = scope.may(Permission.READ_PEOPLE, one.community)
        lines.append(
            FeverLine(
                community=one.community,
                place=one.community_name,
                town=towns.get(one.community // 1000 * 1000, ""),
                round_id=one.round_id,
                household=one.household_id,
                door=f"{one.door.compound} {one.door.address}".strip() if one.door and may_see else "",
                name=one.member.name if one.member and may_see else "",
                temperature=one.temperature,
                source=one.source,
                made_at=one.made_at,
                minutes=max(int((now - one.made_at).total_seconds() // 60), 0),
                again=one.again,
                again_at=one.again_at,
            )
        )
    return lines
