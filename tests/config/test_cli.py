"""The command as an operator meets it: processes, signals, ports and words."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwang.config import cli
from shouwang.config.commands import serving


@pytest.fixture(scope="module")
def environment(open_dir: Path) -> dict[str, str]:
    """A machine where Shouwang has never run: an empty home, no database, no settings."""
    (open_dir / "home").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(open_dir / "home"),
        "SHOUWANG_DATA_DIR": str(open_dir / "data"),
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shouwang(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shouwang", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def up(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "shouwang", "up", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def answer(up: subprocess.Popen[str], url: str, seconds: float = 90) -> bytes:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310
                return bytes(response.read())
        except urllib.error.HTTPError:
            raise  # it is there, and says no
        except OSError:
            if time.monotonic() > deadline or up.poll() is not None:
                raise
            time.sleep(0.1)


@pytest.mark.slow
def test_the_first_start_makes_everything_and_a_signal_stops_everything(
    up: subprocess.Popen[str], environment: dict[str, str], port: int
) -> None:
    assert answer(up, f"http://127.0.0.1:{port}/healthz") == b"ok"
    page = answer(up, f"http://127.0.0.1:{port}/accounts/login/").decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style, "the sign-in page has its style sheet"
    assert re.search(r"\.[0-9a-f]{12}\.css", style[1]), "collected under a name with its hash"
    assert answer(up, f"http://127.0.0.1:{port}{style[1]}")

    second = shouwang(environment, "up", "--port", str(port))
    assert second.returncode == 1
    assert f"--port {port + 1}" in second.stderr

    up.send_signal(signal.SIGTERM)
    told, _ = up.communicate(timeout=60)
    assert up.returncode == 0
    assert re.search(rf"http://127\.0\.0\.1:{port}/\S+\n", told), "the first administrator's link"
    data = Path(environment["SHOUWANG_DATA_DIR"])
    assert not (data / "postgres" / "cluster" / "postmaster.pid").exists(), "the database was stopped too"
    assert not (data / "up.pid").exists()

    for command in (["demo", "--no-serve"], ["bench", "import"]):
        refused = shouwang(environment, *command)
        assert refused.returncode == 1
        assert "in real use" in refused.stderr, "invented people never come among real ones"

    told_by_doctor = shouwang(environment, "doctor")
    assert told_by_doctor.returncode == 0, told_by_doctor.stdout
    assert "All is well." in told_by_doctor.stdout
    assert not any(Path(environment["HOME"]).iterdir()), "nothing was left in the user's home"


@pytest.mark.slow
def test_down_stops_what_a_killed_one_left_behind(
    up: subprocess.Popen[str], environment: dict[str, str], port: int
) -> None:
    answer(up, f"http://127.0.0.1:{port}/healthz")
    time.sleep(0.5)  # the pid file is written after the children have been started
    up.kill()
    up.wait(10)
    assert shouwang(environment, "down").stdout == "Stopped.\n"
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)


@pytest.mark.slow
def test_down_stops_what_another_terminal_started(
    up: subprocess.Popen[str], environment: dict[str, str], port: int
) -> None:
    answer(up, f"http://127.0.0.1:{port}/healthz")
    assert shouwang(environment, "down").stdout == "Stopped.\n"
    assert up.wait(30) == 0
    assert shouwang(environment, "down").stdout == "Nothing was running.\n"


def test_a_taken_port_is_said_before_anything_is_started(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["up", "--port", str(port)]) == 1
    assert f"Choose another: --port {port + 1}" in capsys.readouterr().err


def test_names_are_asked_for_before_others_can_reach_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOUWANG_HOSTS", raising=False)
    assert cli.main(["up", "--host", "0.0.0.0"]) == 1  # noqa: S104
    assert "SHOUWANG_HOSTS" in capsys.readouterr().err


def test_a_pid_of_another_program_is_not_taken_for_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(tmp_path))
    sleeper = subprocess.Popen(["sleep", "30"])
    try:
        (tmp_path / "up.pid").write_text(str(sleeper.pid))
        assert not serving.stop_running()
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_an_unknown_measurement_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench"]) == 0
    names = capsys.readouterr().out.split()
    assert "import" in names
    assert cli.main(["bench", "nonsense"]) == 1
    told = capsys.readouterr().err
    assert all(name in told for name in names)


def test_help_is_quick() -> None:
    """It is asked for on small machines; nothing heavy may be imported for it."""
    program = "import sys; from shouwang.config.cli import parser; parser(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"django", "psycopg", "ninja"} & set(loaded)
