"""The server is killed while calls of a phone and reports of households are on their way; what was lost comes again."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from shouwang.kernel.uuid7 import mint
from survival.installation import COMMUNITY, PATIENCE, Installation
from survival.phone import Json, NotSent, Phone

pytestmark = pytest.mark.slow
SETTLE = """
import json
import django
django.setup()
from shouwang.access.wall import acting
from shouwang.door.actions import make_links
from shouwang.door.queries.links import cards
from shouwang.kernel.scope import Scope
from shouwang.people.models import Resident
from shouwang.screening.actions import open_round
from shouwang.sync.models import Device
from shouwang.workforce.actions import make_caseload, move_households
system = Scope.system(reason="tests")
with acting(system):
    people = dict(Resident.objects.filter(community={community}).order_by("id").values_list("household", "id"))
    load = make_caseload(system, community={community}, caller_name="李红")
    move_households(system, community={community}, household_ids=list(people), caseload_id=load.pk)
    Device.objects.filter(community={community}).update(caseload=load.pk)
    make_links(system, community={community})
    doors = [[home, people[home], str(card.token)] for home, card in cards(system, {community}).items()]
    open_round(system, community={community})
print(json.dumps(doors))
"""
FIGURES = """
select r.attempts, (select count(*) from screening_attempt a where a.round = r.id),
  r.residents_reached, (select count(distinct resident) from screening_reading d where d.round = r.id)
from screening_round r
"""


@pytest.fixture(scope="module")
def street(_installation: Installation) -> list[tuple[int, int, str]]:
    """Every household with one person and the token of its door."""
    told = _installation.run("-c", SETTLE.format(community=COMMUNITY))
    return [(home, who, token) for home, who, token in json.loads(told)]


@pytest.fixture
def rounds(installation: Installation, street: Any) -> Iterator[Installation]:
    yield installation
    installation.start()
    installation.quiet()
    (attempts, written, reached, told), *more = installation.rows(FIGURES)
    assert (attempts, reached, more) == (written, told, [])


def calls(phone: Phone, street: list[tuple[int, int, str]], count: int) -> list[Json]:
    """So many calls, each with a need."""
    made = []
    for seq in range(len(phone.made) + 1, len(phone.made) + 1 + count):
        home, who, _ = street[seq % len(street)]
        now = dt.datetime.now(dt.UTC)
        record = {
            "id": str(mint(now)), "kind": "attempt", "seq": seq, "made_at": now.isoformat(), "clock": now.isoformat(),
            "keeper": "李红",
            "body": {
                "household": home, "channel": "call", "outcome": "reached", "answered_by": "resident",
                "readings": [{"resident": who, "temperature": f"36.{seq % 10}", "symptoms": []}],
                "needs": f"第{seq}样东西" if seq % 5 == 0 else "",
            },
        }  # fmt: skip
        phone.made[record["id"]] = phone.waiting[seq] = record
        made.append(record)
    return made


def there(place: Installation, ids: list[str]) -> list[str]:
    """Those of these attempts that are in the table, as often as they are there."""
    place.quiet()
    rows = place.rows("select id::text from screening_attempt where id = any(%s::uuid[])", [ids])
    return sorted(one for (one,) in rows)


def report(place: Installation, token: str, who: int, form: UUID) -> int:
    """One report, as a browser sends it; 0 if no answer came."""
    line = http.client.HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
    body = f"id={form}&all=none&t{who}=36.6"
    try:
        line.request(
            "POST", f"/d/{token}/report", body, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def sending(phone: Phone) -> threading.Thread:
    def send() -> None:
        with suppress(NotSent):
            phone.send()

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@pytest.mark.parametrize(("table", "count"), [("screening_reading", 100), ("screening_round", 3)])
def test_killed_while_calls_are_taken_in(
    rounds: Installation, street: list[tuple[int, int, str]], table: str, count: int
) -> None:
    phone = Phone(rounds)
    ids = sorted(one["id"] for one in calls(phone, street, count))
    with rounds.held_up(table) as wait:
        line = sending(phone)
        wait()
        rounds.kill()
        line.join()
    assert there(rounds, ids) == []
    rounds.start()
    assert phone.send() == ["stored"] * count
    assert there(rounds, ids) == ids


def test_killed_after_the_commit_of_calls(rounds: Installation, street: list[tuple[int, int, str]]) -> None:
    phone = Phone(rounds)
    ids = sorted(one["id"] for one in calls(phone, street, 60))
    with rounds.held_up_at_commit() as wait:
        line = sending(phone)
        wait()
        rounds.kill()
        line.join()
    assert there(rounds, ids) == ids
    rounds.start()
    assert phone.send() == ["duplicate"] * 60
    assert there(rounds, ids) == ids


def test_killed_under_a_rain_of_reports(rounds: Installation, street: list[tuple[int, int, str]]) -> None:
    """Every household reports until the server dies. What it was thanked for is there; the rest comes again, once."""
    forms = {token: [mint(dt.datetime.now(dt.UTC)) for _ in range(6)] for _, _, token in street}
    thanked: list[str] = []
    killed = threading.Event()

    def household(who: int, token: str) -> None:
        for form in forms[token]:
            if not killed.is_set() and report(rounds, token, who, form) == 303:
                thanked.append(str(form))

    lines = [threading.Thread(target=household, args=[who, token]) for _, who, token in street]
    for line in lines:
        line.start()
    while len(thanked) < 10 and any(line.is_alive() for line in lines):
        lines[0].join(0.005)
    rounds.kill()
    killed.set()
    for line in lines:
        line.join()
    everything = sorted(str(form) for mine in forms.values() for form in mine)
    kept = there(rounds, everything)
    assert set(thanked) <= set(kept)
    assert len(kept) < len(everything), "the server was killed too late"
    rounds.start()
    for _, who, token in street:
        for form in forms[token]:
            assert report(rounds, token, who, form) in (302, 303)
    assert there(rounds, everything) == everything
