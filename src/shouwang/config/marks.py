"""What kind of town a database holds, written on the database itself: the demo and real people must never mix."""

import psycopg
from psycopg import sql

from shouwang.config import database

DEMO = "shouwang demo: every person in it is invented"


def is_demo() -> bool:
    with psycopg.connect(database.url()) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == DEMO


def mark_demo() -> None:
    with psycopg.connect(database.url()) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("comment on database {} is {}").format(name, DEMO))
