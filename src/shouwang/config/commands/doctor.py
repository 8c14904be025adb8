"""Check an installation and say, in words that tell what to do, what is wrong with it."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shouwang.config.datadir import data_dir

GIB = 1024**3


@dataclass(frozen=True)
class Finding:
    """The outcome of one check: `fault` must be mended, `warning` should be, neither means it is well."""

    what: str
    detail: str = ""
    fault: str = ""
    warning: str = ""


def run(options: argparse.Namespace) -> int:
    from shouwang.config.commands import start

    start()
    bad = 0
    for check in CHECKS:
        finding = check()
        bad += bool(finding.fault)
        sign = "✗" if finding.fault else "!" if finding.warning else "✓"
        print(f"{sign} {finding.what}: {finding.fault or finding.warning or finding.detail}")
    print(f"\n{bad} to mend." if bad else "\nAll is well.")
    return 1 if bad else 0


def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())


def python() -> Finding:
    have = ".".join(map(str, sys.version_info[:3]))
    fault = "" if sys.version_info >= (3, 11) else f"{have} is too old; install Python 3.11 or later."
    return Finding("Python", have, fault)


def server_version() -> Finding:
    number, text = int(ask("show server_version_num")[0][0]), ask("show server_version")[0][0]
    fault = "" if number >= 150_000 else f"{text} is too old; Shouwang needs PostgreSQL 15 or later."
    return Finding("PostgreSQL", text, fault)


def role() -> Finding:
    name, superuser, bypass = ask(
        "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
    )[0]
    fault = ""
    if superuser or bypass:
        fault = (
            f"the role {name!r} of DATABASE_URL walks through row-level security, so jurisdictions would not hold. "
            f"Make one that does not: CREATE ROLE shouwang LOGIN NOSUPERUSER NOBYPASSRLS; and give it the database."
        )
    return Finding("Database role", name, fault)


def walls() -> Finding:
    bare = ask(
        """
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community'
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace and not a.attisdropped
          and not (c.relrowsecurity and c.relforcerowsecurity
                   and exists (select 1 from pg_policy p where p.polrelid = c.oid))
        order by 1
        """
    )
    walled = ask("select count(*) from pg_class where relforcerowsecurity")[0][0]
    fault = (
        f"no forced row-level security on {', '.join(name for (name,) in bare)}. Run: shouwang migrate"
        if bare
        else ""
    )
    return Finding("Walls", f"row-level security forced on {walled} tables", fault)


def migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    fault = f"{len(plan)} not applied, first {plan[0][0]}. Run: shouwang migrate" if plan else ""
    return Finding("Migrations", "all applied", fault)


def keys() -> Finding:
    folder = data_dir() / "keys"
    loose = [p.name for p in folder.iterdir() if p.stat().st_mode & 0o077]
    fault = f"others can read {', '.join(loose)} in {folder}. Run: chmod 600 {folder}/*" if loose else ""
    return Finding(
        "Keys", f"{folder} (keep a copy of it somewhere else: without it sealed fields are lost)", fault
    )


def pass_keys() -> Finding:
    from shouwang.gates.queries.trust import keyring
    from shouwang.gates.rules.token import KeyringError
    from shouwang.gates.rules.token.keyring import root_here

    try:
        ring = keyring()
    except KeyringError as error:
        return Finding("Pass keys", fault=str(error))
    now = int(dt.datetime.now(dt.UTC).timestamp())
    latest = max((key.expires for key, _ in ring.own), default=0)
    fault = warning = ""
    if not ring.own:
        fault = "no key of this server is in the bundle: no pass can be signed. Run: shouwang trust new-key"
    elif latest < now + 60 * 24 * 3600:
        warning = "the keys that sign passes end within 60 days. Run: shouwang trust new-key"
    elif root_here(data_dir() / "keys"):
        warning = (
            "the root lies on this server: who breaks in can forge every pass. "
            "Move it to a safe: shouwang trust root --move --out FILE"
        )
    return Finding("Pass keys", f"bundle {ring.bundle.version}, the root is kept elsewhere", fault, warning)


def disk() -> Finding:
    free = shutil.disk_usage(data_dir()).free / GIB
    fault = f"only {free:.1f} GiB free at {data_dir()}; make room." if free < 1 else ""
    warning = f"{free:.1f} GiB free at {data_dir()}; a city needs about 10." if free < 10 else ""
    return Finding("Disk", f"{free:.0f} GiB free", fault, warning)


def zone() -> Finding:
    from django.conf import settings
    from django.utils import timezone

    try:
        offset = timezone.localtime().utcoffset()
    except Exception as error:
        return Finding(
            "Time zone", fault=f"{settings.TIME_ZONE} is unknown here ({error}). Run: pip install tzdata"
        )
    return Finding("Time zone", f"{settings.TIME_ZONE}, UTC+{offset}")


def clock() -> Finding:
    there = ask("select clock_timestamp()")[0][0]
    apart = abs((dt.datetime.now(dt.UTC) - there).total_seconds())
    fault = f"this machine and the database differ by {apart:.0f} s; set both by NTP." if apart > 5 else ""
    return Finding("Clock", f"{apart:.1f} s from the database's", fault)


def partitions() -> Finding:
    from shouwang.access.clock import today
    from shouwang.access.partitions import fact_tables

    day = today()
    coming = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    missing = [
        f"{table}_{month:%Y%m}"
        for table in fact_tables()
        for month in (day, coming)
        if not ask("select to_regclass(%s)", f"{table}_{month:%Y%m}")[0][0]
    ]
    warning = ""
    if missing:
        warning = (
            f"{len(missing)} months are not prepared ({missing[0]}, …); the worker makes them, is it running?"
        )
    return Finding("Partitions", "this month's and the next's are there", warning=warning)


def worker() -> Finding:
    late = ask(
        "select count(*) from procrastinate_jobs where status = 'todo'"
        " and coalesce(scheduled_at, now()) < now() - interval '10 minutes'"
    )[0][0]
    warning = f"{late} jobs have waited for more than ten minutes; is `shouwang up` running?" if late else ""
    return Finding("Worker", "no job is waiting", warning=warning)


def static_files() -> Finding:
    from django.contrib.staticfiles import finders

    wanted = ["css/shouwang.css"]
    missing = [name for name in wanted if not finders.find(name)]
    fault = f"{', '.join(missing)} is not in the package; install it again." if missing else ""
    return Finding("Static files", "there", fault)


def translations() -> Finding:
    package = Path(__file__).resolve().parents[2]
    stale = [
        str(po.relative_to(package))
        for po in package.glob("**/locale/*/LC_MESSAGES/django.po")
        if not po.with_suffix(".mo").exists()
    ]
    fault = f"not compiled: {', '.join(stale)}. Run: make messages" if stale else ""
    return Finding("Translations", "compiled", fault)


CHECKS: tuple[Callable[[], Finding], ...] = (
    python, server_version, role, migrations, walls, partitions, keys, pass_keys, disk, zone, clock, worker,
    static_files, translations,
)  # fmt: skip
