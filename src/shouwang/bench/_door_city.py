"""Households behind their links in a database of their own, for the measurements of the door."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection

DATABASE = "shouwang_door_bench"
LARGE, HOUSEHOLDS, SMALL, COMMUNITIES = 429006001023, 7000, 600, 200
"""One community of 7,000 households of three, and 200 of 600: 127,000 households, the links of 381,000 people."""
_SEEING_ALL = "set shouwang.scope = '{[0,999999999999]}'"
_PEOPLE = """
insert into people_household
  (community, building, unit, room, address, address_key, number, remarks, active, created_at, updated_at)
  select %(community)s, '', '', '', n::text, n::text, '', '', true, now(), now() from generate_series(1, %(homes)s) n;
insert into people_resident (community, name, initials, sex, id_kind, id_tail, phone_mask, phone_tail, relation,
    remarks, presence, created_at, updated_at, household_id)
  select h.community, '赵' || n, 'z', '', '', '', '', '', '', '', 'present', now(), now(), h.id
  from people_household h, generate_series(1, 3) n where h.community = %(community)s;
"""
_READY = """
import datetime as dt
from shouwang.access import clock
from shouwang.access.partitions import ensure_months
from shouwang.access.wall import acting
from shouwang.door.actions import make_links
from shouwang.kernel.areas import level_of
from shouwang.kernel.scope import Scope
from shouwang.places.models import Area
from shouwang.screening.actions import open_round
system = Scope.system(reason="bench door")
with acting(system):
    ensure_months([clock.today()])
    for code in {codes}:
        Area.objects.get_or_create(code=code, defaults=dict(name=str(code), level=level_of(code)))
        make_links(system, community=code)
        open_round(system, community=code)
"""
_TOKENS = """
import json
from shouwang.access.wall import acting
from shouwang.door.queries.links import cards
from shouwang.kernel.scope import Scope
system = Scope.system(reason="bench door")
with acting(system):
    found = {{code: cards(system, code) for code in {codes}}}
    said = {{code: {{home: str(card.token) for home, card in some.items()}} for code, some in found.items()}}
    print(json.dumps(said))
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A household with its link."""

    token: str
    people: tuple[int, ...]


def codes() -> list[int]:
    """The large community first, then the small ones of one county."""
    return [LARGE, *(429006100000 + 1000 * (at // 20) + 1 + at % 20 for at in range(COMMUNITIES))]


def address() -> str:
    """Of the scratch database, on the server that is in use. Made if need be."""
    here = connection.settings_dict
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        if not server.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            server.execute(f"create database {DATABASE} template template0")
    who = quote(here["USER"]) + (f":{quote(here['PASSWORD'])}" if here["PASSWORD"] else "")
    port = f"&port={here['PORT']}" if here["PORT"] else ""
    return f"postgresql://{who}@/{DATABASE}?host={quote(here['HOST'], safe='')}{port}"


def environment() -> dict[str, str]:
    """For a process of the application that works on the scratch database, with the real clock."""
    return {name: value for name, value in os.environ.items() if name != "SHOUWANG_DEMO"} | {
        "DATABASE_URL": address()
    }


def prepare() -> None:
    """People, links and today's rounds, as far as they are not there. What was reported before is taken away."""
    _shouwang("migrate")
    with plain() as server:
        there = {code for (code,) in server.execute("select distinct community from people_household")}
        for code in codes():
            if code not in there:
                homes = HOUSEHOLDS if code == LARGE else SMALL
                for statement in _PEOPLE.split(";\n"):
                    if statement.strip():
                        server.execute(statement, {"community": code, "homes": homes})
        server.commit()
    _shouwang("manage", "shell", "--verbosity", "0", "-c", _READY.format(codes=codes()))
    with plain() as server:
        for table in ("screening_reading", "screening_attempt", "door_doorday"):
            server.execute(f"truncate {table}")
        server.execute(
            "update screening_round set households_reached = 0, residents_reached = 0, attempts = 0, fevers = 0,"
            " residents_unassigned = residents_due"
        )
        server.execute("update door_doorlink set reported_on = null, reports = 0")
        server.commit()
        server.autocommit = True
        server.execute("vacuum analyze")


def homes() -> dict[int, list[Home]]:
    """The households of each community, with their tokens."""
    told = _shouwang("manage", "shell", "--verbosity", "0", "-c", _TOKENS.format(codes=codes()))
    tokens = {
        int(code): {int(home): token for home, token in found.items()}
        for code, found in json.loads(told).items()
    }
    people: dict[int, list[int]] = {}
    with plain() as server:
        for home, resident in server.execute("select household_id, id from people_resident order by id"):
            people.setdefault(home, []).append(resident)
    return {
        code: [Home(token, tuple(people[home])) for home, token in found.items()]
        for code, found in tokens.items()
    }


def agreed() -> tuple[int, int]:
    """People reached as the rounds count them, and as their readings do."""
    with plain() as server:
        row = server.execute(
            "select (select sum(residents_reached) from screening_round),"
            " (select count(distinct (community, resident)) from screening_reading)"
        ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)


@contextmanager
def plain() -> Iterator[psycopg.Connection[Any]]:
    """A connection without the application, that sees all communities."""
    with psycopg.connect(address()) as server:
        server.execute(_SEEING_ALL)
        server.commit()
        yield server


def _shouwang(*arguments: str) -> str:
    command = [sys.executable, "-m", "shouwang", *arguments]
    return subprocess.run(command, check=True, env=environment(), stdout=subprocess.PIPE, text=True).stdout


def _parameters(database: str) -> dict[str, Any]:
    here = connection.settings_dict
    found = {"dbname": database, "user": here["USER"], "password": here["PASSWORD"], "host": here["HOST"]}
    return {name: value for name, value in {**found, "port": here["PORT"]}.items() if value}
