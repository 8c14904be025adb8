"""What a phone could not send is handed in by another one, or by the office."""

import gzip
import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.sync import actions, queries, sealing
from sync.phone import COMMUNITY, NEIGHBOUR, OFFICE, SYSTEM, Phone, enrolled, notes, scope_of

pytestmark = pytest.mark.django_db


def file_of(phone: Phone, records: list[Any], **changes: Any) -> bytes:
    batch = phone.batch(records, device=phone.token.split(".")[1], **changes)
    return b"SWH1" + sealing.seal_bytes(gzip.compress(json.dumps(batch).encode()))


def revoked(phone: Phone) -> None:
    with acting(OFFICE):
        for line in queries.devices(OFFICE, COMMUNITY):
            if line.device_id == UUID(phone.token.split(".")[1]):
                actions.revoke_device(OFFICE, device_id=line.key, reason="丢了")


def test_a_revoked_phone_with_a_full_queue_is_handed_in_by_another() -> None:
    lost, other = enrolled("丢的手机"), enrolled("西门的手机")
    sent, kept = [lost.note() for _ in range(5)], [lost.note(f"{n}") for n in range(1200)]
    lost.outcomes(sent)
    revoked(lost)
    assert lost.send(kept[:500]).status_code == 401
    file = file_of(lost, sent[3:] + kept)
    answer = other.post("/handover", file)
    assert answer.status_code == 200
    told = answer.json()
    assert told["outcomes"] == {"stored": 1200, "duplicate": 2}
    assert (told["device"]["name"], told["missing"]) == ("丢的手机", [])
    assert len(notes()) == 1205
    assert other.post("/handover", file).json()["outcomes"] == {"duplicate": 1202}
    with acting(SYSTEM):
        entries = AuditEntry.objects.filter(verb="hand_over").order_by("id")
        assert [entry.actor_name for entry in entries] == ["西门的手机"] * 2
        assert entries[0].detail == {"stored": 1200, "duplicate": 2}
    with acting(OFFICE):
        line = next(one for one in queries.devices(OFFICE, COMMUNITY) if one.name == "丢的手机")
        assert (line.unsent, line.missing) == (0, ())


def test_the_office_hands_it_in_and_the_poison_in_it_is_set_aside() -> None:
    phone = enrolled()
    file = file_of(phone, [phone.note(), phone.note(kind="gossip"), phone.note(body={"stumble": "break"})])
    with acting(OFFICE):
        handed = actions.take_handover(OFFICE, file)
        assert handed.outcomes == {"stored": 1, "quarantined": 2}
        assert len(queries.quarantine(OFFICE, COMMUNITY)) == 2


def test_who_may_hand_in() -> None:
    phone, stranger = enrolled(), enrolled("隔壁村的手机", NEIGHBOUR)
    file = file_of(phone, [phone.note()])
    assert stranger.post("/handover", file).status_code == 404
    for role in (Role.CALLER, Role.REPORTER):
        with pytest.raises(Forbidden), acting(scope_of(role)):
            actions.take_handover(scope_of(role), file)
    for role in (Role.TOWN, Role.OFFICE, Role.GATE_KEEPER):
        with acting(scope_of(role)):
            actions.take_handover(scope_of(role), file)
    assert len(notes()) == 1


def test_files_that_are_none() -> None:
    phone = enrolled()
    good = file_of(phone, [phone.note()])
    codes = {
        b"": "no_handover_file",
        b"SWH1": "file_not_ours",
        good[:-1]: "file_not_ours",
        good[:80]: "file_not_ours",
        good[:30] + b"\x00" + good[31:]: "file_not_ours",
        good[:-1] + bytes([good[-1] ^ 1]): "file_not_ours",
        good + b"x": "file_not_ours",
        b"SWH2" + good[4:]: "no_handover_file",
        b"SWH1" + sealing.seal_bytes(b"no gzip"): "no_handover_file",
        b"SWH1" + sealing.seal_bytes(gzip.compress(b"[]")): "no_handover_file",
        b"SWH1" + sealing.seal_bytes(gzip.compress(b" " * 65 * 2**20)): "file_too_long",
    }
    for file, code in codes.items():
        answer = phone.post("/handover", file)
        assert (answer.status_code, answer.json()["code"]) == (422, code), file[:8]
    unknown = b"SWH1" + sealing.seal_bytes(
        gzip.compress(json.dumps(phone.batch([], device=str(uuid4()))).encode())
    )
    with pytest.raises(NotFound), acting(OFFICE):
        actions.take_handover(OFFICE, unknown)
    assert notes() == []


def test_what_is_sealed_opens_here_only_and_only_whole() -> None:
    sealed = sealing.seal("42900620000101001X")
    assert sealing.unseal(sealed) == "42900620000101001X"
    assert sealing.seal("42900620000101001X") != sealed
    assert len(sealing.public_point()) == 65
    other = "A" if sealed[40] != "A" else "B"
    for broken in ("", "x", sealed[:-1], sealed[:-4], sealed + "AA", "é", sealed[:40] + other + sealed[41:]):
        with pytest.raises(sealing.Unopened):
            sealing.unseal(broken)


def test_a_point_that_is_on_no_curve_is_no_seal() -> None:
    for point in (b"\x04" + b"\x01" * 64, b"\x04" + b"\0" * 64, b"\x02" + b"\x01" * 64):
        with pytest.raises(sealing.Unopened):
            sealing.unseal_bytes(b"\x01" + point + b"\0" * 32)


def test_refusals_speak() -> None:
    with pytest.raises(Refused, match="hand-over file"), acting(OFFICE):
        actions.take_handover(OFFICE, b"%PDF")
