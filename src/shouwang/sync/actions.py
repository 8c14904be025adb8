"""Facts are taken in once; news goes upward: the table in ``config.wiring`` says who acts on it, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from shouwang.kernel.scope import Scope

Handler = Callable[[Scope, Any], None]
_handlers: dict[type, tuple[Handler, ...]] = {}


def connect(table: Mapping[type, Sequence[Handler]]) -> None:
    """Install the one event → handlers table. Called once, by ``config``."""
    _handlers.clear()
    _handlers.update({event: tuple(handlers) for event, handlers in table.items()})


def publish(scope: Scope, event: object) -> None:
    """Hand ``event`` to its handlers, in order, inside the caller's transaction; what one raises undoes all.

    Raises ``LookupError`` for an event that the table does not know: news must not fall on deaf ears unnoticed.
    """
    if type(event) not in _handlers:
        raise LookupError(f"{type(event).__name__} is not in config.wiring")
    for handler in _handlers[type(event)]:
        handler(scope, event)


def add_facts(facts: Sequence[models.Model]) -> set[UUID]:
    """Insert facts of one kind by ``(community, id)`` in one statement. Answers the ids of those that were not there.

    A fact that is there already is left as it is: whether it says the same is the caller's question.
    """
    if not facts:
        return set()
    meta = facts[0]._meta
    fields = meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    arrays = ", ".join(f"%s::{field.rel_db_type(connection)}[]" for field in fields)
    values = [
        [field.get_db_prep_save(getattr(fact, field.attname), connection) for fact in facts]
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(meta.db_table)} ({columns}) select * from unnest({arrays})"  # noqa: S608 names of our own
            " on conflict (community, id) do nothing returning id",
            values,
        )
        return {row[0] for row in cursor.fetchall()}
