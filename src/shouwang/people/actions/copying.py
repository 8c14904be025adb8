"""Write very many rows: by COPY into a passing table and from there, through the wall, to their places.

PostgreSQL refuses COPY straight into a table with row-level security.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from shouwang.access.sealed import SealedTextField, seal


def insert_by_copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert new rows of `model`; the database gives them their ids. Signals and ``save`` are passed by."""
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    columns = _columns(fields)
    with _arrived(model, fields, rows) as cursor:
        cursor.execute(f"INSERT INTO {_table(model)} ({columns}) SELECT {columns} FROM arrived")  # noqa: S608


def update_by_copy(model: type[models.Model], rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Save the fields `names` of known rows, in one statement."""
    fields = [model._meta.get_field(name) for name in names]
    new = ", ".join(f"{column} = arrived.{column}" for column in _columns(fields).split(", "))
    with _arrived(model, [model._meta.pk, *fields], rows) as cursor:
        cursor.execute(f"UPDATE {_table(model)} AS kept SET {new} FROM arrived WHERE kept.id = arrived.id")  # noqa: S608


@contextmanager
def _arrived(model: type[models.Model], fields: Sequence[Any], rows: Iterable[models.Model]) -> Iterator[Any]:
    """The rows in a table ``arrived`` of their own, while this lasts."""
    columns = _columns(fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE arrived ON COMMIT DROP AS SELECT {columns} FROM {_table(model)} WITH NO DATA"  # noqa: S608
        )
        with cursor.copy(f"COPY arrived ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_value(field, getattr(row, field.attname)) for field in fields])
        yield cursor
        cursor.execute("DROP TABLE arrived")


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(fields: Sequence[Any]) -> str:
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, SealedTextField) and value is not None:
        return seal(value) if isinstance(value, str) else value.stored
    return value
