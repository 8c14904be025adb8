"""What of a community's people is held until the end of a transaction, and in which order.

One order everywhere, so that nobody waits for somebody who waits for her: the register of returnees, the roster
(`population`), their rows, and only then the rounds, which follow the roster. Whoever holds a round and comes upon
news of people must have held the people before.
"""

from collections.abc import Iterable

from django.db import connection

from shouwang.people.actions.population import lock_population


def lock_register(*communities: int) -> None:
    """Until the end of the transaction nobody else joins or parts sightings of these communities."""
    with connection.cursor() as cursor:
        for community in sorted(set(communities)):
            cursor.execute(
                "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"returnees:{community}"]
            )


def hold_people(communities: Iterable[int]) -> None:
    """Hold the register and the roster of these communities. To be called before a round is taken."""
    wanted = sorted(set(communities))
    lock_register(*wanted)
    for community in wanted:
        lock_population(community)
