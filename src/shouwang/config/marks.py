"""What kind of town a database holds, written on the database itself: the demo and real people must never mix."""

from django.db import connection

DEMO = "shouwang demo: every person in it is invented"


def is_demo() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        return bool(cursor.fetchone()[0] == DEMO)


def mark_demo() -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"comment on database {name} is '{DEMO}'")
