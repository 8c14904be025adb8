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


def test_passes_of_other_kinds(village: Village, signed_in: SignIn) -> None:
    client, passes = signed_in(Role.OFFICE), "/api/v1/gates/passes"
    for path, body in (
        ("", {"resident": village.people[0].pk, "kind": "emergency"}),
        ("/vehicle", {"household": village.household.pk, "plate": "鄂R·12345", "valid_days": 3}),
        ("/responder", {"area": COMMUNITY, "name": "周敏", "agency": "市卫健局"}),
        ("/supply", {"area": COMMUNITY, "plate": "鄂RD12345", "firm": "中百超市"}),
    ):
        first, again = post(client, passes + path, body), post(client, passes + path, body)
        assert (first.status_code, first.json()) == (200, again.json())
    listed = client.get(f"/api/v1/gates/{COMMUNITY}/passes", {"q": "鄂R12345"}).json()
    assert [(one["kind"], one["plate"]) for one in listed] == [("vehicle", "鄂R12345")]
    assert len(client.get(f"/api/v1/gates/{COMMUNITY}/passes").json()) == 7


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("", {"kind": "vehicle"}, 422, "malformed"),
        ("/vehicle", {"household": 0, "plate": "鄂R12345"}, 404, "not_found"),
        ("/supply", {"area": COMMUNITY, "plate": "鄂R1234", "firm": "中百"}, 422, "plate_length"),
        ("/responder", {"area": NEIGHBOUR, "name": "周敏", "agency": "市卫健局"}, 403, "forbidden"),
        ("/visitor", {"community": COMMUNITY, "visit": str(mint(NOON))}, 404, "not_found"),
    ],
)
def test_passes_that_are_not_issued(
    village: Village, signed_in: SignIn, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    body = {"resident": village.people[0].pk} | body if not path else body
    answer = post(signed_in(Role.OFFICE), f"/api/v1/gates/passes{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
