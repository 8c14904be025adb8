"""Migration operations for the wall and for facts."""

from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

SCOPE = "(select nullif(current_setting('shouwang.scope', true), '')::int8multirange)"
"""A scalar sub-select, so that PostgreSQL works it out once a statement and not once a row."""


def wall_sql(table: str, *, append_only: bool = False) -> list[str]:
    """Statements that put row-level security on ``table`` by its ``community`` column, its owner included.

    ``append_only`` tables get no policy for UPDATE and DELETE, so PostgreSQL touches no row with them.
    """
    inside = f"community <@ {SCOPE}"
    policies = (
        [
            f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({inside})",
            f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK ({inside})",
        ]
        if append_only
        else [f"CREATE POLICY wall ON {table} USING ({inside}) WITH CHECK ({inside})"]
    )
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *policies,
    ]


class Wall(migrations.RunSQL):
    """Row-level security by jurisdiction on one table."""

    def __init__(self, table: str, append_only: bool = False) -> None:
        self.table, self.append_only = table, append_only
        statements: list[Any] = [*wall_sql(table, append_only=append_only)]
        super().__init__(statements, migrations.RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.table], {"append_only": self.append_only}


class CreateFact(migrations.CreateModel):
    """Create the table of a fact: append-only, partitioned by the time in its UUIDv7 ``id``, behind the wall.

    A default partition takes what no month has been prepared for; ``access.partitions`` makes the months.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        plain = schema_editor.sql_create_table
        schema_editor.sql_create_table = plain + " PARTITION BY RANGE (id)"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = plain
        model: type[models.Model] = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        schema_editor.execute(f"CREATE TABLE {table}_rest PARTITION OF {table} DEFAULT")
        for name in (table, f"{table}_rest"):
            for statement in wall_sql(name, append_only=True):
                schema_editor.execute(statement)
