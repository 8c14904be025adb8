"""The gate over the API: the same rules, the same walls."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Check
from shouwang.kernel.uuid7 import mint

SignIn = Callable[[Role], Client]
CHECKS = f"/api/v1/gates/{COMMUNITY}/checks"


def check(village: Village, **more: Any) -> dict[str, Any]:
    return {
        "id": str(mint(NOON)), "entrance": village.gate.pk, "direction": "out", "resident": village.people[0].pk,
        "temperature": "36.5", "masked": True, "made_at": NOON.isoformat(),
    } | more  # fmt: skip


def post(client: Client, address: str, body: object) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_set_is_recorded_once(village: Village, signed_in: SignIn) -> None:
    client, body = signed_in(Role.GATE_KEEPER), [check(village), check(village, temperature="37.8")]
    first, again = post(client, CHECKS, body), post(client, CHECKS, body)
    assert (first.status_code, first.json()) == (200, again.json())
    assert [one["reason"] for one in first.json()] == ["ok", "fever"]
    with acting(SYSTEM):
        assert Check.objects.count() == 2
    hours = client.get(f"/api/v1/gates/{COMMUNITY}/hours").json()
    assert (hours[12]["out"], hours[12]["refused"]) == (1, 1)
    assert len(client.get(CHECKS).json()) == 2


def test_the_same_id_with_other_content_is_refused_as_a_whole(village: Village, signed_in: SignIn) -> None:
    client, first = signed_in(Role.GATE_KEEPER), check(village)
    post(client, CHECKS, [first])
    answer = post(client, CHECKS, [check(village), first | {"temperature": "36.9"}])
    assert (answer.status_code, answer.json()["code"]) == (422, "check_changed")
    with acting(SYSTEM):
        assert Check.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"direction": "up"}, "malformed"),
        ({"temperature": "21"}, "temperature_implausible"),
        ({"id": "018f2c3e-7a4b-4c1d-9e2f-001122334455"}, "check_id"),
        ({"remarks": "长" * 201}, "malformed"),
    ],
)
def test_what_does_not_fit(village: Village, signed_in: SignIn, more: dict[str, str], code: str) -> None:
    answer = post(signed_in(Role.GATE_KEEPER), CHECKS, [check(village, **more)])
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_person_is_shown_masked(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.GATE_KEEPER)
    found = client.get(f"/api/v1/gates/gate/{village.gate.pk}/people", {"q": "1234"})
    assert {one["name"] for one in found.json()} == {"张*", "王*"}
    assert "phone" not in found.text


def test_passes(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    held = post(client, "/api/v1/gates/passes", {"resident": village.people[0].pk}).json()
    new = post(client, f"/api/v1/gates/passes/{held['id']}/replace", {"reason": "lost"}).json()
    assert new["code"] != held["code"]
    gone = post(client, f"/api/v1/gates/passes/{new['id']}/revoke", {"reason": "moved"}).json()
    assert gone["revoked_at"]
    assert "reason" not in gone


def test_roles_and_walls(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        held = actions.issue_pass(SYSTEM, resident_id=village.people[0].pk)
    keeper = signed_in(Role.GATE_KEEPER)
    assert post(keeper, f"/api/v1/gates/passes/{held.pk}/revoke", {"reason": "x"}).status_code == 403
    assert post(keeper, f"/api/v1/gates/{NEIGHBOUR}/checks", [check(village)]).status_code == 403
    assert post(signed_in(Role.CALLER), CHECKS, [check(village)]).status_code == 403
    assert post(Client(), CHECKS, [check(village)]).status_code == 401
