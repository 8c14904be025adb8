"""Gaps show, two phones with one identity show, and a wrong clock loses nothing."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.access import clock
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.sync import queries
from shouwang.sync.models import Sequence
from shouwang.sync.rules import runs
from sync.phone import COMMUNITY, OFFICE, SYSTEM, Phone, enrolled, notes


@pytest.fixture
def phone(db: None) -> Phone:
    return enrolled()


def seen_by_the_office() -> Any:
    with acting(OFFICE):
        return queries.devices(OFFICE, COMMUNITY)[0]


def test_a_gap_is_asked_for_and_shown_to_the_office(phone: Phone) -> None:
    records = [phone.note() for _ in range(60)]
    sent = records[:40] + records[42:59]
    assert phone.send(sent).json()["missing"] == [[41, 42]]
    line = seen_by_the_office()
    assert (line.missing, line.lost) == (((41, 42),), 2)
    assert phone.send(records[41:42]).json()["missing"] == [[41, 41]]
    assert phone.send([records[40], records[59]]).json()["missing"] == []
    assert seen_by_the_office().missing == ()
    assert seen_by_the_office().twice == 0


def test_the_app_was_installed_anew_and_counts_from_one(phone: Phone) -> None:
    phone.outcomes([phone.note() for _ in range(5)])
    fresh = Phone(phone.token)
    assert fresh.outcomes([fresh.note() for _ in range(3)]) == ["stored"] * 3
    assert fresh.send([]).json()["missing"] == []
    assert len(notes()) == 8
    line = seen_by_the_office()
    assert (line.missing, line.twice) == ((), 0)


def test_a_phone_restored_from_a_backup_and_the_one_it_was_copied_from(phone: Phone) -> None:
    """One token, one installation, the same numbers for different records: both are kept, and the office sees it."""
    shared = [phone.note() for _ in range(10)]
    phone.outcomes(shared)
    copy = Phone(phone.token, installation=phone.installation)
    copy.seq = phone.seq
    for turn in range(3):
        assert phone.outcomes([phone.note(f"a{turn}")]) == ["stored"]
        assert copy.outcomes([copy.note(f"b{turn}")]) == ["stored"]
    assert copy.outcomes(shared) == ["duplicate"] * 10
    assert len(notes()) == 16
    assert seen_by_the_office().twice == 3


def test_one_number_for_two_records_of_a_batch(phone: Phone) -> None:
    assert phone.outcomes([phone.note(seq=4), phone.note(seq=4)]) == ["stored", "stored"]
    assert seen_by_the_office().twice == 1


def test_the_server_came_back_from_an_older_backup(phone: Phone) -> None:
    """What the phone still holds it sends when it is asked for; the numbers tell what to ask for."""
    before, after = [phone.note() for _ in range(10)], [phone.note() for _ in range(10)]
    phone.outcomes(before)
    with acting(SYSTEM):
        backup = Sequence.objects.values("highest", "seen").get()
    phone.outcomes(after)
    with acting(
        SYSTEM
    ):  # the backup is put back: neither the numbers nor the records of the second batch are there
        Sequence.objects.update(**backup)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("alter table access_auditentry no force row level security")
        cursor.execute("alter table access_auditentry disable row level security")
        cursor.execute(
            "delete from access_auditentry where id = any(%s)", [[UUID(one["id"]) for one in after]]
        )
        cursor.execute("alter table access_auditentry enable row level security")
        cursor.execute("alter table access_auditentry force row level security")
    answer = phone.send([phone.note()]).json()
    assert answer["missing"] == [[11, 20]]
    assert phone.outcomes(after) == ["stored"] * 10
    assert phone.send([]).json()["missing"] == []
    assert len(notes()) == 21


@pytest.mark.parametrize(
    ("off", "stands"),
    [
        (dt.timedelta(0), True),
        (dt.timedelta(minutes=4), True),
        (dt.timedelta(minutes=6), False),
        (dt.timedelta(days=1), False),
        (dt.timedelta(days=-1), True),
        (dt.timedelta(days=-59), True),
        (dt.timedelta(days=-61), False),
        (dt.timedelta(days=400), False),
        (dt.timedelta(days=-400), False),
    ],
)
def test_a_time_that_cannot_be_is_that_of_receipt(phone: Phone, off: dt.timedelta, stands: bool) -> None:
    said = clock.now() + off
    record = phone.note(made_at=said.isoformat(), clock=said.isoformat())
    assert phone.outcomes([record], sent_at=said.isoformat()) == ["stored"]
    (note,) = notes()
    assert (note.at == said) is stands
    assert abs(note.at - clock.now()) < dt.timedelta(minutes=1) or stands
    assert abs(seen_by_the_office().clock_ahead - off.total_seconds()) < 60
    # The same again is the same, though the receipt is another.
    assert phone.outcomes([record]) == ["duplicate"]


def test_the_clock_jumps_back_in_a_shift(phone: Phone) -> None:
    now = clock.now()
    times = [now, now + dt.timedelta(minutes=1), now - dt.timedelta(hours=8), now - dt.timedelta(hours=7)]
    records = [phone.note(made_at=at.isoformat(), clock=at.isoformat()) for at in times]
    assert phone.outcomes(records) == ["stored"] * 4
    with acting(SYSTEM):
        assert sorted(AuditEntry.objects.filter(verb="note").values_list("at", flat=True)) == sorted(times)


numbers = st.integers(1, 60)


@given(st.lists(st.sets(numbers, max_size=30), max_size=6))
def test_runs_are_what_came(batches: list[set[int]]) -> None:
    seen: list[int] = []
    came: set[int] = set()
    for batch in batches:
        seen, before = runs.merge(seen, batch)
        assert before == came & batch
        came |= batch
        inside = {
            n for first, last in zip(seen[::2], seen[1::2], strict=True) for n in range(first, last + 1)
        }
        assert inside == came
        gaps = zip(seen[1::2], seen[2::2], strict=False)
        assert all(before + 1 < after for before, after in gaps), "runs that touch are one run"
    gone = {n for first, last in runs.missing(seen) for n in range(first, last + 1)}
    assert gone == set(range(1, max(came, default=0))) - came
