"""Monthly partitions of the facts, so that purging a month is dropping a table."""

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.db import connection, transaction

from shouwang.access.migrations_ops import wall_sql
from shouwang.kernel.uuid7 import first_uuid_at, time_of


def fact_tables() -> list[str]:
    """The tables of all facts: models that say ``is_fact``."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "is_fact", False))


def ensure_months(days: Iterable[dt.date]) -> list[str]:
    """Make the partitions of the months that hold ``days``, for every fact. Answers the names of the new ones.

    Rows that went to the default partition meanwhile are moved. Harmless when repeated.
    """
    months = sorted({day.replace(day=1) for day in days})
    return [name for table in fact_tables() for month in months if (name := _ensure(table, month))]


def _ensure(table: str, month: dt.date) -> str | None:
    name = f"{table}_{month:%Y%m}"
    following = (month + dt.timedelta(days=32)).replace(day=1)
    low, high = (
        first_uuid_at(dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)) for day in (month, following)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [name])
        cursor.execute("select to_regclass(%s)", [name])
        if cursor.fetchone()[0] is not None:
            return None
        cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
        cursor.execute(f"ALTER TABLE {table}_rest DISABLE ROW LEVEL SECURITY")
        cursor.execute(
            f"WITH moved AS (DELETE FROM {table}_rest WHERE id >= %s AND id < %s RETURNING *)"  # noqa: S608
            f" INSERT INTO {name} SELECT * FROM moved",
            [low, high],
        )
        cursor.execute(f"ALTER TABLE {table}_rest ENABLE ROW LEVEL SECURITY")
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}')")
        for statement in wall_sql(name, append_only=True):
            cursor.execute(statement)
    return name


def drop_months_before(table: str, day: dt.date) -> list[str]:
    """Destroy the months of ``table`` that had ended by ``day``, what lies in the default partition too.

    An id tells the month in which something happened; where the clock of a device was off by a year it tells a wrong
    one. So a month stays as long as it holds a row that was received on ``day`` or after. The caller's scope must show
    all communities. Answers the names of the months dropped. Harmless when repeated.
    """
    fresh = _received_since(table, day)
    while (oldest := _oldest_unsorted(table, fresh)) is not None and oldest.replace(day=1) < day.replace(
        day=1
    ):
        _ensure(table, oldest.replace(day=1))  # takes its rows out of the default partition
    dropped = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass", [table]
        )
        for (name,) in cursor.fetchall():
            month = name.removeprefix(f"{table}_")
            if not month.isdigit() or dt.datetime.strptime(month, "%Y%m").date() >= day.replace(day=1):  # noqa: DTZ007
                continue
            cursor.execute(f"select exists (select 1 from {name} where {fresh})")  # noqa: S608 a name of our own
            if not cursor.fetchone()[0]:
                cursor.execute(f"DROP TABLE {name}")
                dropped.append(name)
    return sorted(dropped)


def _received_since(table: str, day: dt.date) -> str:
    """The condition that a row was received on ``day`` or after; never true of facts that are made here."""
    columns = {
        field.column
        for model in apps.get_models()
        if model._meta.db_table == table
        for field in model._meta.fields
    }
    return f"received_at >= '{day.isoformat()}'" if "received_at" in columns else "false"


def _oldest_unsorted(table: str, fresh: str) -> dt.date | None:
    """The day of the oldest row in the default partition that is not ``fresh``."""
    with connection.cursor() as cursor:
        cursor.execute(f"select id from {table}_rest where not ({fresh}) order by id limit 1")  # noqa: S608 a name of our own
        row = cursor.fetchone()
    return time_of(row[0]).date() if row else None
