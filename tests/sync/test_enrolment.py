"""A phone becomes a device by a one-time code, and stops being one."""

import datetime as dt
import json
from uuid import uuid4

import pytest

from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, Refused
from shouwang.sync import actions, queries
from shouwang.sync.models import Device, Enrolment
from sync.phone import COMMUNITY, NEIGHBOUR, OFFICE, SYSTEM, Phone, enrolled, scope_of, together

pytestmark = pytest.mark.django_db


def invited(name: str = "东门的手机", entrance: int | None = 12) -> str:
    with acting(OFFICE):
        return actions.invite_device(OFFICE, community=COMMUNITY, entrance=entrance, name=name)


def show(code: str, **more: str) -> tuple[int, dict[str, object]]:
    answer = Phone().post("/enrol", json.dumps({"code": code, "app": "1.2.0", **more}).encode())
    return answer.status_code, answer.json()


def test_a_code_makes_one_phone_a_device() -> None:
    status, told = show(invited())
    assert status == 200
    with acting(SYSTEM):
        device = Device.objects.get()
        assert told["device"] == {
            "id": str(device.device_id), "name": "东门的手机", "community": COMMUNITY, "entrance": 12,
            "caseload": None,
        }  # fmt: skip
        assert str(told["token"]).startswith(f"{COMMUNITY}.{device.device_id}.")
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"invite_device", "enrol_device"} <= verbs
    assert Phone(str(told["token"])).send([]).status_code == 200


def test_neither_code_nor_secret_is_kept() -> None:
    code = invited()
    _, told = show(code)
    with acting(SYSTEM):
        kept = repr([*Enrolment.objects.values_list(), *Device.objects.values_list()])
    assert code.split(".")[1] not in kept
    assert str(told["token"]).split(".")[2] not in kept


def test_a_code_works_once() -> None:
    code = invited()
    assert show(code)[0] == 200
    status, told = show(code)
    assert (status, told["code"]) == (422, "enrolment_used")


def test_the_same_app_may_ask_again_because_the_answer_was_lost() -> None:
    code, installation = invited(), str(uuid4())
    first = show(code, installation=installation)
    assert first[0] == 200
    assert show(code, installation=installation) == first
    assert show(code, installation=str(uuid4()))[1]["code"] == "enrolment_used"
    with acting(SYSTEM):
        assert Device.objects.count() == 1


def test_an_old_code_and_a_made_up_one(monkeypatch: pytest.MonkeyPatch) -> None:
    code, later = invited(), clock.now() + dt.timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert show(code)[1]["code"] == "enrolment_expired"
    for unknown in (
        "",
        "x",
        f"{COMMUNITY}.ABCDEFGHJKMN",
        f"{NEIGHBOUR}.{code.split('.')[1]}",
        "429006001000.X",
    ):
        status, told = show(unknown)
        assert (status, told["code"]) == (422, "enrolment_unknown")
        assert told["message"]


@pytest.mark.django_db(transaction=True)
def test_a_code_shown_by_eight_phones_at_once() -> None:
    code = invited()
    answers = together([lambda: show(code) for _ in range(8)])
    assert sorted(status for status, _ in answers) == [200] + [422] * 7
    with acting(SYSTEM):
        assert Device.objects.count() == 1


def test_who_may_invite() -> None:
    for role in (Role.GATE_KEEPER, Role.CALLER, Role.REPORTER, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden), acting(scope_of(role)):
            actions.invite_device(scope_of(role), community=COMMUNITY, entrance=None, name="x")
    with pytest.raises(Refused, match="name"):
        invited(name="  ")
    with pytest.raises(Refused, match="community"), acting(SYSTEM):
        actions.invite_device(SYSTEM, community=429006001000, entrance=None, name="x")


def test_a_revoked_phone_is_not_listened_to_from_that_moment() -> None:
    phone = enrolled()
    with acting(OFFICE):
        key = queries.devices(OFFICE, COMMUNITY)[0].key
        actions.revoke_device(OFFICE, device_id=key, reason="丢了")
        actions.revoke_device(OFFICE, device_id=key, reason="")  # again: nothing changes
    for path in ("", "/pack", "/handover"):
        answer = phone.post(path, b'{"records": []}')
        assert (answer.status_code, answer.json()["code"]) == (401, "device_revoked")
    with acting(OFFICE):
        line = queries.devices(OFFICE, COMMUNITY)[0]
    assert line.revoked_at is not None
    assert line.revoke_reason == "丢了"


@pytest.mark.parametrize("path", ["", "/pack", "/handover"])
def test_strangers_learn_nothing(path: str) -> None:
    phone = enrolled()
    community, device, _secret = phone.token.split(".")
    for token in (
        "", "x", f"{community}.{device}.wrong", f"{community}.{uuid4()}.x", f"{NEIGHBOUR}.{device}.{_secret}",
        f"429006000000.{device}.{_secret}", f"{community}.x.{_secret}", f"{community}.{device}.",
    ):  # fmt: skip
        answer = Phone(token).post(path, b'{"records": []}')
        assert (answer.status_code, answer.json()["code"]) == (401, "device_unknown")
