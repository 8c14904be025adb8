"""Who has a fever, for those who must act on it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from shouwang.access.enums import Permission
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.roster import Door, Member
from shouwang.places.queries.tree import names

# Of everybody with a fever reading that holds: the last such reading, and the last reading of any kind after it.
_FEVERS = """
  with holding as (
    select r.* from screening_reading r
    where r.day = %(day)s and r.community between %(first)s and %(last)s and r.fever
      and not exists (select from screening_reading c where c.community = r.community and c.corrects = r.id)
      and not exists (select from screening_attempt a where a.community = r.community and a.corrects = r.source_id)
  ), latest as (
    select distinct on (resident) * from holding order by resident, made_at desc, id desc
  )
  select l.id, l.community, l.round, l.household, l.resident, l.source, l.temperature, l.symptoms, l.made_at,
    l.made_by, again.temperature, again.made_at
  from latest l left join lateral (
    select n.temperature, n.made_at from screening_reading n
    where n.community = l.community and n.resident = l.resident and n.made_at > l.made_at and n.temperature is not null
      and not exists (select from screening_reading c where c.community = n.community and c.corrects = n.id)
    order by n.made_at desc limit 1
  ) again on true
  order by l.made_at desc, l.id
"""


@dataclass(frozen=True, slots=True)
class Fever:
    """One person with a fever that day. ``round_id`` 0: taken at a gate while no round was open."""

    reading_id: UUID
    community: int
    community_name: str
    round_id: int
    household_id: int
    resident_id: int
    source: str
    temperature: Decimal | None
    symptoms: tuple[str, ...]
    made_at: dt.datetime
    made_by: int | None
    again: Decimal | None
    """What was measured later, if anything was."""
    again_at: dt.datetime | None
    member: Member | None
    door: Door | None


def fevers(scope: Scope, first: int, last: int, day: dt.date) -> list[Fever]:
    """Everybody with a fever that day in the communities ``first`` to ``last``, the latest first."""
    if not scope.may_within(Permission.READ_FEVERS, first, last):
        raise Forbidden(Permission.READ_FEVERS)
    with connection.cursor() as cursor:
        cursor.execute(_FEVERS, {"day": day, "first": first, "last": last})
        rows = [row for row in cursor.fetchall() if scope.may(Permission.READ_FEVERS, row[1])]
    if not rows:
        return []
    people = roster.members_by_id(scope, {row[4] for row in rows})
    doors = {d.household_id: d for d in roster.doors(scope, household_ids={row[3] for row in rows})}
    areas = names({row[1] for row in rows})
    return [
        Fever(
            reading_id, community, areas.get(community, str(community)), round_id, household, resident, source,
            temperature, tuple(symptoms or ()), made_at, made_by, again, again_at,
            people.get(resident), doors.get(household),
        )
        for reading_id, community, round_id, household, resident, source, temperature, symptoms, made_at, made_by,
        again, again_at in rows
    ]  # fmt: skip
