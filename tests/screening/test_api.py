"""The API of the rounds: open, record in sets, resend, who is not reached, fevers."""

from typing import Any

import pytest
from django.test import Client

from access.people import user_with
from screening.world import COMMUNITY, Home, inside, new_id
from shouwang.access.enums import Role
from shouwang.screening.models import Attempt

pytestmark = pytest.mark.django_db
API = f"/api/v1/screening/{COMMUNITY}"


@pytest.fixture
def office(places: list[Home]) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with([(Role.OFFICE, COMMUNITY)]))
    return client


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def test_a_day_over_the_api(office: Client, places: list[Home]) -> None:
    assert post(office, f"{API}/attempts", []).json() == []
    round_ = post(office, f"{API}/rounds", {}).json()
    assert (round_["residents_due"], round_["residents_reached"]) == (6, 0)
    first, second, _ = places
    sent = [
        {
            "id": str(new_id()), "household": first.id, "channel": "call", "outcome": "reached",
            "answered_by": "resident", "made_at": round_["opened_at"],
            "readings": [{"resident": person, "temperature": "37.9", "symptoms": []} for person in first.people],
        },
        {"id": str(new_id()), "household": second.id, "channel": "call", "outcome": "no_answer"},
    ]  # fmt: skip
    told = post(office, f"{API}/attempts", sent).json()
    assert [one["repeated"] for one in told] == [False, False]
    assert told[0]["fevers"] == list(first.people)
    assert [one["repeated"] for one in post(office, f"{API}/attempts", sent).json()] == [True, True]
    changed = post(office, f"{API}/attempts", [{**sent[1], "outcome": "refused", "answered_by": "member"}])
    assert (changed.status_code, changed.json()["code"]) == (422, "attempt_changed")
    left = office.get(f"/api/v1/screening/rounds/{round_['id']}/not-reached").json()
    assert [(one["household"], one["tries"]) for one in left] == [(places[2].id, 0), (second.id, 1)]
    assert len(office.get(f"{API}/fevers").json()) == 3
    assert office.get(f"{API}/rounds").json()[0]["fevers"] == 3


def test_one_wrong_record_and_none_is_kept(office: Client, places: list[Home]) -> None:
    post(office, f"{API}/rounds", {})
    good = {"id": str(new_id()), "household": places[0].id, "channel": "call", "outcome": "no_answer"}
    bad = {**good, "id": str(new_id()), "outcome": "reached", "answered_by": "resident"}
    answer = post(office, f"{API}/attempts", [good, bad])
    assert (answer.status_code, answer.json()["code"]) == (422, "reached_without_readings")
    with inside():
        assert not Attempt.objects.exists()


def test_a_time_without_its_zone_is_not_guessed(office: Client, places: list[Home]) -> None:
    post(office, f"{API}/rounds", {})
    sent = {"id": str(new_id()), "household": places[0].id, "channel": "call", "outcome": "no_answer"}
    answer = post(office, f"{API}/attempts", [{**sent, "made_at": "2020-02-21T10:00:00"}])
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
