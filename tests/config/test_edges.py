"""What comes to the outer edge and must not get further."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_null_character_is_refused_wherever_it_stands(client: Client) -> None:
    answers = [
        client.get("/accounts/login/?next=%00"),
        client.post("/accounts/login/", "username=a%00b", content_type="application/x-www-form-urlencoded"),
        client.post("/api/v1/places/areas", '{"name": "a\\u0000"}', content_type="application/json"),
        client.get("/accounts/%00/"),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert client.post("/accounts/login/", {"username": "a", "password": "b"}).status_code != 400


def test_an_api_address_that_does_not_exist_says_so_to_a_program(client: Client) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert "html" in client.get("/nothing").headers["Content-Type"]
