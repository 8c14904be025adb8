"""Who needs a reminder now: watched and not heard of in this half of the day, or used to report themselves and silent.

Goes by the open watches and by who reported on the two days before, each by an index of its own: never by history. The
time in the ids keeps the search to the latest partitions.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Forbidden
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import first_uuid_at
from shouwang.people.queries import roster
from shouwang.people.queries.watches import WatchHere, watched_of
from shouwang.places.queries.profiles import profiles_for

HABIT_DAYS = 2
"""Who reported on each of so many days before, usually reports *(ours)*."""

# Of a watched person any reading counts, wherever it was taken; one that was corrected away does not.
_SILENT_WATCHED = """
with unheard as materialized (
  select w.community, w.household, w.resident from people_watch w
  where w.closed_at is null and w.until_day >= %(day)s and w.from_day <= %(day)s
    and w.community between %(first)s and %(last)s
    and not exists (
      select from screening_reading r
      where r.community = w.community and r.resident = w.resident and r.id >= %(since_id)s
        and r.made_at >= case when w.twice_daily
          then coalesce((%(evenings)s::jsonb ->> w.community::text)::timestamptz, %(midnight)s) else %(midnight)s end
        and (r.temperature is not null or r.symptoms is not null)
        and r.id not in (
          select c.corrects from screening_reading c
          where c.corrects is not null and c.id >= %(since_id)s and c.community between %(first)s and %(last)s
        )
        and (r.source_id is null or r.source_id not in (
          select c.corrects from screening_attempt c
          where c.corrects is not null and c.id >= %(since_id)s and c.community between %(first)s and %(last)s
        ))
    )
)
select u.community, u.household, u.resident
from unheard u join people_resident p on p.id = u.resident and p.presence = 'present'
group by 1, 2, 3
"""
# The rounds come as arrays, so that PostgreSQL knows how many there are. Who reports herself mostly has by now, or has
# been heard of otherwise: only for the rest is a reading looked for.
_SILENT_REPORTERS = """
with told as (
  select a.community, a.household, d.day
  from unnest(%(in_communities)s::bigint[], %(rounds)s::bigint[], %(days)s::date[]) d(community, round, day)
  join screening_attempt a
    on a.community = d.community and a.round = d.round and a.channel = 'self' and a.id >= %(since_id)s
  group by 1, 2, 3
), habit as (
  select community, household from told group by 1, 2
  having count(*) filter (where day < %(day)s) >= %(habit_days)s and not bool_or(day = %(day)s)
), today as (
  select d.community, array_agg(d.round) as rounds
  from unnest(%(in_communities)s::bigint[], %(rounds)s::bigint[], %(days)s::date[]) d(community, round, day)
  where d.day = %(day)s group by 1
)
select h.community, h.household from habit h join today t on t.community = h.community
where not exists (
  select from screening_reading r
  where r.community = h.community and r.round = any(t.rounds) and r.household = h.household
    and r.id >= %(since_id)s
)
"""
_COUNT = "select community, count(*) from ({rows}) silent group by community"


@dataclass(frozen=True, slots=True)
class Silent:
    """How many of a community are to be reminded: watched people, and households that usually report themselves."""

    watched: int = 0
    reporters: int = 0


@dataclass(frozen=True, slots=True)
class ToRemind:
    """Somebody to remind: a watched person, or (``resident`` None) a household that usually reports itself."""

    household: int
    resident: roster.Member | None
    watch: WatchHere | None
    door: roster.Door | None
    phones: tuple[str, ...]


def silent(scope: Scope, first: int, last: int) -> dict[int, Silent]:
    """The figures of now for the communities ``first`` to ``last``; those without anybody to remind are left out."""
    if not scope.may_within(Permission.READ_ROUND, first, last):
        raise Forbidden(Permission.READ_ROUND)
    watched = dict(_ask(_COUNT.format(rows=_SILENT_WATCHED), scope, first, last))
    reporters = dict(_ask(_COUNT.format(rows=_SILENT_REPORTERS), scope, first, last))
    return {
        code: Silent(watched.get(code, 0), reporters.get(code, 0))
        for code in sorted(watched.keys() | reporters.keys())
    }


def to_remind(scope: Scope, community: int) -> list[ToRemind]:
    """Whom to remind in a community: watched people first, those of two a day before the others."""
    scope.require(Permission.READ_ROUND, community)
    scope.require(Permission.READ_PEOPLE, community)
    people = {row[2]: row[1] for row in _ask(_SILENT_WATCHED, scope, community, community)}
    homes = {row[1] for row in _ask(_SILENT_REPORTERS, scope, community, community)} - set(people.values())
    members = roster.members_by_id(scope, people)
    watches = watched_of(scope, people, clock.today())
    doors = {one.household_id: one for one in roster.doors(scope, household_ids=[*people.values(), *homes])}
    phones: dict[int, list[str]] = {}
    for member in roster.members(scope, [*people.values(), *homes]):
        if member.phone_mask and member.phone_mask not in phones.setdefault(member.household_id, []):
            phones[member.household_id].append(member.phone_mask)
    watched = [
        ToRemind(home, members.get(who), watches.get(who), doors.get(home), tuple(phones.get(home, ())))
        for who, home in people.items()
    ]
    silent_homes = [
        ToRemind(home, None, None, doors.get(home), tuple(phones.get(home, ()))) for home in homes
    ]
    watched.sort(key=lambda one: (not (one.watch and one.watch.twice_daily), one.household))
    return watched + sorted(silent_homes, key=lambda one: one.household)


def _ask(statement: str, scope: Scope, first: int, last: int) -> list[Any]:
    now, day = timezone.localtime(clock.now()), clock.today()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct community from people_watch"
            " where closed_at is null and until_day >= %s and community between %s and %s",
            [day, first, last],
        )
        communities = [code for (code,) in cursor.fetchall()]
        profiles = profiles_for(scope, communities)
        evenings = {code: midnight.replace(hour=profiles[code].evening_from_hour) for code in communities}
        cursor.execute(
            "select community, id, day from screening_round"
            " where day between %s and %s and community between %s and %s",
            [day - dt.timedelta(days=HABIT_DAYS), day, first, last],
        )
        rounds = cursor.fetchall()
        cursor.execute(
            statement,
            {
                "in_communities": [community for community, _, _ in rounds],
                "rounds": [number for _, number, _ in rounds],
                "days": [of for _, _, of in rounds],
                "since_id": first_uuid_at(midnight - dt.timedelta(days=HABIT_DAYS + 1)),
                "evenings": json.dumps({code: at.isoformat() for code, at in evenings.items() if now >= at}),
                "midnight": midnight,
                "day": day,
                "habit_days": HABIT_DAYS,
                "first": first,
                "last": last,
            },
        )
        return list(cursor.fetchall())
