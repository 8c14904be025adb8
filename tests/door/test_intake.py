"""The quick way in and the page's weight."""

import gzip
import io
import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from door.street import Street, build, form, opened, phone
from screening.world import ELSEWHERE, Home, inside, new_id
from shouwang.door import intake
from shouwang.door.models import DoorDay
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.queries.effective import kept, recount

MOST = 60 * 1024


def send(street: Street, home: Home, said: Mapping[str, Any], **meta: str) -> intake.Reply | None:
    body = urlencode(said, doseq=True).encode()
    meta = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_HOST": "localhost"} | meta
    return intake.answer(street.url(home, "report"), meta, io.BytesIO(body).read)


@pytest.mark.django_db
def test_a_good_report_is_answered_at_once(street: Street) -> None:
    opened()
    home = street.homes[0]
    reply = send(street, home, form(home))
    assert reply is not None
    assert reply.status == 303
    assert ("Location", street.url(home, "thanks")) in reply.headers
    assert Round.objects.get().residents_reached == 3


@pytest.mark.django_db
def test_json_is_taken_too(street: Street) -> None:
    opened()
    home = street.homes[1]
    one = home.people[0]
    body = json.dumps({"id": str(new_id()), f"t{one}": "36.5", f"n{one}": "some", f"s{one}": ["cough"]})
    meta = {"CONTENT_TYPE": "application/json", "HTTP_HOST": "localhost"}
    reply = intake.answer(street.url(home, "report"), meta, io.BytesIO(body.encode()).read)
    assert reply is not None
    assert (reply.status, reply.body) == (200, b'{"stored":true}')
    assert Reading.objects.get().symptoms == ["cough"]


@pytest.mark.django_db
def test_whatever_needs_words_is_left_to_the_page(street: Street) -> None:
    opened()
    home = street.homes[0]
    good = form(home)
    assert send(street, home, {"id": str(new_id())}) is None
    assert send(street, home, form(home, **{f"t{home.people[0]}": "99"})) is None
    assert send(street, home, good, HTTP_COOKIE="sessionid=x") is None
    assert send(street, home, good, HTTP_ORIGIN="https://elsewhere.example") is None
    assert send(street, home, good | {"more": "x" * intake.MOST_BYTES}) is None
    meta = {"CONTENT_TYPE": "application/json", "HTTP_HOST": "localhost"}
    assert intake.answer(street.url(home, "report"), meta, io.BytesIO(b"[1").read) is None
    assert intake.answer("/d/x/report", meta, io.BytesIO(b"{}").read) is None
    assert Attempt.objects.count() == 0
    assert send(street, home, good) is not None
    assert send(street, home, good) is None, "a repeated one is looked at with care"
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_as_their_facts_say() -> None:
    """Eight telephones, households of two communities, everything twice; on real connections."""
    with inside():
        street = build()
        round_ = opened()
    homes = [*street.homes, street.other]
    said = {home.id: form(home, **{f"t{home.people[0]}": "37.9"}) for home in homes}
    ready, replies = threading.Barrier(8), []

    def work(home: Home) -> None:
        try:
            ready.wait(10)
            replies.append(send(street, home, said[home.id]))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[home]) for home in homes * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(reply is not None for reply in replies) == 4
    with inside():
        assert Attempt.objects.count() == 4
        assert Attempt.objects.filter(community=ELSEWHERE, round=0).count() == 1
        round_.refresh_from_db()
        assert (round_.residents_reached, round_.households_reached, round_.fevers) == (6, 3, 3)
        assert kept(round_) == recount(round_)
        assert sorted(DoorDay.objects.values_list("households", "reports")) == [(1, 1), (3, 3)]


def weight(client: Client, address: str) -> int:
    """Bytes of the first load, as they travel: the page and all that it names, each zipped."""
    page = client.get(address).content
    found = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.decode()))
    assert found
    assert not re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//', page.decode())
    total = len(gzip.compress(page))
    for name in found:
        path = finders.find(name.removeprefix("/static/"))
        assert path
        total += len(gzip.compress(Path(str(path)).read_bytes()))
    return total


@pytest.mark.django_db
@pytest.mark.parametrize("large", ["0", "1"])
def test_the_first_load_is_light(street: Street, large: str) -> None:
    client = phone()
    client.get(street.url(street.homes[0], "look"), {"large": large})
    assert weight(client, street.url(street.homes[0])) <= MOST / 2


@pytest.mark.django_db
def test_the_page_asks_for_no_cookie_and_is_found_by_nobody(street: Street) -> None:
    response = phone().get(street.url(street.homes[0]))
    assert not response.cookies
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_script_speaks_the_language_of_old_browsers() -> None:
    script = Path(str(finders.find("door/door.js"))).read_text()
    assert not re.search(r"=>|\b(?:let|const|class|async|await)\b|`|\?\.|\.\.\.", script.split("*/", 1)[1])
