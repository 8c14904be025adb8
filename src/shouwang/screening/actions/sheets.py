"""Round sheets: printed for a caseload, and what was written on them recorded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit, record_export
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.enums import Presence
from shouwang.people.queries import roster
from shouwang.people.queries.calls import phones_behind
from shouwang.screening.actions.attempts import record_attempts
from shouwang.screening.models import Sheet
from shouwang.screening.queries.sheets import sheet
from shouwang.screening.rules import AttemptInput
from shouwang.workforce.queries import caseload as find_caseload
from shouwang.workforce.queries import households_of
from shouwang.workforce.rules.plane import Standing, walk


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of the lines: how many are kept, and household → why it was refused."""

    kept: int
    refused: Mapping[int, Refused]


def print_sheet(scope: Scope, *, caseload_id: int, day: dt.date) -> Sheet:
    """A new sheet of a caseload for ``day``, today or tomorrow, in the way one walks. Raises ``Refused`` if empty."""
    here = find_caseload(scope, caseload_id)
    scope.require(Permission.RECORD_ATTEMPT, here.community)
    scope.require(Permission.READ_PEOPLE, here.community)
    if not clock.today() - dt.timedelta(days=1) <= day <= clock.today() + dt.timedelta(days=1):
        raise Refused("sheet_day", gettext_noop("A sheet is printed for yesterday, today or tomorrow."))
    inside = households_of(scope, caseload_id)
    people: dict[int, list[int]] = defaultdict(list)
    for member in roster.members(scope, inside):
        if member.presence == Presence.PRESENT:
            people[member.household_id].append(member.resident_id)
    doors = [door for door in roster.doors(scope, household_ids=inside) if people[door.household_id]]
    if not doors:
        raise Refused(
            "sheet_empty", gettext_noop("Nobody is in this caseload. Put households into it first.")
        )
    doors.sort(key=_way)
    now = clock.now()
    made = Sheet.objects.create(
        community=here.community,
        caseload=caseload_id,
        day=day,
        households=[door.household_id for door in doors],
        people=[people[door.household_id] for door in doors],
        attempts=[mint(now) for _ in doors],
        printed_at=now,
        printed_by_id=scope.actor_id,
    )
    audit(
        scope, "print_sheet", community=here.community, subject_kind="sheet", subject_id=made.pk,
        detail={"households": len(doors), "caseload": caseload_id},
    )  # fmt: skip
    return made


def numbers_for_paper(scope: Scope, *, sheet_id: int) -> tuple[Mapping[int, list[str]], str]:
    """Household → its phone numbers in full, for the village with no phone list; and the watermark of every page.

    Each printing is audited, with how many numbers left. Raises ``Forbidden`` for whoever may not reveal them.
    """
    here = sheet(scope, sheet_id)
    scope.require(Permission.REVEAL_SEALED, here.community)
    found: dict[int, list[str]] = defaultdict(list)
    for one in phones_behind(scope, here.households):
        number = one.phone.open()
        if number not in found[one.household_id]:
            found[one.household_id].append(number)
    mark = record_export(
        scope, kind="sheet", area=here.community, rows=len(here.households), permission=Permission.REVEAL_SEALED,
        detail={"sheet": sheet_id, "numbers": sum(map(len, found.values()))},
    )  # fmt: skip
    return found, mark


def record_sheet(scope: Scope, *, sheet_id: int, attempts: Sequence[AttemptInput]) -> Typed:
    """Record what was typed of a sheet: all lines in one go, and if a line is refused, the others without it.

    The attempts carry the ids of the sheet's lines, so that the same sheet typed twice changes nothing.
    """
    here = sheet(scope, sheet_id)
    scope.require(Permission.RECORD_ATTEMPT, here.community)
    line_of = dict(zip(here.households, here.attempts, strict=True))
    for attempt in attempts:
        if line_of.get(attempt.household_id) != attempt.attempt_id:
            raise NotFound("line", attempt.household_id)
    refused: dict[int, Refused] = {}
    try:
        with transaction.atomic():
            record_attempts(scope, community=here.community, attempts=attempts)
    except Refused:
        for attempt in attempts:
            try:
                with transaction.atomic():
                    record_attempts(scope, community=here.community, attempts=[attempt])
            except Refused as error:
                refused[attempt.household_id] = error
    kept = len(attempts) - len(refused)
    if kept:
        Sheet.objects.filter(pk=sheet_id).update(typed_at=clock.now(), typed_by_id=scope.actor_id)
    return Typed(kept, refused)


def _way(door: roster.Door) -> tuple[object, ...]:
    return walk(
        Standing(
            door.household_id, door.compound_id or 0, door.compound_order, door.building, door.unit, door.room,
            door.number or door.address,
        )
    )  # fmt: skip
