"""Batches: each record once, whatever happened on the way."""

import datetime as dt
import gzip
import json
from typing import Any
from uuid import uuid4

import pytest

from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.sync import queries
from shouwang.sync.models import Quarantined, Sequence
from sync.phone import COMMUNITY, OFFICE, SYSTEM, Phone, enrolled, notes, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Phone:
    return enrolled()


def line(phone: Phone) -> Any:
    with acting(OFFICE):
        return next(d for d in queries.devices(OFFICE, COMMUNITY) if str(d.device_id) in phone.token)


def test_a_batch_is_stored_and_answered_in_order(phone: Phone) -> None:
    records = [phone.note(f"{n}") for n in range(500)]
    assert phone.outcomes(records) == ["stored"] * 500
    assert [note.subject_id for note in notes()] == [f"{n}" for n in range(500)]
    assert {note.actor_name for note in notes()} == {"王姐"}


@pytest.mark.parametrize("packed", [True, False])
def test_plain_or_gzip(phone: Phone, packed: bool) -> None:
    answer = phone.send([phone.note()], packed=packed)
    assert answer.status_code == 200
    assert answer.json()["answers"][0]["outcome"] == "stored"
    assert answer.json()["missing"] == []
    assert abs(dt.datetime.fromisoformat(answer.json()["now"]) - clock.now()) < dt.timedelta(minutes=1)


def test_the_reply_was_lost(phone: Phone) -> None:
    records = [phone.note() for _ in range(20)]
    phone.send(records)
    assert phone.outcomes(records) == ["duplicate"] * 20
    assert len(notes()) == 20


def test_batches_that_overlap(phone: Phone) -> None:
    records = [phone.note() for _ in range(30)]
    phone.send(records[:20])
    assert phone.outcomes(records[10:]) == ["duplicate"] * 10 + ["stored"] * 10
    assert phone.outcomes(records[::-1]) == ["duplicate"] * 30
    assert len(notes()) == 30


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_eight_times_at_once() -> None:
    phone = enrolled()
    records = [phone.note() for _ in range(200)]
    answers = together([lambda: phone.outcomes(records) for _ in range(8)])
    assert sorted(map(tuple, answers)) == [("duplicate",) * 200] * 7 + [("stored",) * 200]
    assert len(notes()) == 200
    with acting(SYSTEM):
        assert Sequence.objects.get().seen == [1, 200]


@pytest.mark.django_db(transaction=True)
def test_batches_that_overlap_crosswise_at_once() -> None:
    """In other orders, from phones of one gate that were restored from one backup: nobody waits for ever."""
    phone = enrolled()
    other = Phone(phone.token, installation=uuid4())
    records = [phone.note() for _ in range(200)]
    acts = [
        lambda n=n: (phone, other)[n % 2].send(records[:: 1 if n % 2 else -1])  # type: ignore[misc]
        for n in range(6)
    ]
    answers = [answer.json()["answers"] for answer in together(acts)]
    assert sum(one["outcome"] == "stored" for answer in answers for one in answer) == 200
    assert len(notes()) == 200


def test_the_same_id_with_other_content(phone: Phone) -> None:
    first = phone.note("first")
    second = first | {"body": {"text": "second"}}
    assert phone.outcomes([first]) == ["stored"]
    assert phone.outcomes([second]) == ["conflict"]
    assert phone.outcomes([second, first]) == ["conflict", "duplicate"]
    assert [note.subject_id for note in notes()] == ["first"]
    with acting(OFFICE):
        kept = queries.quarantine(OFFICE, COMMUNITY)
        assert [(one.record_id, one.outcome, one.code) for one in kept] == [
            (first["id"], "conflict", "other_content")
        ]
        assert json.loads(Quarantined.objects.get().raw.open()) == second


def test_one_id_twice_in_a_batch(phone: Phone) -> None:
    first = phone.note("first")
    second = first | {"body": {"text": "second"}}
    assert phone.outcomes([first, second, first]) == ["stored", "conflict", "duplicate"]
    assert [note.subject_id for note in notes()] == ["first"]


def test_an_empty_batch_tells_that_the_phone_lives(phone: Phone) -> None:
    assert phone.outcomes([], unsent=7, oldest="2020-02-20T08:00:00+08:00") == []
    seen = line(phone)
    assert seen.seen_at is not None
    assert (seen.unsent, seen.oldest_unsent_at) == (7, dt.datetime.fromisoformat("2020-02-20T08:00:00+08:00"))


def test_what_is_left_on_the_phone(phone: Phone) -> None:
    phone.outcomes([phone.note(), phone.note()], unsent=12)
    assert (line(phone).unsent, line(phone).app_version) == (10, "1.2.0")
    phone.outcomes([phone.note() for _ in range(10)], unsent=10)
    assert (line(phone).unsent, line(phone).oldest_unsent_at) == (0, None)


class TestWhatIsNoBatch:
    def test_cut_gzip(self, phone: Phone) -> None:
        whole = gzip.compress(json.dumps(phone.batch([phone.note() for _ in range(50)])).encode())
        for cut in (0, 1, 9, len(whole) // 2, len(whole) - 9, len(whole) - 1):
            answer = phone.post("", whole[:cut], packed=True)
            assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
        assert phone.post("", whole, packed=True).status_code == 200

    def test_a_gzip_that_blows_up(self, phone: Phone) -> None:
        bomb = gzip.compress(b" " * 600 * 2**20)
        answer = phone.post("", bomb, packed=True)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_long")

    def test_too_much(self, phone: Phone) -> None:
        long = json.dumps(phone.batch([phone.note("x" * 2**20)])).encode()
        assert phone.post("", long).status_code == 413
        assert phone.post("", gzip.compress(long), packed=True).status_code == 413
        answer = phone.send([phone.note() for _ in range(501)])
        assert (answer.status_code, answer.json()["code"]) == (413, "too_many")
        assert notes() == []

    @pytest.mark.parametrize("body", [b"", b"<html>", b"{", b'{"records": [}', b"\xff\xfe", b"[" * 100_000])
    def test_not_json(self, phone: Phone, body: bytes) -> None:
        answer = phone.post("", body)
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")

    @pytest.mark.parametrize("body", [b"null", b"[]", b"7", b"{}", b'{"records": {}}', b'{"records": null}'])
    def test_json_without_records(self, phone: Phone, body: bytes) -> None:
        answer = phone.post("", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")

    def test_an_odd_envelope_holds_up_no_record(self, phone: Phone) -> None:
        odd: list[dict[str, Any]] = [
            {"installation": None}, {"installation": "x"}, {"app": {"a": 1}}, {"sent_at": "yesterday"},
            {"unsent": -1}, {"unsent": 2**70}, {"unsent": True}, {"oldest": "0001-01-01T00:00:00+14:00"},
            {"sent_at": "9999-12-31T23:59:59-12:00"}, {"app": "\0"}, {"more": []},
        ]  # fmt: skip
        for changes in odd:
            assert phone.outcomes([phone.note()], **changes) == ["stored"], changes

    def test_a_refusal_is_in_the_reader_s_language(self, phone: Phone) -> None:
        assert "half" in phone.post("", b"x" * 2**21, **{"Accept-Language": "en"}).json()["message"]
        assert "一半" in phone.post("", b"x" * 2**21).json()["message"]
