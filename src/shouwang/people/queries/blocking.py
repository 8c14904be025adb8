"""Which sightings of a community are worth comparing with one: those that share a key, found by index."""

from collections import defaultdict

from django.db import connection

from shouwang.access.sealed import digest
from shouwang.people.rules.returnees import MOST_UNDER_ONE_KEY, Seen, told_keys


def marks_of(seen: Seen) -> list[int]:
    """The keys of what a sighting tells, as they are kept."""
    return sorted(
        int.from_bytes(digest(f"returnee {key}")[:8], "big", signed=True) for key in told_keys(seen)
    )


def near_sightings(seen: Seen) -> set[int]:
    """The sightings that share a key with ``seen``, as `rules.returnees.candidates` would propose them: what too many
    share says nothing and is passed over. Work goes with the number of keys, not of sightings."""
    under: defaultdict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAR,
            {
                "community": seen.community,
                "keys": marks_of(seen),
                "resident": seen.resident_id,
                "household": seen.household_id,
                "sighting": seen.key,
                "most": MOST_UNDER_ONE_KEY,
            },
        )
        for key, sighting in cursor.fetchall():
            under[key].append(sighting)
    return {pk for group in under.values() if len(group) < MOST_UNDER_ONE_KEY for pk in group}


# Of those under one key no more are read than show that they are too many. Every comparison is one that PostgreSQL
# answers by index behind the wall.
_NEAR = """
select wanted.key, found.sighting_id from unnest(%(keys)s::bigint[]) as wanted (key)
cross join lateral (
  select sighting_id from people_sightingkey kept
  where kept.community = %(community)s and kept.key = wanted.key and kept.sighting_id <> %(sighting)s limit %(most)s
) found
union all
(select 0, id from people_sighting
 where resident_id = %(resident)s and community = %(community)s and id <> %(sighting)s limit %(most)s)
union all
(select 1, id from people_sighting
 where household_id = %(household)s and community = %(community)s and id <> %(sighting)s limit %(most)s)
"""
