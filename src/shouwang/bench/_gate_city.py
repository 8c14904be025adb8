"""A city's gates in a database of their own, for the measurements of the gate: never in the tables of anybody."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
from django.db import connection

DATABASE = "shouwang_gate_bench"
HOUSEHOLDS = 600
"""Of each community; in each a resident with a pass."""
DEVICES = 3000
CHUNK = 500_000
_DAYS = 25
"""So many days back the checks that are there reach."""

SEEING_ALL = "set shouwang.scope = '{[0,999999999999]}'"
_MONTHS = f"""
import datetime as dt
from shouwang.access import clock
from shouwang.access.partitions import ensure_months
from shouwang.access.wall import acting
from shouwang.kernel.scope import Scope
with acting(Scope.system(reason="bench gate")):
    ensure_months([clock.today() - dt.timedelta(days=days) for days in (0, {_DAYS})])
"""
_PEOPLE = """
insert into places_entrance (community, name, status, reason, changed_at, "order")
  select code, 'gate', 'open', '', now(), 0 from unnest(%(codes)s::bigint[]) code;
insert into people_household
  (community, building, unit, room, address, address_key, number, remarks, active, created_at, updated_at)
  select code, '', '', '', n::text, n::text, '', '', true, now(), now()
  from unnest(%(codes)s::bigint[]) code, generate_series(1, %(households)s) n;
insert into people_resident (community, name, initials, sex, id_kind, id_tail, phone_mask, phone_tail, relation,
    remarks, presence, created_at, updated_at, household_id)
  select community, 'resident', 'r', '', '', '', '', '', '', '', 'here', now(), now(), id from people_household;
insert into gates_pass (community, area, pass_id, code, kind, resident_id, household_id, valid_from, valid_until,
    issued_at, revoke_reason, holder, plate, purpose)
  select community, community, gen_random_uuid(), lpad(upper(to_hex(id)), 8, '0'), 'resident', id, household_id,
    date_trunc('day', now()) - interval '10 days', date_trunc('day', now()) + interval '20 days', now(), '', '', '', ''
  from people_resident;
insert into sync_device (community, device_id, entrance, name, secret_digest, enrolled_at, revoke_reason, app_version,
    unsent, clock_ahead)
  select w.community, gen_random_uuid(), w.id, 'gate ' || n, sha256(('secret' || n)::bytea), now(), '', '', 0, 0
  from generate_series(0, %(devices)s - 1) n
  join (select community, id, row_number() over (order by id) - 1 as place from places_entrance) w
    on w.place = n / 8 %% array_length(%(codes)s::bigint[], 1);
"""
_CHECKS = """
with people as materialized (
  select row_number() over (order by p.id) - 1 as place, p.id as number, p.pass_id, p.community, r.id as resident,
    r.household_id as household, w.id as entrance
  from gates_pass p join people_resident r on r.id = p.resident_id join places_entrance w on w.community = p.community
), made as (
  select n, now() - random() * interval '%(days)s days' as at from generate_series(%(first)s, %(last)s) n
)
insert into gates_check (community, id, entrance, pass_number, pass_id, pass_kind, pass_code, household, resident,
  direction, emergency, verdict, reason, temperature, fever, masked, plate, remarks, made_at, received_at, device,
  device_clock, keeper, digest)
select community,
  (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || 'a'
    || substr(md5(n::text), 4, 15))::uuid,
  entrance, number, pass_id, 'resident', '', household, resident, 'out', false, 'green', 'ok',
  36 + n %% 12 / 10.0, false, true, '', '', at, at, 1, at, 'keeper', decode(md5(n::text), 'hex')
from made join people on place = n::bigint * 7919 %% (select count(*) from people)
"""


@dataclass(frozen=True, slots=True)
class Phone:
    """A device that may send, its gate, and passes of the people there: (pass id, household)."""

    community: int
    entrance: int
    token: str
    passes: list[tuple[UUID, int]]


def address() -> str:
    """Of the scratch database, on the server that is in use. Made if need be."""
    here = connection.settings_dict
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        if not server.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            server.execute(f"create database {DATABASE} template template0")
    who = quote(here["USER"]) + (f":{quote(here['PASSWORD'])}" if here["PASSWORD"] else "")
    port = f"&port={here['PORT']}" if here["PORT"] else ""
    return f"postgresql://{who}@/{DATABASE}?host={quote(here['HOST'], safe='')}{port}"


def drop() -> None:
    """Take the scratch database away again."""
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as server:
        server.execute(f"drop database if exists {DATABASE} with (force)")


def environment() -> dict[str, str]:
    """For a process of the application that works on the scratch database, with the real clock."""
    return {name: value for name, value in os.environ.items() if name != "SHOUWANG_DEMO"} | {
        "DATABASE_URL": address()
    }


def prepare(checks: int) -> None:
    """Bring the scratch database to ``checks`` checks, in a process of its own; what is there stays."""
    for arguments in (["migrate"], ["manage", "shell", "--verbosity", "0", "-c", _MONTHS]):
        command = [sys.executable, "-m", "shouwang", *arguments]
        subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)
    with plain() as server:
        _people(server)
        _checks(server, checks)


@contextmanager
def plain(**more: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the scratch database without the application, that sees all communities."""
    with psycopg.connect(address(), **more) as server:
        server.execute(SEEING_ALL)
        server.commit()
        yield server


def phones(count: int, *, apart: bool = True) -> list[Phone]:
    """The first ``count`` devices; ``apart``: each at another gate, while there are any, else eight at one gate."""
    with plain() as server:
        rows = server.execute(
            "select name, device_id, community, entrance from sync_device"
            " order by case when %s then id %% 8 end, id limit %s",
            [apart, count],
        ).fetchall()
        held: dict[int, list[tuple[UUID, int]]] = {}
        for community, pass_id, household in server.execute(
            "select community, pass_id, household_id from gates_pass where community = any(%s) order by id",
            [[row[2] for row in rows]],
        ):
            held.setdefault(community, []).append((pass_id, household))
    return [
        Phone(
            community,
            entrance,
            f"{community}.{device_id}.secret{name.split()[1]}",
            held[community],
        )
        for name, device_id, community, entrance in rows
    ]


def _people(server: psycopg.Connection[Any]) -> None:
    if server.execute("select exists (select from sync_device)").fetchone() == (True,):
        return
    from shouwang.demo.scene.setting import divisions

    codes = [code for code, _ in divisions()]
    for statement in _PEOPLE.split(";\n"):
        if statement.strip():
            server.execute(statement, {"codes": codes, "households": HOUSEHOLDS, "devices": DEVICES})
    server.commit()


def _checks(server: psycopg.Connection[Any], wanted: int) -> None:
    row = server.execute("select count(*) from gates_check").fetchone()
    have = int(row[0]) if row else 0
    if have >= wanted:
        return
    while have < wanted:
        some = min(CHUNK, wanted - have)
        server.execute(_CHECKS % {"first": have, "last": have + some - 1, "days": _DAYS})
        server.commit()
        have += some
    server.commit()
    server.autocommit = True
    server.execute("vacuum analyze gates_check")
    server.execute("analyze gates_pass")


def _parameters(database: str) -> dict[str, Any]:
    here = connection.settings_dict
    found = {"dbname": database, "user": here["USER"], "password": here["PASSWORD"], "host": here["HOST"]}
    return {name: value for name, value in {**found, "port": here["PORT"]}.items() if value}


_DESK = """
from django.contrib.auth import get_user_model
from django.test import Client
from shouwang.access.actions import create_user, grant_role
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.kernel.areas import level_of
from shouwang.kernel.scope import Scope
from shouwang.places.models import Area
system = Scope.system(reason="bench gate")
with acting(system):
    for code in ({community} // 10**6 * 10**6, {community} // 1000 * 1000, {community}):
        Area.objects.get_or_create(code=code, defaults=dict(name=str(code), level=level_of(code)))
    user = get_user_model().objects.filter(username="bench-desk").first()
    if user is None:
        user = create_user(system, username="bench-desk", display_name="bench")
        grant_role(system, user_id=user.pk, role=Role.OFFICE, area={community})
client = Client()
with acting(system):
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
print("session", client.cookies["sessionid"].value)
"""


def desk(community: int) -> list[bytes]:
    """Requests for pages of the desk of ``community``, by somebody of its office who has signed in."""
    command = [sys.executable, "-m", "shouwang", "manage", "shell", "--verbosity", "0", "-c"]
    told = subprocess.run(
        [*command, _DESK.format(community=community)],
        check=True,
        env=environment(),
        capture_output=True,
        text=True,
    ).stdout
    session = told.split("session ")[1].split()[0]
    return [
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}\r\n\r\n".encode()
        for path in (f"/gates/{community}", f"/gates/{community}/checks", f"/today/{community}")
    ]
