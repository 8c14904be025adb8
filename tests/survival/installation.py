"""A real installation of its own: PostgreSQL as it runs in earnest, the server as `shouwang up` runs it. To be hurt."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from shouwang.config.commands.serving import WAITING
from shouwang.config.database import EmbeddedServer
from survival.settle import COMMUNITY

THREADS = 8
"""Of each of the two server processes, as `shouwang up` has them unless told otherwise."""
HERE = Path(__file__).parent
PATIENCE = 60.0
"""Seconds: the machine may be busy."""
FIGURES = """
select coalesce(g.entrance_id, c.entrance), g.checks, c.checks, g.passed, c.passed, g.fevers, c.fevers
from gates_gateday g full join (
  select entrance, (made_at at time zone 'Asia/Shanghai')::date as day, count(*) as checks,
    count(*) filter (where verdict <> 'red') as passed, count(*) filter (where verdict = 'red') as refused,
    count(*) filter (where fever) as fevers
  from gates_check group by 1, 2
) c on c.entrance = g.entrance_id and c.day = g.day
where (g.checks, g.passed, g.refused, g.fevers) is distinct from (c.checks, c.passed, c.refused, c.fevers)
"""


def until(is_so: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Wait for ``is_so`` to hold; answers what it said."""
    end = time.monotonic() + seconds
    while not (said := is_so()):
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.02)
    return said


class Installation:
    """`start` and `kill` the server, `kill_database` and `open_database`, `rows` to look behind the wall."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = EmbeddedServer(home / "postgres")
        self.environment = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SHOUWANG_DEMO"}
        } | {
            "SHOUWANG_DATA_DIR": str(home),
            "SHOUWANG_LOG_LEVEL": "CRITICAL",  # that the database is away is said often enough here
            "DJANGO_SETTINGS_MODULE": "shouwang.config.settings",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.server: subprocess.Popen[bytes] | None = None
        self.database.hold()
        self.place: dict[str, Any] = json.loads(self.run(str(HERE / "settle.py")))
        self.tokens = iter(self.place["tokens"])

    def run(self, *arguments: str) -> str:
        """Run Python with the application's environment; what it printed."""
        path = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, *arguments], check=False, capture_output=True, text=True,
            env=self.environment | {"PYTHONPATH": path},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    # -- the server -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """As `shouwang up` starts it (config/commands/serving.py)."""
        if self.server is not None:
            return
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "2", "--blocking-threads", str(WAITING), "--backlog", "1024", "--log-level", "error"),
            *("--blocking-threads-idle-timeout", "5"),  # not 30: there is a test of threads that end
            "shouwang.config.wsgi:application",
        ]  # fmt: skip
        self.server = subprocess.Popen(
            command, start_new_session=True, env=self.environment | {"SHOUWANG_THREADS": str(THREADS)}
        )
        until(self.answers, "the server answers")

    def answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.get("/healthz") == 200
        return False

    def get(self, path: str, *, timeout: float = PATIENCE) -> int:
        """The status of a page as the office's browser asks for it."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request("GET", path, headers={"Cookie": f"sessionid={self.place['session']}"})
            answer = line.getresponse()
            answer.read()
            return answer.status
        finally:
            line.close()

    def kill(self) -> None:
        """The server's processes, all at once, in whatever they are doing."""
        server, self.server = self.server, None
        assert server is not None
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        until(self.port_free, "its workers are gone")

    def port_free(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    # -- its database ---------------------------------------------------------------------------------------

    def rows(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Seen as the superuser, whom no wall stops."""
        with self.connection() as here:
            cursor = here.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def connection(self, **more: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.database.url(role="postgres"), **{"autocommit": True} | more)

    def database_processes(self) -> list[int]:
        """The postmaster first."""
        first = int((self.database.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        others = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if (
                    entry.name.isdigit()
                    and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == first
                ):
                    others.append(int(entry.name))
        return [first, *others]

    def kill_database(self) -> None:
        """All of PostgreSQL at once, without a word."""
        processes = self.database_processes()
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until(
            lambda: not any(Path(f"/proc/{process}/fd").exists() for process in processes), "PostgreSQL ends"
        )

    def open_database(self) -> None:
        """Start it again, as the next `shouwang up` does, and come back when it lets the server in."""
        self.database.release()
        self.database.hold()

    @contextmanager
    def held_up(self, table: str) -> Iterator[Callable[[], None]]:
        """Whoever wants to write to ``table`` waits there; call what this gives to wait until somebody does."""
        with self.connection(autocommit=False) as here:
            here.execute(f"lock table {table} in exclusive mode")
            yield self._somebody_waits

    @contextmanager
    def held_up_at_commit(self) -> Iterator[Callable[[], None]]:
        """Whoever has taken in a batch waits within its COMMIT, past everything that could still go wrong."""
        self.rows("""
            create or replace function wait_at_commit() returns trigger language plpgsql as
              'begin perform pg_advisory_xact_lock_shared(4711); return null; end';
            grant execute on function wait_at_commit() to shouwang;
            create constraint trigger wait_at_commit after update on sync_device
              deferrable initially deferred for each row execute function wait_at_commit();
        """)
        try:
            with self.connection(autocommit=False) as here:
                here.execute("select pg_advisory_xact_lock(4711)")
                yield self._somebody_waits
        finally:
            self.quiet()
            self.rows("drop function wait_at_commit() cascade")

    def _somebody_waits(self) -> None:
        until(lambda: self.rows("select 1 from pg_locks where not granted"), "somebody waits for the lock")

    def quiet(self) -> None:
        """Nobody is in a transaction any more: what became of it is decided."""
        until(self._nobody_at_work, "all transactions are over")

    def _nobody_at_work(self) -> bool:
        try:
            return not self.rows(
                "select 1 from pg_stat_activity where usename = 'shouwang' and xact_start is not null"
            )
        except psycopg.OperationalError:  # it is still replaying its log
            return False

    # -- what must hold -------------------------------------------------------------------------------------

    def figures_are_right(self) -> None:
        """The figures kept beside the checks are those counted from the checks."""
        self.quiet()
        assert self.rows(FIGURES) == []

    def temperatures_are_counted_once(self) -> None:
        """After the worker has been there, each temperature of a resident is one reading."""
        self.run("-c", COUNT)
        assert self.rows("select count(*) from gates_uncounted") == [(0,)]
        known = "select id from gates_check where resident is not null and temperature is not null"
        assert self.rows(
            f"select id from ({known}) c full join screening_reading r using (id)"
            " group by id having count(r.id) <> 1 or count(*) <> 1"
        ) == []  # fmt: skip

    def shut(self) -> None:
        if self.server is not None:
            self.kill()
        self.database.release()


COUNT = """
import django
django.setup()
from shouwang.gates.actions.uncounted import count_waiting
from shouwang.kernel.scope import Scope
count_waiting(Scope.system(reason="tests"))
"""
__all__ = ["COMMUNITY", "PATIENCE", "THREADS", "Installation", "until"]
