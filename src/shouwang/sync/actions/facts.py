"""Facts are taken in once, in sets."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def add_facts(facts: Sequence[models.Model]) -> set[UUID]:
    """Insert facts of one kind by ``(community, id)`` in one statement. Answers the ids of those that were not there.

    A fact that is there already is left as it is: whether it says the same is the caller's question.
    """
    if not facts:
        return set()
    meta = facts[0]._meta
    columns = [_Column.of(field) for field in meta.concrete_fields]
    values = [column.values(facts) for column in columns]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(meta.db_table)} ({', '.join(column.name for column in columns)})"  # noqa: S608 names of our own
            f" select {', '.join(column.read for column in columns)}"
            f" from unnest({', '.join(column.sent for column in columns)})"
            f" as sent ({', '.join(column.name for column in columns)})"
            " on conflict (community, id) do nothing returning id",
            values,
        )
        return {row[0] for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a set of facts on its way through ``unnest``: a whole column is one parameter."""

    field: "models.Field[Any, Any]"
    name: str
    sent: str
    read: str
    is_array: bool

    @classmethod
    def of(cls, field: "models.Field[Any, Any]") -> "_Column":
        name = connection.ops.quote_name(str(field.column))
        kind = field.rel_db_type(connection)
        if isinstance(field, ArrayField):
            # unnest would flatten arrays of arrays, so each travels as its text.
            return cls(field, name, "%s::text[]", f"{name}::{kind}", is_array=True)
        return cls(field, name, f"%s::{kind}[]", name, is_array=False)

    def values(self, facts: Sequence[models.Model]) -> list[Any]:
        # Itself: the proxy ``connection`` is looked up anew at every touch.
        here = connections[DEFAULT_DB_ALIAS]
        prepared, name = self.field.get_db_prep_save, self.field.attname
        plain = next((kind for made, kind in _PLAIN if isinstance(self.field, made)), None)
        found: list[Any] = [
            value if value is None or type(value) is plain else prepared(value, here)
            for value in (getattr(fact, name) for fact in facts)
        ]
        return [None if value is None else _array_text(value) for value in found] if self.is_array else found


_PLAIN: tuple[tuple[type["models.Field[Any, Any]"], type], ...] = (
    (models.IntegerField, int),
    (models.CharField, str),
    (models.UUIDField, UUID),
    (models.DateTimeField, dt.datetime),
    (models.BooleanField, bool),
)
"""Of these fields such values go as they are; asking the field of each takes a third of the whole way."""


def _array_text(values: Sequence[object]) -> str:
    """PostgreSQL's text of an array: ``{"cough","fatigue"}``."""
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
