"""The embedded server, for real: each test that starts one has its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shouwang.config.database import DatabaseProblem, EmbeddedServer


@pytest.fixture
def server(open_dir: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(open_dir / "pg", throwaway=True)
    yield server
    server.release()
    server.delete()


def one(server: EmbeddedServer, sql: str) -> object:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(sql).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


def test_the_application_s_role_cannot_pass_the_wall(server: EmbeddedServer) -> None:
    server.hold()
    assert one(server, "select current_user") == "shouwang"
    assert one(server, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user") is False
    assert (
        one(server, "select pg_get_userbyid(datdba) from pg_database where datname = 'shouwang'")
        == "shouwang"
    )
    assert one(server, "show server_encoding") == "UTF8"
    assert one(server, "select lower('É')") == "é", (
        "the order and case of text do not depend on the machine's locale"
    )


def test_the_last_user_stops_it_and_data_stay(server: EmbeddedServer) -> None:
    second = EmbeddedServer(server.home, throwaway=True)
    server.hold()
    second.hold()
    with psycopg.connect(server.url()) as connection:
        connection.execute("create table kept as select 7 as n")
    server.release()
    assert second.running()
    assert one(second, "select n from kept") == 7
    second.release()
    assert not server.running()
    server.hold()
    assert one(server, "select n from kept") == 7


def test_a_server_that_died_is_started_again_by_who_holds_it(server: EmbeddedServer) -> None:
    assert not server.revive(), "nobody holds it"
    server.hold()
    assert not server.revive(), "it lives"
    with psycopg.connect(server.url(role="postgres"), autocommit=True) as connection:
        connection.execute("create table kept as select 7 as n")
        connection.execute("grant select on kept to shouwang")
        connection.execute("checkpoint")  # this one does not sync
    os.kill(int((server.cluster / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGQUIT)
    end = time.monotonic() + 20
    while not server.revive():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert one(server, "select n from kept") == 7


def test_a_killed_process_does_not_hold_it(server: EmbeddedServer) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from shouwang.config.database import EmbeddedServer;"
        "EmbeddedServer(Path(sys.argv[1]), throwaway=True).hold(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(server.home)], check=False)
    assert killed.returncode == -9
    assert server.running(), "nobody was there to stop it"
    server.hold()
    assert one(server, "select 1") == 1
    server.release()
    assert not server.running()


def test_a_deep_directory_gets_a_short_socket(tmp_path: Path) -> None:
    deep = EmbeddedServer(tmp_path / ("d" * 60) / ("e" * 60), throwaway=True)
    assert len(os.fsencode(deep.socket_dir)) < 60
    assert deep.socket_dir != EmbeddedServer(tmp_path, throwaway=True).socket_dir


def test_another_major_version_is_refused_in_words(server: EmbeddedServer) -> None:
    server.hold()
    server.release()
    (server.cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseProblem, match="written by PostgreSQL 12"):
        server.hold()
    server.release()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_a_closed_directory_is_refused_in_words_and_left_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(DatabaseProblem, match="SHOUWANG_DATA_DIR"):
        EmbeddedServer(closed / "pg").hold()
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_pid_file_that_names_another_program_does_not_keep_it_from_starting(server: EmbeddedServer) -> None:
    server.hold()
    pid_file = server.cluster / "postmaster.pid"
    kept = pid_file.read_text()
    server.release()
    pid_file.write_text(kept.replace(kept.split("\n")[0], str(os.getpid()), 1))
    assert not server.running()
    server.hold()
    assert one(server, "select 1") == 1


def test_what_somebody_typed_does_not_get_into_the_server_s_log(server: EmbeddedServer) -> None:
    server.hold()
    with psycopg.ClientCursor(psycopg.connect(server.url())) as cursor:
        cursor.execute("create table t (name text unique)")
        cursor.execute("insert into t values ('王五')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            cursor.execute("insert into t values (%s)", ["王五"])
        cursor.connection.close()
    log = (server.home / "server.log").read_text()
    assert "duplicate key" in log
    assert "王五" not in log
