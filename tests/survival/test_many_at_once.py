"""Many phones at one moment, slow ones, and ones that break off; and somebody at the desk who wants her page."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

import pytest

from survival.installation import COMMUNITY, THREADS, Installation, until
from survival.phone import HELD, Json, NotSent, Phone, count_of

pytestmark = pytest.mark.slow
PAGES = (f"/gates/{COMMUNITY}", f"/gates/{COMMUNITY}/checks")


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of ``acts`` at once; what they answered, in order."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            answers[number] = acts[number]()
        except BaseException as error:
            answers[number] = error  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers


def persistently(phone: Phone, records: Sequence[Json]) -> list[str]:
    """Send this batch until it is answered."""
    while True:
        try:
            return phone.send(records)
        except NotSent as busy:
            if busy.status != 429 or busy.retry_after < 1:
                raise
            time.sleep(busy.retry_after / 10)  # the test has less time


@contextmanager
def desk(installation: Installation) -> Iterator[list[int]]:
    """Meanwhile the office looks at page after page; what they were answered with."""
    statuses, done = list[int](), threading.Event()

    def look() -> None:
        while not done.is_set():
            statuses.extend(installation.get(page) for page in PAGES)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield statuses
    finally:
        done.set()
        looking.join()


@pytest.mark.parametrize("count", [3, 150])
def test_the_same_batch_eight_times_at_once(installation: Installation, count: int) -> None:
    phone = Phone(installation)
    records = phone.check(count)
    outcomes = together([lambda: persistently(phone, records)] * 8)
    assert sorted(sorted(set(one)) for one in outcomes) == [["duplicate"]] * 7 + [["stored"]]
    phone.all_is_there_once()


def test_overlapping_batches_of_two_installations_of_one_device(installation: Installation) -> None:
    """The app was installed anew and the old one still has a tab; and each sends twice what overlaps."""
    old = Phone(installation)
    new = Phone(installation, token=old.token)
    first, second = old.check(90), new.check(90)
    acts = [
        lambda phone=phone, batch=records[start : start + 40]: persistently(phone, batch)
        for phone, records in ((old, first), (new, second))
        for start in (50, 0, 20, 30)
    ]
    together(acts)
    old.all_is_there_once()
    new.all_is_there_once()
    assert old.outcomes.count("stored") == new.outcomes.count("stored") == 90


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("count", [2, 120])
def test_the_line_breaks_in_the_middle_of_the_upload(
    installation: Installation, count: int, packed: bool
) -> None:
    """Half of it, then nothing more comes: none of it is taken in, and nobody is told that it was."""
    phone = Phone(installation)
    request = phone.request(phone.check(count), packed=packed)
    for part in (len(request) // 2, len(request) - 1):
        with phone.line() as line:
            line.sendall(request[:part])
    with phone.line() as line:
        line.sendall(request[: len(request) // 2])
        line.shutdown(1)  # it can still hear
        line.settimeout(20)
        assert not line.recv(100).startswith(b"HTTP/1.1 200")
    assert count_of(phone) == 0
    assert phone.send() == ["stored"] * count
    phone.all_is_there_once()


def test_a_gzip_cut_short_is_refused_whole(installation: Installation) -> None:
    """A proxy that cut it off, and made the length fit."""
    phone = Phone(installation)
    head, body = phone.request(phone.check(50)).split(b"\r\n\r\n", 1)
    length = f"Content-Length: {len(body)}".encode()
    with phone.line() as line:
        half = body[: len(body) // 2]
        line.sendall(head.replace(length, f"Content-Length: {len(half)}".encode()) + b"\r\n\r\n" + half)
        answer = line.recv(65536)
    assert answer.startswith(b"HTTP/1.1 400")
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["code"] == "unreadable"
    assert count_of(phone) == 0
    phone.drain()
    phone.all_is_there_once()


@pytest.mark.parametrize("count", [2, 120])
def test_slow_phones_hold_nobody_up(installation: Installation, count: int) -> None:
    """Twenty phones on a bad line, more than the server has threads, each in the middle of its upload."""
    slow = [Phone(installation) for _ in range(20)]
    with ExitStack() as lines:
        rest = []
        for phone in slow:
            request = phone.request(phone.check(count))
            line = lines.enter_context(phone.line())
            line.sendall(request[:-10])
            rest.append((line, request[-10:]))
        time.sleep(0.5)  # all of them have reached the server
        for page in PAGES:
            assert installation.get(page, timeout=10) == 200
        quick = Phone(installation)
        quick.check(60)
        quick.drain(20)
        quick.all_is_there_once()
        for line, end in rest:
            line.sendall(end)
        assert all(line.recv(12).startswith((b"HTTP/1.1 200", b"HTTP/1.1 429")) for line, _ in rest)
    for phone in slow:
        phone.drain()
        phone.all_is_there_once()


def test_threads_that_end_take_no_connection_with_them(installation: Installation) -> None:
    """In a quiet hour the server lets its threads go. Those that come after must not find the database used up."""
    for turn in range(3):
        phones = [Phone(installation) for _ in range(16)]
        for phone in phones:
            phone.check(2)
        assert together([phone.send for phone in phones]) == [["stored"] * 2] * 16
        assert [installation.get(page) for page in PAGES] == [200, 200]
        ((open_,),) = installation.rows("select count(*) from pg_stat_activity where usename = 'shouwang'")
        assert open_ <= 2 * THREADS
        if turn < 2:
            time.sleep(7)


def test_two_hundred_phones_return_at_once(installation: Installation) -> None:
    """Each waits as long as it is told to and comes again; the desk is served all the while."""
    gates = installation.place["gates"]
    phones = [Phone(installation, gate=gates[n % len(gates)]) for n in range(200)]
    for phone in phones:
        phone.check(40)
    with desk(installation) as statuses:
        together([phone.drain for phone in phones])
        until(lambda: len(statuses) >= 4, "the desk got its pages")
    assert set(statuses) == {200}
    ((kept,),) = installation.rows(
        "select count(*) from gates_check where left(remarks, 8) = any(%s)",
        [[str(phone.installation)[:8] for phone in phones]],
    )
    assert kept == 200 * 40
    assert all(set(phone.outcomes) <= HELD and len(phone.outcomes) == 40 for phone in phones)
    seen = installation.rows("select installation, seen from sync_sequence where seen <> '{}'")
    assert {phone.installation for phone in phones} <= {
        UUID(str(key)) for key, runs in seen if runs == [1, 40]
    }
