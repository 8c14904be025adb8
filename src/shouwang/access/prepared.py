"""Statements that are sent so often that preparing them pays: where phones come in by the hundred a second."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import psycopg
from django.db import connection

Parameters = Sequence[Any] | Mapping[str, Any]
Asked = tuple[str, Parameters]
"""A statement and its parameters."""


def rows(statement: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """What ``statement`` returns. Its parameters travel beside it (``%b``: in binary), and PostgreSQL plans it once a
    connection; Django's own cursor writes them into the text each time.

    Behind the wall like any other: it is the transaction's connection.
    """
    return together((statement, parameters))[0]


def together(*asked: Asked) -> list[list[tuple[Any, ...]]]:
    """What several statements return, run one after another but sent in one go: one round trip, not one each."""
    connection.ensure_connection()
    here = connection.connection
    with here.pipeline() if len(asked) > 1 else nullcontext():
        cursors = [psycopg.Cursor(here) for _ in asked]
        for cursor, (statement, parameters) in zip(cursors, asked, strict=True):
            cursor.execute(statement, parameters, prepare=True)
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]
