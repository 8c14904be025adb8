"""The server (granian) and the worker (procrastinate) as two child processes of one command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from shouwang.config import database
from shouwang.config.cli import Problem
from shouwang.config.datadir import data_dir

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GRACE = 15.0  # seconds a child has to finish the requests and jobs it is at
WAITING = 64  # so many requests of a server process may be on their way in at once, on lines however slow


def local(host: str) -> bool:
    """Whether only this machine itself can reach a server on `host`."""
    return host == "localhost" or host == "::1" or host.startswith("127.")


def port_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                f"cannot listen on {host}:{port} ({error.strerror}). Choose another: --port {port + 1}"
            ) from error


def collect_static() -> None:
    """Gather the static files with hashed names, so that browsers may keep them for ever."""
    os.environ["SHOUWANG_STATIC"] = "collected"  # for the server too
    collect = ("collectstatic", "--no-input", "--clear", "--verbosity", "0")
    command = [sys.executable, "-m", "shouwang", "manage", *collect]
    if subprocess.run(command, check=False).returncode:
        raise Problem("the static files could not be collected; see the message above.")


def serve(
    host: str, port: int, *, workers: int = 2, threads: int = 8, ready: Callable[[], None] | None = None
) -> int:
    """Run until a signal or until the server dies; then stop both children. Returns the exit code.

    A worker that dies, and an embedded database that does, are started again. `ready` is called once the address
    answers.
    """
    pid_file = _pid_file()
    if (other := _running_pid()) is not None:
        raise Problem(f"already running (process {other}). Stop it first: shouwang down")
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(WAITING), "--backlog", "1024"),
        # Not "warning": it would warn of so many threads at each start. Those that work: config/wsgi.py.
        *("--log-level", "error", "--workers-kill-timeout", str(int(GRACE))),
        "shouwang.config.wsgi:application",
    ]
    worker = [sys.executable, "-m", "shouwang", "manage", "procrastinate", "worker", "--concurrency", "1"]
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    def start_worker() -> subprocess.Popen[bytes]:
        return subprocess.Popen(worker, start_new_session=True, stdout=subprocess.DEVNULL)

    def write_down() -> None:
        half = pid_file.with_suffix(".new")  # nobody ever reads half of it
        half.write_text("\n".join(map(str, [os.getpid(), *(child.pid for child in children)])))
        half.replace(pid_file)

    former = {number: signal.signal(number, stop) for number in ENDINGS}
    children: list[subprocess.Popen[bytes]] = []
    try:
        # Own sessions: ctrl-C reaches only this process, which then stops each child once and in order.
        pooled = os.environ | {"SHOUWANG_THREADS": str(threads)}
        children.append(subprocess.Popen(server, start_new_session=True, env=pooled))
        children.append(start_worker())
        write_down()
        while not stopping:
            if children[0].poll() is not None:
                print(
                    "shouwang: the server ended by itself; see the messages above. Stopping.", file=sys.stderr
                )
                return 1
            if database.revive():
                print("shouwang: the database had ended by itself and was started again.", file=sys.stderr)
            if children[1].poll() is not None:
                print("shouwang: the worker ended by itself and is started again.", file=sys.stderr)
                time.sleep(1)  # not as fast as it can, should it end each time
                children[1] = start_worker()
                write_down()
            if ready and _answers(host, port):
                ready()
                ready = None
            time.sleep(0.1)
        return 0
    finally:
        _stop(children)
        pid_file.unlink(missing_ok=True)
        for number, handler in former.items():
            signal.signal(number, handler)


def stop_running() -> bool:
    """Stop a running `serve` of this data directory and wait for it; False if there is none.

    Where it was killed, what it left behind is stopped.
    """
    written = _pids()
    running = [pid for pid in written if _is_ours(pid)]
    if not running:
        return False
    parent_lives = running[0] == written[0]  # then it stops its children itself
    for pid in running[:1] if parent_lives else running:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 2 * GRACE + 5
    while any(map(_is_ours, running)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return True


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + GRACE + 2
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # its own session: its workers go with it
            child.wait()


def _answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((reachable, port), timeout=1) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            connection.settimeout(30)
            return connection.recv(12).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _pid_file() -> Path:
    return data_dir() / "up.pid"


def _running_pid() -> int | None:
    """The `serve` of this data directory, or what it left behind."""
    return next(filter(_is_ours, _pids()), None)


def _pids() -> list[int]:
    """The parent and its children, as the last `serve` wrote them down."""
    try:
        return [int(line) for line in _pid_file().read_text().split()]
    except (OSError, ValueError):
        return []


def _is_ours(pid: int) -> bool:
    """Whether the number still belongs to one of our processes, and that one is alive."""
    try:
        os.kill(pid, 0)
        command = Path(f"/proc/{pid}/cmdline")
        return not command.parent.parent.joinpath("self").exists() or b"shouwang" in command.read_bytes()
    except OSError:
        return False
