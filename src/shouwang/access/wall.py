"""The wall: row-level security tells PostgreSQL which communities this transaction may touch."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from shouwang.kernel.scope import Scope

SETTING = "shouwang.scope"


@contextmanager
def acting(scope: Scope) -> Iterator[None]:
    """One transaction in which the database shows only the rows of ``scope``; may be nested.

    Outside of it nothing is set and nothing is seen.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _set(scope.multirange())
        yield
        if (
            nested and not connection.needs_rollback
        ):  # else PostgreSQL takes it back, with the rest or at the end
            _set(before)


def _set(value: str) -> str:
    """Set the scope for this transaction and answer what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with before as materialized (select coalesce(current_setting(%s, true), '') as scope)"
            " select scope, set_config(%s, %s, true) from before",
            [SETTING, SETTING, value],
        )
        return str(cursor.fetchone()[0])
