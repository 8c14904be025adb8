"""The environment decides; each case is a fresh process, as in real life."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings(tmp_path: Path, *names: str, **variables: str) -> dict[str, Any]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "shouwang.config.settings",
        "SHOUWANG_DATA_DIR": str(tmp_path),
        **variables,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_a_url_with_everything_in_it(tmp_path: Path) -> None:
    url = "postgresql://user:p%40ss@db.example:6543/town?sslmode=require"
    database = settings(tmp_path, "DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "6543", "town")
    assert (database["USER"], database["PASSWORD"]) == ("user", "p@ss")
    assert database["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 5}
    pooled = settings(tmp_path, "DATABASES", DATABASE_URL=f"{url}&prepare_threshold=off")["DATABASES"][
        "default"
    ]
    assert pooled["OPTIONS"]["prepare_threshold"] is None


def test_without_a_url_the_embedded_server_as_the_role_that_meets_the_wall(tmp_path: Path) -> None:
    database = settings(tmp_path, "DATABASES")["DATABASES"]["default"]
    assert database["USER"] == "shouwang"
    assert Path(database["HOST"]).is_relative_to(tmp_path)
    assert not (tmp_path / "postgres").exists(), "reading the settings starts nothing"


def test_another_kind_of_database_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="row-level security"):
        settings(tmp_path, "DATABASES", DATABASE_URL="mysql://u@h/n")


@pytest.mark.parametrize(
    ("variables", "secure"),
    [
        ({}, False),
        ({"SHOUWANG_HOSTS": "town.example"}, True),
        ({"SHOUWANG_HOSTS": "town.example", "SHOUWANG_HTTPS": "0"}, False),
        ({"SHOUWANG_HOSTS": "town.example", "SHOUWANG_DEMO": "1"}, False),
    ],
)
def test_cookies_are_for_https_alone_as_soon_as_others_can_reach_us(
    tmp_path: Path, variables: dict[str, str], secure: bool
) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
    assert set(settings(tmp_path, *names, **variables).values()) == {secure}


def test_debug_and_demo_are_off_unless_asked_for(tmp_path: Path) -> None:
    assert settings(tmp_path, "DEBUG", "SHOUWANG_DEMO", "SHOUWANG_SCENE") == {
        "DEBUG": False,
        "SHOUWANG_DEMO": False,
        "SHOUWANG_SCENE": None,
    }
