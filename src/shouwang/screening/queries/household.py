"""One household in a round: its people, what is told of them, who tried and when."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door, Member
from shouwang.screening.enums import NextStep
from shouwang.screening.models import Attempt, Round
from shouwang.screening.queries.board import HouseholdProgress, is_evening, progress_of, step_for
from shouwang.screening.queries.effective import READINGS
from shouwang.screening.queries.rounds import history

ROUNDS_BACK = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A reading that holds. ``symptoms`` None: nobody asked."""

    reading_id: UUID
    resident_id: int
    source: str
    source_id: UUID | None
    temperature: Decimal | None
    symptoms: tuple[str, ...] | None
    fever: bool
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A member with what is told of her in this round, the latest first."""

    member: Member
    due: bool
    readings: tuple[Told, ...]

    @property
    def reached(self) -> bool:
        return bool(self.readings)


@dataclass(frozen=True, slots=True)
class HouseholdInRound:
    """Everything the record page shows. ``attempts``: of this round and the ones before, the latest first."""

    door: Door
    progress: HouseholdProgress
    people: tuple[Person, ...]
    attempts: tuple[Attempt, ...]
    corrected: frozenset[UUID]
    """Attempts that a later one has replaced."""
    next_step: NextStep

    @property
    def last_contact(self) -> Attempt | None:
        """The last attempt that holds, of whatever round."""
        return next((attempt for attempt in self.attempts if attempt.id not in self.corrected), None)


def household_in_round(scope: Scope, round_: Round, household_id: int) -> HouseholdInRound:
    """Raises ``NotFound`` for a household that is not of the round's community."""
    scope.require(Permission.READ_ROUND, round_.community)
    doors = roster.doors(scope, community=round_.community, household_ids=[household_id])
    if not doors:
        raise NotFound("household", household_id)
    told = _told(round_, household_id)
    due = _due(round_, household_id)
    here = {member.resident_id: member for member in roster.members(scope, [household_id])}
    absent = (due | set(told)) - set(here)  # who was due or told of here and lives elsewhere by now
    if absent:
        here |= roster.members_by_id(scope, absent)
    people = tuple(
        Person(member, member.resident_id in due, tuple(told.get(member.resident_id, ())))
        for member in here.values()
    )
    progress = progress_of(round_, doors[0])
    attempts = _attempts(scope, round_, household_id)
    return HouseholdInRound(
        doors[0],
        progress,
        people,
        tuple(attempts),
        frozenset(attempt.corrects for attempt in attempts if attempt.corrects),
        step_for(progress, here.values(), evening=is_evening(round_)),
    )


def _told(round_: Round, household_id: int) -> dict[int, list[Told]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, resident, source, source_id, temperature, symptoms, fever, made_at"  # noqa: S608
            f" from ({READINGS} and r.household = %(household)s) r order by made_at desc, id desc",
            {"community": round_.community, "round": round_.pk, "household": household_id},
        )
        found: dict[int, list[Told]] = {}
        for reading, resident, source, source_id, temperature, symptoms, fever, made_at in cursor.fetchall():
            asked = None if symptoms is None else tuple(symptoms)
            found.setdefault(resident, []).append(
                Told(reading, resident, source, source_id, temperature, asked, fever, made_at)
            )
        return found


def _due(round_: Round, household_id: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select u.resident from screening_duelist d, unnest(d.households, d.residents) u(household, resident)"
            " where d.round_id = %s and u.household = %s",
            [round_.pk, household_id],
        )
        return {resident for (resident,) in cursor.fetchall()}


def _attempts(scope: Scope, round_: Round, household_id: int) -> list[Attempt]:
    """Attempts at the household in this round and the rounds before it, the latest first."""
    rounds = [r.pk for r in history(scope, round_.community, days=ROUNDS_BACK, until=round_.day)]
    return list(
        Attempt.objects.filter(community=round_.community, round__in=rounds, household=household_id).order_by(
            "-made_at", "-id"
        )
    )


@dataclass(frozen=True, slots=True)
class HouseholdDay:
    """A household in one of the last rounds."""

    round: Round
    progress: HouseholdProgress


def days_of_household(scope: Scope, door: Door, *, rounds: int = ROUNDS_BACK) -> list[HouseholdDay]:
    """How far the household was in the last rounds in which it was due, the latest first."""
    scope.require(Permission.READ_ROUND, door.community)
    found = [
        HouseholdDay(here, progress_of(here, door)) for here in history(scope, door.community, days=rounds)
    ]
    return [day for day in found if day.progress.due]
