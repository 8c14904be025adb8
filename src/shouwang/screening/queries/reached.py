"""When people and households were last reached."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from shouwang.kernel.scope import Scope

# By the index of a person's readings, from the newest month backwards: the first that holds ends the search.
_NEWEST = """
  cross join lateral (
    select r.made_at from screening_reading r
    where r.community = %(community)s and r.resident = p.resident
      and (r.temperature is not null or r.symptoms is not null)
      and not exists (select from screening_reading c where c.community = r.community and c.corrects = r.id)
    order by r.made_at desc limit 1
  ) last
"""
_LAST = f"select p.resident, last.made_at from unnest(%(residents)s::bigint[]) p(resident) {_NEWEST}"  # noqa: S608
_LAST_AT_HOME = f"""
  select p.household, max(last.made_at)
  from (select household_id as household, id as resident from people_resident
        where community = %(community)s and household_id = any(%(households)s::bigint[])) p
  {_NEWEST} group by p.household
"""  # noqa: S608 made of the parts above


def last_reached(scope: Scope, community: int, residents: Iterable[int | None]) -> dict[int, dt.datetime]:
    """When each of these residents was last reached; of whom nobody ever reached, nothing."""
    named = sorted({resident for resident in residents if resident is not None})
    if not named:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"community": community, "residents": named})
        return dict(cursor.fetchall())


def homes_last_reached(scope: Scope, community: int, households: Iterable[int]) -> dict[int, dt.datetime]:
    """When somebody of each of these households was last reached; where nobody ever was, nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_AT_HOME, {"community": community, "households": sorted(households)})
        return dict(cursor.fetchall())
