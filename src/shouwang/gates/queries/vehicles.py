"""The vehicles of a day, with who sat in them."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access.enums import Permission
from shouwang.gates.queries.checks import CheckLine, check_lines, checks_of_day
from shouwang.kernel.scope import Scope

LIMIT = 200


@dataclass(frozen=True, slots=True)
class VehicleLine:
    """One passage of a vehicle: its check, and those of the people in it, made on the same day."""

    line: CheckLine
    occupants: list[CheckLine]


@dataclass(frozen=True, slots=True)
class VehiclesOfDay:
    """At most `LIMIT` passages, the latest first."""

    lines: list[VehicleLine]
    more: bool


def vehicles_of_day(scope: Scope, *, community: int, day: dt.date, plate: str = "") -> VehiclesOfDay:
    """The checks of a day that name a plate, and with each those that name it as their vehicle."""
    scope.require(Permission.READ_CHECKS, community)
    scope.require(Permission.READ_PEOPLE, community)
    rows = checks_of_day(community, day).exclude(plate="").filter(vehicle=None)
    if plate := plate.strip().upper().replace(" ", ""):
        rows = rows.filter(plate__contains=plate)
    found = list(rows.order_by("-made_at", "-id")[: LIMIT + 1])
    shown = check_lines(scope, community, found[:LIMIT])
    # Who sat in it names the check of the vehicle as it was then, before any correction.
    now = {check.id: line.check.id for line in shown for check in (line.check, *line.former)}
    inside = list(checks_of_day(community, day).filter(vehicle__in=now).order_by("made_at", "id"))
    seated: dict[object, list[CheckLine]] = {}
    for line in check_lines(scope, community, inside):
        if line.check.vehicle is not None:
            seated.setdefault(now[line.check.vehicle], []).append(line)
    return VehiclesOfDay(
        [VehicleLine(line, seated.get(line.check.id, [])) for line in shown], len(found) > LIMIT
    )
