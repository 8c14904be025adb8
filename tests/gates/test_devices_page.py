"""The page of the phones: enrol one, see what is not sent and what is missing, decide about what was set aside."""

import datetime as dt
import gzip
import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import shouwang
from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates.models import Check
from shouwang.gates.views.device_words import CODES
from shouwang.sync.models import Device, Quarantined
from shouwang.sync.sealing import seal_bytes
from shouwang.workforce.models import Caseload
from sync.phone import Phone, enrolled

SignIn = Callable[[Role], Client]
PAGE = "gates:devices"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(village: Village, signed_in: SignIn) -> Client:
    return signed_in(Role.OFFICE)


def look(client: Client, code: int = COMMUNITY) -> str:
    return html.unescape(client.get(reverse(PAGE, args=[code])).text)


def a_check(phone: Phone, village: Village) -> dict[str, object]:
    said = {"entrance": village.gate.pk, "direction": "in", "verdict": "green", "reason": "ok"}
    return phone.note(kind="check", body=said)


def test_a_phone_is_enrolled_by_what_the_page_shows(village: Village, office: Client) -> None:
    page = office.post(
        reverse("gates:invite", args=[COMMUNITY]), {"name": "东门 1 号", "entrance": village.gate.pk}
    ).text
    typed = re.search(r"SWE1\.(\d{12}\.[A-Z0-9]{12})\.[\w-]{22}", page)
    state = re.search(r'hx-get="(/gates/invitations/\d+)"', page)
    assert typed
    assert state
    assert "<svg" in page
    assert "Time left: <b" in page
    assert typed.group(1) not in state.group(1)
    assert "Waiting for the phone" in office.get(state.group(1)).text
    phone = Phone()
    answer = phone.post("/enrol", json.dumps({"code": typed.group(1), "app": "1.2.0"}).encode())
    assert answer.status_code == 200
    assert "东门 1 号 is enrolled" in office.get(state.group(1)).text
    listed = look(office)
    for word in ("东门 1 号", "滨江苑 东门", "1.2.0"):
        assert word in listed


def test_a_code_runs_out(village: Village, office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.post(reverse("gates:invite", args=[COMMUNITY]), {"name": "东门"}).text
    state = re.search(r'hx-get="(/gates/invitations/\d+)"', page)
    assert state
    assert 'data-left="1800">30:00<' in office.get(state.group(1)).text
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=31))
    assert "This code is over" in office.get(state.group(1)).text


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "长" * 41}, {"name": "东门", "entrance": "999999"}])
def test_a_phone_needs_a_name_and_a_gate_of_ours(
    village: Village, office: Client, wrong: dict[str, str]
) -> None:
    assert office.post(reverse("gates:invite", args=[COMMUNITY]), wrong).status_code == 422


def test_what_is_not_sent_and_what_is_missing_stands_there(
    village: Village, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = enrolled("东门的手机")
    records = [a_check(phone, village) for _ in range(5)]
    assert phone.outcomes([records[0], records[4]], unsent=30) == ["stored", "stored"]
    page = look(office)
    assert "28 records" in page
    assert "no. 2–4" in page
    assert "first sent 20" in page
    assert "last sent 20" in page
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(hours=7))
    assert "silent for 7" in look(office).replace("\xa0", " ")


def test_a_clock_that_is_wrong_is_told(village: Village, office: Client) -> None:
    phone = enrolled()
    phone.outcomes([a_check(phone, village)], sent_at=(NOON + dt.timedelta(minutes=7)).isoformat())
    assert "7 minutes ahead" in look(office)
    phone.outcomes([a_check(phone, village)], sent_at=(NOON - dt.timedelta(days=400)).isoformat())
    assert "400 days behind" in look(office)


def test_a_revoked_phone_is_not_listened_to_and_its_file_is_taken(village: Village, office: Client) -> None:
    phone = enrolled("丢的手机")
    held = [a_check(phone, village), a_check(phone, village)]
    with acting(SYSTEM):
        device = Device.objects.get()
    assert office.post(reverse("gates:revoke_device", args=[device.pk]), {"reason": ""}).status_code == 422
    after = office.post(
        reverse("gates:revoke_device", args=[device.pk]), {"reason": "丢了"}, follow=True
    ).text
    assert "no longer listened to" in after
    assert phone.send(held).status_code == 401
    batch = phone.batch(held, device=str(device.device_id))
    file = b"SWH1" + seal_bytes(gzip.compress(json.dumps(batch).encode()))
    for told in ("2 new, 0 known before", "0 new, 2 known before"):
        page = office.post(
            reverse("gates:hand_in", args=[COMMUNITY]),
            {"file": SimpleUploadedFile("x.shouwang", file)},
            follow=True,
        )
        assert told in page.text
    with acting(SYSTEM):
        assert Check.objects.count() == 2


@pytest.mark.parametrize("content", [b"", b"hello", b"SWH1" + b"\x01" * 200])
def test_a_file_that_is_none_is_told_in_words(village: Village, office: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("x.shouwang", content or b" ")
    page = office.post(reverse("gates:hand_in", args=[COMMUNITY]), {"file": upload}, follow=True).text
    assert "no hand-over file" in page or "does not open" in page


def test_what_was_set_aside_is_looked_at_taken_in_again_or_dismissed(
    village: Village, office: Client
) -> None:
    phone = enrolled()
    wrong = phone.note(kind="check", body={"entrance": 999_999, "direction": "in"})
    damaged = phone.note(kind="check", clock="yesterday", body={})
    assert phone.outcomes([wrong, damaged]) == ["quarantined", "quarantined"]
    page = look(office)
    assert "not one of this community" in page
    assert "The record is damaged" in page
    with acting(SYSTEM):
        first, second = Quarantined.objects.order_by("id")
    shown = office.post(reverse("gates:raw", args=[first.pk]), headers={"hx-request": "true"})
    assert "999999" in shown.text
    with acting(SYSTEM):
        assert AuditEntry.objects.get(verb="reveal").subject_id == str(first.pk)
    again = office.post(reverse("gates:settle", args=[first.pk]), {"settling": "taken_in"})
    assert again.status_code == 422
    with acting(SYSTEM):
        village.sealed.pk, village.sealed.name = 999_999, "新门"
        village.sealed.save(force_insert=True)
    taken = office.post(reverse("gates:settle", args=[first.pk]), {"settling": "taken_in"}, follow=True).text
    assert "It is taken in now" in taken
    assert "Dismissed" in office.post(reverse("gates:settle", args=[second.pk]), follow=True).text
    assert "Set aside" not in look(office)
    with acting(SYSTEM):
        assert Check.objects.get().entrance == 999_999


REFUSING = [
    "sync/rules/batch.py", "screening/rules/attempts.py", "screening/rules/arrivals.py", "screening/rules/sent_form.py",
    "screening/actions/intake.py", "screening/actions/sent_attempts.py", "kernel/temperature.py",
]  # fmt: skip


@pytest.mark.parametrize("module", REFUSING)
def test_every_reason_for_setting_a_call_or_visit_aside_has_words(module: str) -> None:
    source = (Path(shouwang.__file__).parent / module).read_text()
    codes = set(re.findall(r'(?:(?:Refused|_aside)\(\s*"|"(?=no_|unknown_kind))([a-z_0-9]+)"', source))
    assert codes
    conflict = {"attempt_changed"}  # told by its outcome
    assert codes - conflict - CODES.keys() == set()


def test_town_and_city_see_which_communities_to_call(
    village: Village, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled()
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(hours=7))
    for role, code in ((Role.TOWN, 429006001000), (Role.HEADQUARTERS, 429006000000)):
        page = look(signed_in(role), code)
        row = re.search(r"新城社区</a></td>(.*?)</tr>", page, re.S)
        assert row
        assert re.findall(r">(\d+)</td>", row.group(1)) == ["1", "1", "0", "0", "0"]


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER, Role.ADMINISTRATOR])
def test_the_page_is_not_for_everybody(village: Village, signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    assert client.get(reverse(PAGE, args=[COMMUNITY])).status_code == 403
    assert client.post(reverse("gates:invite", args=[COMMUNITY]), {"name": "x"}).status_code == 403


def test_the_phones_of_the_neighbours_do_not_exist(village: Village, office: Client) -> None:
    build(NEIGHBOUR)
    enrolled(community=NEIGHBOUR)
    with acting(SYSTEM):
        device = Device.objects.get()
    assert office.get(reverse(PAGE, args=[NEIGHBOUR])).status_code == 404
    assert office.post(reverse("gates:revoke_device", args=[device.pk]), {"reason": "x"}).status_code == 404


def test_a_phone_gets_a_caseload_and_another_one(village: Village, office: Client) -> None:
    now = clock.now()
    with acting(SYSTEM):
        first, second = (
            Caseload.objects.create(
                community=COMMUNITY, name=name, caller_name=caller, created_at=now, changed_at=now
            )
            for name, caller in (("1", "李红"), ("2", "王强"))
        )
        elsewhere = Caseload.objects.create(
            community=NEIGHBOUR, name="1", caller_name="别人", created_at=now, changed_at=now
        )
    page = office.post(
        reverse("gates:invite", args=[COMMUNITY]), {"name": "李红的手机", "caseload": first.pk}
    ).text
    typed = re.search(r"SWE1\.(\d{12}\.[A-Z0-9]{12})\.[\w-]{22}", page)
    assert typed
    answer = Phone().post("/enrol", json.dumps({"code": typed.group(1), "app": "1.2.0"}).encode())
    assert answer.json()["device"]["caseload"] == first.pk
    assert "1 · 李红" in look(office)
    with acting(SYSTEM):
        device = Device.objects.get()
    address = reverse("gates:hand_caseload", args=[COMMUNITY, device.pk])
    assert office.post(address, {"caseload": elsewhere.pk}).status_code == 404
    assert office.post(address, {"caseload": second.pk}).status_code == 302
    with acting(SYSTEM):
        device.refresh_from_db()
    assert device.caseload == second.pk


def test_nobody_invites_a_phone_for_the_caseload_of_another_community(
    village: Village, office: Client
) -> None:
    now = clock.now()
    with acting(SYSTEM):
        elsewhere = Caseload.objects.create(
            community=NEIGHBOUR, name="1", caller_name="别人", created_at=now, changed_at=now
        )
    answer = office.post(
        reverse("gates:invite", args=[COMMUNITY]), {"name": "手机", "caseload": elsewhere.pk}
    )
    assert answer.status_code == 422
    with acting(SYSTEM):
        assert not Device.objects.exists()
