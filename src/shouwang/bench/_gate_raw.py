"""What PostgreSQL does by itself on the same server: rows by ``unnest`` into the same table, single rows by pgbench."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from shouwang.bench._gate_city import SEEING_ALL, address
from shouwang.bench._gate_door import uuid7

SIZE = 500
_KINDS = {
    "community": "bigint", "id": "uuid", "entrance": "bigint", "pass_number": "bigint", "pass_id": "uuid",
    "pass_kind": "text", "pass_code": "text", "household": "bigint", "resident": "bigint", "direction": "text",
    "emergency": "bool", "verdict": "text", "reason": "text", "temperature": "numeric", "fever": "bool",
    "masked": "bool", "plate": "text", "remarks": "text", "made_at": "timestamptz", "received_at": "timestamptz",
    "made_by": "bigint", "corrects": "uuid", "device": "bigint", "device_clock": "timestamptz", "keeper": "text",
    "vehicle": "uuid", "visit": "uuid", "digest": "bytea",
}  # fmt: skip
_STATEMENT = (
    f"insert into gates_check ({', '.join(_KINDS)}) select * from unnest("  # noqa: S608
    + ", ".join(f"%b::{kind}[]" for kind in _KINDS.values())
    + ")"
)


def unnest_rate(clients: int, statements: int) -> float:
    """Rows a second of ``clients`` connections, each in a process of its own with ``statements`` sets made ready."""
    command = [sys.executable, "-m", "shouwang.bench._gate_raw", address(), str(statements)]
    children = [
        subprocess.Popen([*command, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for place in range(clients)
    ]
    try:
        for child in children:
            child.stdout and child.stdout.readline()
        for child in children:
            child.stdin and (child.stdin.write("go\n"), child.stdin.flush())
        spans = [json.loads(child.stdout.readline()) for child in children if child.stdout]
    finally:
        for child in children:
            child.communicate(timeout=60)
    seconds = max(end for _, end in spans) - min(start for start, _ in spans)
    return clients * statements * SIZE / seconds


def _sets(server: psycopg.Connection[Any], statements: int, place: int) -> list[list[list[Any]]]:
    """Full sets, column by column, each of the checks of another gate, as phones bring them."""
    gates = server.execute(
        "select community, entrance, id from sync_device order by id %% 8, id offset %s limit %s",
        [place * statements, statements],
    ).fetchall()
    now, sets = time.time(), []
    for community, entrance, device in gates:
        people = server.execute(
            "select id, pass_id, household_id, resident_id from gates_pass where community = %s", [community]
        ).fetchall()
        rows = []
        for number in range(SIZE):
            pass_, pass_id, household, resident = people[number % len(people)]
            at = datetime.fromtimestamp(now - 4 * 3600 + number * 14400 // SIZE, UTC)
            rows.append([
                community, uuid7(at.timestamp()), entrance, pass_, pass_id, "resident", "", household, resident,
                "out", False, "green", "ok", Decimal("36.5"), False, True, "", "", at, at, None, None, device, at,
                "王姐", None, None, b"0123456789abcdef",
            ])  # fmt: skip
        sets.append([list(column) for column in zip(*rows, strict=True)])
    return sets


def _work(url: str, statements: int, place: int) -> None:
    with psycopg.connect(url) as server:
        server.execute(SEEING_ALL)
        server.commit()
        sets = _sets(server, statements + 2, place)
        for columns in sets[:2]:
            server.execute(_STATEMENT, columns, prepare=True)
            server.commit()
        print("ready", flush=True)
        sys.stdin.readline()
        started = time.time()
        for columns in sets[2:]:
            server.execute(_STATEMENT, columns, prepare=True)
            server.commit()
        print(json.dumps([started, time.time()]), flush=True)


def pgbench() -> str | None:
    """PostgreSQL's own load client, if this machine has it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench") or (str(found[-1]) if found else None)


_PLAIN = """
drop table if exists bench_plain;
create table bench_plain (id bigserial primary key, made_at timestamptz not null, said text not null)
"""
_ROW = "insert into bench_plain (made_at, said) values (now(), 'one check, as plain as it gets')"


def single_rate(clients: int, seconds: int) -> tuple[float, str]:
    """Commits a second of ``clients`` that insert single rows into a plain table; and who measured it."""
    url = address()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(_PLAIN)
    program = pgbench()
    if program is None:
        return _threads(url, clients, seconds), f"{clients} psycopg connections (no pgbench here)"
    parts = urlsplit(url)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_ROW + ";\n")
        script.flush()
        told = subprocess.run(
            [program, "-n", "-M", "prepared", "-f", script.name, "-c", str(clients), "-j", "1", "-T", str(seconds),
             "-h", parse_qs(parts.query)["host"][0], "-U", parts.username or "", parts.path.lstrip("/")],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", told.stdout)
    if found is None:
        raise RuntimeError(told.stdout)
    return float(found[1]), "pgbench"


def _threads(url: str, clients: int, seconds: int) -> float:
    done = [0] * clients
    end = time.perf_counter() + seconds

    def work(place: int) -> None:
        with psycopg.connect(url, autocommit=True) as server:
            while time.perf_counter() < end:
                server.execute(_ROW, prepare=True)
                done[place] += 1

    threads = [threading.Thread(target=work, args=[place]) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


if __name__ == "__main__":
    _work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
