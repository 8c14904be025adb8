"""The door itself: past Django, for a few large batches at a time, and for many small ones together."""

import gzip
import io
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shouwang.access.wall import acting
from shouwang.config.wsgi import work
from shouwang.kernel.scope import Scope
from shouwang.sync import actions, door, queries, sealing
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import Answer, DeviceHere
from shouwang.sync.together import Together
from sync.phone import COMMUNITY, OFFICE, Json, Phone, enrolled, notes, take_notes, together

pytestmark = pytest.mark.django_db


def past_django(phone: Phone, path: str, body: bytes, **more: Any) -> tuple[str, dict[str, str], bytes]:
    """What the server's own application answers: status line, headers, body."""
    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": f"/api/v1/sync{path}", "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": f"Device {phone.token}", "wsgi.input": io.BytesIO(body),
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", **more,
    }  # fmt: skip
    answer = b"".join(work(environ, lambda status, headers: said.extend([status, dict(headers)])))
    return said[0], said[1], answer


def test_both_ways_to_the_door_answer_the_same() -> None:
    phone = enrolled()
    body = json.dumps(phone.batch([phone.note(), phone.note(kind="gossip")])).encode()
    status, headers, first = past_django(phone, "", body)
    assert (status, headers["Content-Type"]) == ("200 OK", "application/json")
    second = phone.post("", body)
    outcomes = [[one["outcome"] for one in json.loads(said)["answers"]] for said in (first, second.content)]
    assert outcomes == [["stored", "quarantined"], ["duplicate", "quarantined"]]
    assert past_django(Phone(), "", body)[0] == "401 Unauthorized"
    assert past_django(phone, "", b"<html>")[0] == "400 Bad Request"


@pytest.mark.django_db(transaction=True)  # Django closes the connection after each request
def test_what_is_not_for_the_door_is_django_s() -> None:
    phone = enrolled()
    assert past_django(phone, "/nothing", b"")[0].startswith("404")
    assert past_django(phone, "", b"", REQUEST_METHOD="GET")[0].startswith("405")
    assert Client().get("/api/v1/sync").status_code == 405


def test_too_many_large_batches_at_once_are_asked_to_come_again() -> None:
    phone = enrolled()
    large = json.dumps(phone.batch([phone.note("x" * 3000) for _ in range(3)])).encode()
    small = json.dumps(phone.batch([phone.note()])).encode()
    for _ in range(door.AT_ONCE):
        assert door._room.acquire(blocking=False)
    try:
        started = time.perf_counter()
        status, headers, body = past_django(phone, "", large)
        assert time.perf_counter() - started < 0.1
        assert (status, json.loads(body)["code"]) == ("429 Too Many Requests", "busy")
        assert 2 <= int(headers["Retry-After"]) <= 10
        assert past_django(phone, "/pack", b"{}")[0].startswith("429")
        assert past_django(phone, "", small)[0] == "200 OK"
    finally:
        for _ in range(door.AT_ONCE):
            door._room.release()
    assert past_django(phone, "", large)[0] == "200 OK"
    assert past_django(phone, "", gzip.compress(b"{")[:-4], HTTP_CONTENT_ENCODING="gzip")[0].startswith("400")
    assert all(door._room.acquire(blocking=False) for _ in range(door.AT_ONCE)), "a place was not given back"
    for _ in range(door.AT_ONCE):
        door._room.release()


def test_a_body_that_does_not_say_how_long_it_is() -> None:
    phone = enrolled()
    body = json.dumps(phone.batch([phone.note()])).encode()
    assert past_django(phone, "", body, CONTENT_LENGTH="")[0] == "200 OK"
    assert past_django(phone, "", b" " * (2**20 + 1), CONTENT_LENGTH="")[0].startswith("413")


def test_the_pack_brings_what_the_phone_has_not() -> None:
    seen: list[str] = []

    def numbers(scope: Scope, device: DeviceHere, have: str) -> Part | None:
        seen.append(have)
        assert (device.community, scope.actor_name) == (COMMUNITY, "东门的手机")
        return None if have == "2" else Part("2", [1, 2], since="1" if have == "1" else None)

    from shouwang.config.wiring import PARTS, root_point

    queries.connect_parts({"numbers": numbers, "sealing": queries.sealing_part}, root=root_point)
    try:
        phone = enrolled()
        told = phone.post("/pack", b"{}").json()
        assert told["device"]["community"] == COMMUNITY
        assert told["parts"]["numbers"] == {"version": "2", "since": None, "data": [1, 2]}
        assert told["parts"]["sealing"]["data"] == {"key": sealing.public_point().hex()}
        have = {"numbers": "1", "sealing": told["parts"]["sealing"]["version"]}
        again = phone.post("/pack", json.dumps({"have": have, "lang": "zh-hans"}).encode()).json()
        assert again["parts"] == {"numbers": {"version": "2", "since": "1", "data": [1, 2]}}
        for odd in (b"[]", b"7", b'{"have": 3}', b'{"have": {"numbers": 4}, "lang": []}'):
            assert phone.post("/pack", odd).status_code == 200
        assert seen == ["", "1", "", "", "", ""]
    finally:
        queries.connect_parts(PARTS, root=root_point)


@pytest.mark.django_db(transaction=True)
def test_small_batches_that_come_together_are_one_transaction() -> None:
    phones = [enrolled(f"手机{n}") for n in range(6)]
    sizes: list[int] = []

    def slowly(scope: Scope, sent: Any) -> list[Answer]:
        sizes.append(len(sent))
        time.sleep(0.2)
        return take_notes(scope, sent)

    actions.connect_takers({"note": slowly})
    records = [phone.note(f"{n}") for n, phone in enumerate(phones)]
    acts = [lambda n=n: phones[n].outcomes([records[n]]) for n in range(6)]  # type: ignore[misc]
    assert together(acts) == [["stored"]] * 6
    assert sum(sizes) == 6
    assert len(sizes) < 6, "nobody waited for anybody"
    assert sorted(note.subject_id for note in notes()) == ["0", "1", "2", "3", "4", "5"]


@pytest.mark.django_db(transaction=True)
def test_nobody_suffers_from_what_another_sends_at_the_same_moment() -> None:
    """A revoked phone, a stranger, one with poison and three good ones, all in one go."""
    phones = [enrolled(f"手机{n}") for n in range(5)]
    with acting(OFFICE):
        key = next(one.key for one in queries.devices(OFFICE, COMMUNITY) if one.name == "手机0")
        actions.revoke_device(OFFICE, device_id=key, reason="丢了")
    strange = Phone(phones[1].token[:-4] + "0000")
    batches: list[tuple[Phone, Json]] = [
        (phones[0], phones[0].note()),
        (strange, strange.note()),
        (phones[2], phones[2].note(body={"stumble": "database"})),
        *((phone, phone.note()) for phone in (phones[1], phones[3], phones[4])),
    ]
    asking = [
        actions.Asking(
            door.read_token(f"Device {phone.token}"),  # type: ignore[arg-type]
            door.read_batch(json.dumps(phone.batch([record])).encode()),
        )
        for phone, record in batches
        if phone is not phones[1]  # in one set each device is there once
    ]
    fresh: Together[Any, Any] = Together(
        work=lambda some: actions.take_in(some, careful=False),
        alone=lambda one: actions.take_in([one], careful=True)[0],
        key=lambda one: one.token.device_id,
    )
    gate = threading.Event()
    fresh._turn.acquire()  # so that all of them have come before the first is served
    acts: list[Callable[[], Any]] = [lambda one=one: fresh.do(one) for one in asking]  # type: ignore[misc]
    acts.append(lambda: (gate.wait(0.5), fresh._turn.release())[1])
    done = together(acts)[:-1]
    assert done[0] == actions.Stranger.REVOKED
    assert done[1] == actions.Stranger.UNKNOWN
    assert [one.answers[0].outcome for one in done[2:]] == ["quarantined", "stored", "stored"]
    assert len(notes()) == 2
