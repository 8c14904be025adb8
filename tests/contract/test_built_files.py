"""Files that are made from the code are made again when the code changes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from shouwang.config.commands.openapi import description

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told)
    except SystemExit:
        pytest.fail(f"run: shouwang manage makemigrations\n{told.getvalue()}")


def test_openapi_is_up_to_date() -> None:
    committed = ROOT / "docs" / "openapi.json"
    # Not compared by `assert`: the difference would fill the screen.
    if not committed.is_file() or committed.read_text(encoding="utf-8") != description():
        pytest.fail("run: shouwang openapi > docs/openapi.json")
