"""Statements that are sent so often that preparing them pays: where phones come in by the hundred a second."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What ``statement`` returns. Its parameters travel beside it (``%b``: in binary), and PostgreSQL plans it once a
    connection; Django's own cursor writes them into the text each time.

    Behind the wall like any other: it is the transaction's connection.
    """
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []
