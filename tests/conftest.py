"""One throw-away PostgreSQL server for the whole run; each xdist worker has its own database on it.

The tests connect as the application does: as the role `shouwang`, neither superuser nor bypassing row-level security.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.test import Client

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


@pytest.fixture
def sign_in(client: Client) -> Callable[[AbstractBaseUser], Client]:
    """``sign_in(user)``: the client, past the password and past the second factor, which wide roles are asked for."""

    def enter(user: AbstractBaseUser) -> Client:
        from django_otp import DEVICE_ID_SESSION_KEY
        from django_otp.plugins.otp_totp.models import TOTPDevice

        device, _new = TOTPDevice.objects.get_or_create(user=user, name="totp", confirmed=True)
        client.force_login(user)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return enter
