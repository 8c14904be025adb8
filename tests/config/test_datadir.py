"""Where things are kept, and who may read the keys."""

import subprocess
import sys
from pathlib import Path

import pytest

from shouwang.config import datadir


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_key_is_made_once_and_for_its_owner_alone(home: Path) -> None:
    first = datadir.key("sealing")
    assert len(first) == 32
    assert datadir.key("sealing") == first
    assert datadir.key("secret") != first
    assert {p.stat().st_mode & 0o777 for p in (home / "keys").iterdir()} == {0o600}
    assert (home / "keys").stat().st_mode & 0o777 == 0o700


def test_many_first_starts_agree_on_one_key(home: Path) -> None:
    program = "from shouwang.config.datadir import key; print(key('sealing').hex())"
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    assert len({process.communicate()[0] for process in running}) == 1


def test_root_never_opens_a_closed_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout under /root (0700) keeps its data elsewhere instead of making /root readable."""
    monkeypatch.delenv("SHOUWANG_DATA_DIR", raising=False)
    source = tmp_path / "home" / "shouwang"
    source.mkdir(parents=True)
    source.parent.chmod(0o700)
    monkeypatch.setattr(datadir, "checkout", lambda: source)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert datadir.data_dir().parent == Path("/var/lib/shouwang")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert datadir.data_dir() == source / "var"


def test_an_installed_package_keeps_its_data_with_the_user_or_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SHOUWANG_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/someone/data")
    monkeypatch.setattr(datadir, "checkout", lambda: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert datadir.data_dir() == Path("/home/someone/data/shouwang")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert datadir.data_dir() == Path("/var/lib/shouwang")
