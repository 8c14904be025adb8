"""PostgreSQL goes away in the middle of the work. The phone is told the truth, and what it was told stays true."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest

from survival.installation import COMMUNITY, Installation, until
from survival.phone import NotSent, Phone, count_of

pytestmark = pytest.mark.slow
SMALL, LARGE = 2, 120
BACKENDS = "select pid from pg_stat_activity where usename = 'shouwang' and wait_event_type = 'Lock'"


def attempt(phone: Phone, answers: list[int]) -> Callable[[], None]:
    """One sending in the background; its status goes to ``answers``. Call what it gives to wait for its end."""

    def send() -> None:
        try:
            phone.send()
            answers.append(200)
        except NotSent as failed:
            answers.append(failed.status)

    thread = threading.Thread(target=send)
    thread.start()
    return thread.join


def held(phone: Phone, status: int) -> None:
    """200 was said only if it is so; anything else was 503, and everything still waits."""
    assert status in {200, 503}
    if status == 200:
        phone.all_is_there_once()
    else:
        assert len(phone.waiting) == len(phone.made)


@pytest.mark.parametrize("count", [SMALL, LARGE])
@pytest.mark.parametrize("table", ["gates_gateday", "sync_device"])
def test_a_connection_is_cut_in_mid_transaction(installation: Installation, table: str, count: int) -> None:
    phone, answers = Phone(installation), list[int]()
    phone.check(count)
    with installation.held_up(table) as wait:
        join = attempt(phone, answers)
        wait()
        assert installation.rows(f"select pg_terminate_backend(pid) from ({BACKENDS}) b") == [(True,)]
    join()
    held(phone, answers[0])
    phone.check()
    phone.drain()
    phone.all_is_there_once()


def test_a_connection_is_cut_within_its_commit(installation: Installation) -> None:
    """Nobody can know what became of it, so the phone must not be told that it is held, or it must be so."""
    phone, answers = Phone(installation), list[int]()
    phone.check(LARGE)
    with installation.held_up_at_commit() as wait:
        join = attempt(phone, answers)
        wait()
        installation.rows(f"select pg_terminate_backend(pid) from ({BACKENDS}) b")
        wait()  # the server tries once more by itself
    join()
    held(phone, answers[0])
    phone.drain()
    phone.all_is_there_once()


def test_a_backend_is_killed_and_postgresql_recovers_by_itself(installation: Installation) -> None:
    """PostgreSQL then throws everybody out and replays its log: all other phones too are told to come again."""
    phones, answers = (
        [Phone(installation, gate=gate) for gate in installation.place["gates"][:4]],
        list[int](),
    )
    for phone, count in zip(phones, (SMALL, LARGE, SMALL, LARGE), strict=True):
        phone.check(count)
    with (
        suppress(psycopg.OperationalError),  # the one who holds the lock is thrown out as well
        installation.held_up("gates_gateday") as wait,
    ):
        joins = [attempt(phone, answers) for phone in phones]
        wait()
        ((backend,), *_) = installation.rows(BACKENDS)
        os.kill(backend, signal.SIGKILL)
    for join in joins:
        join()
    assert set(answers) <= {200, 503}
    for phone in phones:
        phone.drain()
        phone.all_is_there_once()
    installation.temperatures_are_counted_once()


def test_postgresql_is_killed_at_once_after_an_answer(installation: Installation) -> None:
    """What was acknowledged is there, and the server finds its database again without being started anew."""
    phone, answers = Phone(installation), list[int]()
    phone.check(LARGE)
    assert phone.send() == ["stored"] * LARGE
    installation.kill_database()
    phone.check(SMALL)
    attempt(phone, answers)()
    assert answers == [503]
    installation.open_database()
    assert count_of(phone) == LARGE
    until(lambda: installation.get(f"/gates/{COMMUNITY}") == 200, "the desk is served again")
    phone.drain()
    phone.all_is_there_once()


def test_postgresql_is_killed_in_mid_transaction(installation: Installation) -> None:
    phone, answers = Phone(installation), list[int]()
    phone.check(LARGE)
    with (
        suppress(psycopg.OperationalError),
        installation.held_up("sync_device") as wait,
    ):  # it holds a lock there
        join = attempt(phone, answers)
        wait()
        installation.kill_database()
    join()
    assert answers == [503]
    installation.open_database()
    assert count_of(phone) == 0
    phone.drain()
    phone.all_is_there_once()


def test_a_commit_is_on_the_disk_before_it_is_answered(installation: Installation) -> None:
    """No test can pull the plug; but these settings are what makes a commit outlive that, for the intake as well."""
    assert installation.rows(
        "select name, setting from pg_settings"
        " where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name"
    ) == [("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on")]
    assert installation.rows("select setconfig from pg_db_role_setting") == []
    installation.rows("""
        create table witness (said text);
        create function witness() returns trigger language plpgsql security definer as
          'begin insert into witness values (current_setting(''synchronous_commit'')); return null; end';
        create trigger witness after update on sync_device for each row execute function witness();
    """)
    try:
        for count in (SMALL, LARGE):
            phone = Phone(installation)
            phone.check(count)
            phone.drain()
        assert installation.rows("select said from witness") == [("on",)] * 2
    finally:
        installation.rows("drop function witness() cascade; drop table witness")
