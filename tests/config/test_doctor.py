"""The doctor finds what is wrong, on a real database."""

from pathlib import Path

import pytest
from django.db import connection

from shouwang.config.commands import doctor


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("check", doctor.CHECKS, ids=lambda check: check.__name__)
def test_a_fresh_installation_is_well(check: object) -> None:
    finding = check()  # type: ignore[operator]
    assert not finding.fault, finding


@pytest.mark.django_db
def test_a_table_without_a_wall_is_found() -> None:
    run("create table leaky (community bigint)")
    assert "leaky" in doctor.walls().fault
    run("alter table leaky enable row level security")
    assert "leaky" in doctor.walls().fault, "the owner would still see everything"
    run("alter table leaky force row level security")
    assert "leaky" in doctor.walls().fault, "there is no policy yet"
    run("create policy p on leaky using (false)")
    assert not doctor.walls().fault


@pytest.mark.django_db
def test_a_role_that_walks_through_walls_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not doctor.role().fault
    for superuser, bypass in ((True, False), (False, True)):
        monkeypatch.setattr(doctor, "ask", lambda sql, s=superuser, b=bypass: [("postgres", s, b)])
        assert "NOBYPASSRLS" in doctor.role().fault


@pytest.mark.django_db
def test_a_missing_migration_is_found() -> None:
    run("delete from django_migrations where app = 'sessions'")
    assert "shouwang migrate" in doctor.migrations().fault


def test_a_key_that_others_can_read_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_DATA_DIR", str(tmp_path))
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "sealing").touch(mode=0o644)
    assert "chmod 600" in doctor.keys().fault
    (tmp_path / "keys" / "sealing").chmod(0o600)
    assert not doctor.keys().fault
