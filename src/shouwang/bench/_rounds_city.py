"""A city with its history in two databases of their own: one on its first day, one on its sixtieth.

Both hold the demo's city of 1.2 million. The second holds facts of the days before too: of the whole city for as many
days as make ten million and more, of one town for sixty days.
"""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection
from psycopg import sql

from shouwang.demo.invented.people import TODAY

FIRST, SIXTIETH = "shouwang_rounds_day_1", "shouwang_rounds_day_60"
TOWN = 429006001000
"""Its communities have all sixty days."""
WATCHES = 20_000
"""Open watch periods in each."""
_ANALYZED = ("screening_round", "screening_duelist", "screening_attempt", "screening_reading", "people_watch")
_SEEING_ALL = "set shouwang.scope = '{[0,999999999999]}'"
_MONTHS = """
import datetime as dt
from shouwang.access.partitions import ensure_months
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
with acting(Scope.system(reason="bench rounds")):
    ensure_months([dt.date(2019, 12, 1), dt.date(2020, 1, 1), dt.date(2020, 2, 1)])
"""
# One day of the communities between two codes, as today's due list has them: 19 of 20 households reached by call, one
# in twenty not, a need now and then. Ids are UUIDv7s of the moment.
_ID = """(lpad(to_hex((extract(epoch from {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5({seed}), 1, 3) || 'a'
    || substr(md5({seed}), 4, 15))::uuid"""
_DAY = [
    """
insert into screening_round (community, day, slot, opened_at, closed_at, households_due, residents_due,
    households_reached, residents_reached, attempts, fevers, updated_at)
  select community, %(day)s, 'day', %(day)s + time '07:30', %(day)s + time '23:50', households_due, residents_due, 0, 0,
    0, 0, now()
  from screening_round where day = %(today)s and slot = 'day' and community between %(first)s and %(last)s
  on conflict do nothing
""",
    """
insert into screening_duelist (round_id, community, households, residents, twice, updated_at)
  select r.id, r.community, d.households, d.residents, d.twice, now()
  from screening_round r
  join screening_round t on t.community = r.community and t.day = %(today)s and t.slot = 'day'
  join screening_duelist d on d.round_id = t.id
  where r.day = %(day)s and r.community between %(first)s and %(last)s
  on conflict do nothing
""",
    """
create temp table called on commit drop as
  select r.community, r.id as round, u.household, array_agg(u.resident) as residents,
    %(day)s + time '08:00' + (u.household * 7919 + %(number)s * 104729) %% 43200 * interval '1 second' as at,
    (u.household * 31 + %(number)s * 17) %% 20 > 0 as reached
  from screening_round r join screening_duelist d on d.round_id = r.id,
    unnest(d.households, d.residents) u(household, resident)
  where r.day = %(day)s and r.community between %(first)s and %(last)s
    and r.attempts = 0 -- communities of the scene have played some of these days
  group by 1, 2, 3
""",
    f"""
insert into screening_attempt (community, id, round, household, channel, outcome, answered_by, needs, trouble,
    remarks, made_at, received_at, made_by, keeper, proxy)
  select community, {_ID.format(at="at", seed="household::text || %(number)s")}, round, household,
    case when household %% 10 = 0 then 'self' else 'call' end,
    case when reached then 'reached' else 'no_answer' end, case when reached then 'resident' else 'nobody' end,
    case when household %% 211 = %(number)s %% 211 then '需要一袋米和降压药' else '' end, '', '', at, at, 1, '', false
  from called
""",  # noqa: S608 a name of our own
    f"""
insert into screening_reading (community, id, round, day, household, resident, source, source_id, temperature,
    symptoms, fever, made_at, received_at, made_by)
  select community, {_ID.format(at="at", seed="resident::text || %(number)s")}, round, %(day)s, household, resident,
    case when household %% 10 = 0 then 'self' else 'call' end,
    {_ID.format(at="at", seed="household::text || %(number)s")},
    36.2 + (resident * 13 + %(number)s * 7) %% 10 / 10.0, array[]::varchar[], false, at, at, 1
  from called, unnest(residents) resident where reached
""",  # noqa: S608 a name of our own
    """
update screening_round r set households_reached = c.homes, residents_reached = c.people, attempts = c.attempts
  from (select round, count(*) filter (where reached) as homes, count(*) as attempts,
          coalesce(sum(cardinality(residents)) filter (where reached), 0) as people from called group by round) c
  where r.id = c.round
""",
]


_WATCHED = """
insert into people_watch (community, household, resident, reason, twice_daily, from_day, until_day, started_at)
  select community, household_id, id, 'returnee', id %% 3 = 0, %(day)s - 5, %(day)s + 9, now()
  from people_resident where presence = 'present' and id %% 61 = 0 order by id limit %(watches)s
  on conflict do nothing
"""


def environment(database: str) -> dict[str, str]:
    """For a process of the application that works on one of the two, with the demo's clock."""
    return {**os.environ, "SHOUWANG_DEMO": "1", "DATABASE_URL": _address(database)}


def prepare(days: int) -> int:
    """Make both databases if they are not there, ``days`` of the whole city in the second. Answers its facts."""
    _make(FIRST)
    _shouwang(FIRST, "demo", "--city", "--no-serve")
    _make(SIXTIETH, template=FIRST)
    _shouwang(SIXTIETH, "migrate")
    _shouwang(SIXTIETH, "manage", "shell", "--verbosity", "0", "-c", _MONTHS)
    for database in (FIRST, SIXTIETH):
        with plain(database) as server:
            server.execute(_WATCHED, {"day": TODAY, "watches": WATCHES})
    with plain(SIXTIETH) as server:
        for number in range(1, 60):
            _fill(server, number, *((0, 10**12) if number < days else (TOWN, TOWN + 999)))
    for database in (FIRST, SIXTIETH):
        with plain(database) as server:
            server.autocommit = True
            for table in (
                "screening_round",
                "screening_duelist",
                "screening_attempt",
                "screening_reading",
                "people_watch",
            ):
                server.execute(f"vacuum analyze {table}")
    with plain(SIXTIETH) as server:
        row = server.execute(
            "select (select count(*) from screening_attempt) + (select count(*) from screening_reading)"
        ).fetchone()
        return int(row[0]) if row else 0


def drop() -> None:
    """Take both away again."""
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        for name in (FIRST, SIXTIETH):
            server.execute(f"drop database if exists {name} with (force)")


@contextmanager
def plain(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection without the application, that sees all communities."""
    with psycopg.connect(_address(database)) as server:
        server.execute(_SEEING_ALL)
        server.execute("set timezone = 'Asia/Shanghai'")
        server.commit()
        yield server


def _fill(server: psycopg.Connection[Any], number: int, first: int, last: int) -> None:
    """The day ``number`` days before today, in the communities that have no round of it."""
    day = TODAY - dt.timedelta(days=number)
    towns = server.execute(
        "select distinct community / 1000 * 1000 from screening_round t where day = %(today)s and community"
        " between %(first)s and %(last)s and not exists (select from screening_round r"
        " where r.community = t.community and r.day = %(day)s) order by 1",
        {"today": TODAY, "day": day, "first": first, "last": last},
    ).fetchall()
    for (town,) in towns:
        values = {"day": day, "today": TODAY, "number": number, "first": town, "last": town + 999}
        for statement in _DAY:
            server.execute(statement, values)
        server.commit()
    if towns:
        print(f"{day}: history of {len(towns)} towns", file=sys.stderr, flush=True)


def _make(name: str, template: str = "template0") -> bool:
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return False
        server.execute(f"create database {name} template {template}")
        # The mark that its people are invented does not come along with the copy.
        row = server.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [template]
        ).fetchone()
        if template != "template0" and row and row[0]:
            server.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), row[0]))
        return True


def _shouwang(database: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "shouwang", *arguments]
    subprocess.run(command, check=True, env=environment(database), stdout=subprocess.DEVNULL)


def _address(database: str) -> str:
    here = connection.settings_dict
    who = quote(here["USER"]) + (f":{quote(here['PASSWORD'])}" if here["PASSWORD"] else "")
    port = f"&port={here['PORT']}" if here["PORT"] else ""
    return f"postgresql://{who}@/{database}?host={quote(here['HOST'], safe='')}{port}"


def _parameters(database: str) -> dict[str, Any]:
    here = connection.settings_dict
    found = {"dbname": database, "user": here["USER"], "password": here["PASSWORD"], "host": here["HOST"]}
    return {name: value for name, value in {**found, "port": here["PORT"]}.items() if value}
