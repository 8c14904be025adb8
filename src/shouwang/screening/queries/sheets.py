"""Printed round sheets, line by line, with what has been typed of them."""

from collections import defaultdict
from dataclasses import dataclass

from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.screening.models import Attempt, Reading, Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One household of a sheet. ``number`` as on the paper, from 1; ``attempt`` once it has been typed."""

    number: int
    door: roster.Door
    people: tuple[roster.Member, ...]
    attempt: Attempt | None
    readings: tuple[Reading, ...]


def sheet(scope: Scope, sheet_id: int) -> Sheet:
    """Raises ``NotFound`` outside the jurisdiction."""
    found = Sheet.objects.filter(pk=sheet_id).first()
    if found is None:
        raise NotFound("sheet", sheet_id)
    return found


def sheets_of(scope: Scope, caseload_id: int, *, limit: int = 10) -> list[Sheet]:
    """The sheets of a caseload, the latest first."""
    return list(Sheet.objects.filter(caseload=caseload_id).order_by("-printed_at")[:limit])


def lines(scope: Scope, here: Sheet) -> list[Line]:
    """In the order of the paper. Corrections made since are on the household's own page."""
    doors = {door.household_id: door for door in roster.doors(scope, household_ids=here.households)}
    people = roster.members_by_id(scope, [one for line in here.people for one in line])
    attempts = {one.id: one for one in Attempt.objects.filter(community=here.community, id__in=here.attempts)}
    told: dict[object, list[Reading]] = defaultdict(list)
    if attempts:
        rounds = {one.round for one in attempts.values()}
        for reading in Reading.objects.filter(
            community=here.community, round__in=rounds, household__in=here.households, source_id__in=attempts
        ):
            told[reading.source_id].append(reading)
    return [
        Line(
            number,
            doors[household],
            tuple(people[one] for one in inside if one in people),
            attempts.get(attempt),
            tuple(told[attempt]),
        )
        for number, (household, inside, attempt) in enumerate(
            zip(here.households, here.people, here.attempts, strict=True), 1
        )
        if household in doors
    ]
