"""Who of the invented people has become which household and resident in the database."""

from dataclasses import dataclass

from django.db import connection

from shouwang.access.sealed import digest
from shouwang.demo.invented.settlements import Settlement


@dataclass(frozen=True, slots=True)
class Registered:
    """A household's id with its members' ids, in the order of the invented ones; ``None``: her row was rejected."""

    household: int
    residents: tuple[int | None, ...]


def registered(settlement: Settlement) -> list[Registered | None]:
    """For every household of the settlement, in its order; to be asked inside the wall."""
    with connection.cursor() as cursor:
        # No query of people's answers by ID number for a whole village, and none should.
        cursor.execute(
            "select id_digest, id, household_id from people_resident where community = %s and id_digest is not null",
            [settlement.code],
        )
        known = {bytes(seen): (resident, household) for seen, resident, household in cursor.fetchall()}
    found: list[Registered | None] = []
    for household in settlement.households:
        ids = [known.get(digest(person.id_number)) for person in household.members]
        doors = {there[1] for there in ids if there}
        found.append(
            Registered(min(doors), tuple(there[0] if there else None for there in ids)) if doors else None
        )
    return found
