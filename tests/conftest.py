"""One throw-away PostgreSQL server for the whole run; each xdist worker has its own database on it.

The tests connect as the application does: as the role `shouwang`, neither superuser nor bypassing row-level security.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

_here: list[Path] = []
if "DATABASE_URL" not in os.environ:
    # The first process here (the xdist controller, or pytest itself) starts the server; workers inherit its address.
    _home = Path(tempfile.mkdtemp(prefix="shouwang-test-"))
    _home.chmod(0o755)  # the server's own system user has to pass
    os.environ["SHOUWANG_DATA_DIR"] = str(_home / "data")
    from shouwang.config.database import EmbeddedServer

    _server = EmbeddedServer(_home / "pg", throwaway=True)
    _server.hold()
    os.environ["DATABASE_URL"] = _server.url()
    _here.append(_home)


def pytest_configure() -> None:
    # Not by pyproject.toml: pytest-django would read the settings before this file has said where the server is.
    os.environ["DJANGO_SETTINGS_MODULE"] = "shouwang.config.settings"
    import django
    import hypothesis

    django.setup()
    # No deadline: the machine may be busy. A submission is judged on the same examples each time.
    hypothesis.settings.register_profile("shouwang", deadline=None, derandomize=bool(os.environ.get("CI")))
    hypothesis.settings.load_profile("shouwang")


def pytest_unconfigure(config: pytest.Config) -> None:
    if _here:
        import shutil

        _server.release()
        shutil.rmtree(_here.pop(), ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """The real hash takes a quarter of a second on purpose; tests log in hundreds of times."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
