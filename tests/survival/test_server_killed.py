"""The server is killed while it takes in a batch; the phone, which heard nothing, sends it again."""

import threading
from contextlib import suppress

import pytest

from survival.installation import Installation
from survival.phone import NotSent, Phone, count_of

pytestmark = pytest.mark.slow
SMALL, LARGE = 2, 120
"""Records: one batch is taken in together with others', one alone."""


def sending(phone: Phone) -> threading.Thread:
    """It sends all it has, and will hear nothing."""

    def send() -> None:
        with suppress(NotSent):
            phone.send()

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("table", "count"), [("sync_sequence", LARGE), ("gates_gateday", SMALL), ("sync_device", LARGE)]
)
def test_killed_before_the_commit(installation: Installation, table: str, count: int) -> None:
    """Before the checks, after the checks, after the figures: nothing of it is there."""
    phone = Phone(installation)
    phone.check(count)
    with installation.held_up(table) as wait:
        line = sending(phone)
        wait()
        installation.kill()
        line.join()
    assert count_of(phone) == 0
    assert len(phone.waiting) == count
    installation.start()
    assert phone.send() == ["stored"] * count
    phone.all_is_there_once()


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_killed_after_the_commit_and_before_the_answer(installation: Installation, count: int) -> None:
    phone = Phone(installation)
    phone.check(count)
    with installation.held_up_at_commit() as wait:
        line = sending(phone)
        wait()
        installation.kill()
        line.join()
    assert count_of(phone) == len(phone.waiting) == count
    installation.start()
    phone.check(3)  # life went on
    assert phone.send() == ["duplicate"] * count + ["stored"] * 3
    phone.all_is_there_once()
    installation.temperatures_are_counted_once()
