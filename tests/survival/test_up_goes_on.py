"""`shouwang up` at three in the morning: what ends by itself is started again, and nobody has to come."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwang.config.database import EmbeddedServer
from survival.installation import until

pytestmark = pytest.mark.slow


@pytest.fixture
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    home = tmp_path_factory.mktemp("up")
    for folder in (home, *home.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)  # PostgreSQL's own system user has to pass
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    around = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SHOUWANG_DEMO"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "shouwang", "up", "--port", str(port), "--workers", "1"],
        env=around | {"SHOUWANG_DATA_DIR": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: served(port), "it is up", 120)
        yield home, port
        assert process.poll() is None, "it has not stopped"
    finally:
        process.terminate()
        process.wait(60)


def served(port: int) -> bool:
    """Whether a page is served that asks the database."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=20) as answer:
            return answer.status == 200 and asks_the_database(port)
    except OSError:
        return False


def asks_the_database(port: int) -> bool:
    ask = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/sync/enrol", data=b'{"code": "429006001023.nobody"}', method="POST"
    )
    try:
        urllib.request.urlopen(ask, timeout=20)  # noqa: S310 our own address
    except urllib.error.HTTPError as error:
        return error.code == 422  # it has looked: there is no such code
    return False


def test_the_database_and_the_worker_are_killed_and_come_back(up: tuple[Path, int]) -> None:
    home, port = up
    database = EmbeddedServer(home / "postgres")
    postmaster = int((database.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    os.kill(postmaster, signal.SIGQUIT)
    until(lambda: not Path(f"/proc/{postmaster}").exists(), "PostgreSQL is gone")
    until(lambda: served(port), "pages are served again", 90)

    _, _, worker = map(int, (home / "up.pid").read_text().split())
    os.kill(worker, signal.SIGKILL)
    until(lambda: int((home / "up.pid").read_text().split()[2]) != worker, "there is another worker")
    assert served(port)
