"""Checks that phones send: kept as they were made, each once, whatever is among them."""

import datetime as dt
from decimal import Decimal
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4

import pytest

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, scope_of
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Check, EmergencyCall, GateDay, Pass, Uncounted
from shouwang.kernel.uuid7 import mint
from shouwang.screening.models import Reading
from shouwang.sync.enums import Outcome
from shouwang.sync.rules.records import Answer, DeviceHere, Sent

KEEPER = scope_of(Role.GATE_KEEPER)
DEVICE = DeviceHere(7, uuid4(), COMMUNITY, None, "东门手机")
GONE = "0b9e1a52-6a0f-4f7e-9b0a-2f0c5d3e4a11"
pytestmark = pytest.mark.django_db


def sent(village: Village, *, at: dt.datetime = NOON, check_id: UUID | None = None, **body: Any) -> Sent:
    """A green check at the village's gate, unless ``body`` says otherwise."""
    said = {
        "entrance": village.gate.pk,
        "direction": "out",
        "pass": None,
        "temperature": "36.5",
        "masked": True,
        "verdict": "green",
        "reason": "ok",
    } | body
    digest = blake2b(repr(sorted(said.items(), key=str)).encode(), digest_size=16).digest()
    return Sent(check_id or mint(at), "check", 1, at, at, "王姐", said, digest)


def take(*records: Sent, device: DeviceHere = DEVICE) -> list[Answer]:
    with acting(KEEPER):
        return actions.take_checks(KEEPER, device, records)


def kept(record: Sent) -> Check:
    with acting(SYSTEM):
        return Check.objects.get(community=COMMUNITY, id=record.id)


def pass_of(village: Village, person: int = 0) -> Pass:
    with acting(SYSTEM):
        return Pass.objects.get(resident=village.people[person])


def shown(held: Pass) -> dict[str, Any]:
    return {"id": str(held.pass_id), "kind": "resident", "community": COMMUNITY, "household": 0}


def test_a_verdict_given_is_kept_and_never_judged_again(village: Village) -> None:
    held = pass_of(village)
    first = sent(village, **{"pass": shown(held)})
    second = sent(village, at=NOON + dt.timedelta(minutes=1), **{"pass": shown(held)})
    assert take(first, second) == [Answer(Outcome.STORED), Answer(Outcome.STORED)]
    check = kept(second)
    # The household had been out a minute before: the phone could not know, and what happened is kept.
    assert (check.verdict, check.reason, check.resident, check.household, check.pass_number) == (
        "green", "ok", village.people[0].pk, village.household.pk, held.pk,
    )  # fmt: skip
    assert (check.device, check.keeper, check.device_clock, bytes(check.digest or b"")) == (
        7, "王姐", NOON + dt.timedelta(minutes=1), second.digest,
    )  # fmt: skip
    with acting(SYSTEM):
        assert GateDay.objects.values_list("checks", "passed", "refused", "fevers").get() == (2, 2, 0, 0)


def test_sent_again_it_is_a_duplicate_and_with_other_content_a_conflict(village: Village) -> None:
    record = sent(village)
    other = sent(village, check_id=record.id, temperature="39.0")
    assert [answer.outcome for answer in take(record, record, other)] == ["stored", "duplicate", "conflict"]
    assert [answer.outcome for answer in take(other, record)] == ["conflict", "duplicate"]
    assert kept(record).temperature == Decimal("36.5")
    with acting(SYSTEM):
        assert GateDay.objects.get().checks == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"entrance": 999_999}, "entrance_unknown"),
        ({"entrance": "12"}, "check_unreadable"),
        ({"entrance": True}, "check_unreadable"),
        ({"direction": "sideways"}, "check_unreadable"),
        ({"verdict": "blue"}, "check_unreadable"),
        ({"reason": "because"}, "check_unreadable"),
        ({"masked": "yes"}, "check_unreadable"),
        ({"emergency": 1}, "check_unreadable"),
        ({"pass": "SW1:X"}, "check_unreadable"),
        ({"pass": {"id": "no uuid", "kind": "resident"}}, "check_unreadable"),
        ({"pass": {"id": GONE, "kind": "king"}}, "check_unreadable"),
        ({"pass": {"id": GONE, "kind": "resident", "household": 2**63}}, "check_unreadable"),
        ({"corrects": 7}, "check_unreadable"),
        ({"vehicle": {"id": 1}}, "check_unreadable"),
        ({"temperature": ["36.5"]}, "check_unreadable"),
        ({"temperature": {"a": 1}}, "check_unreadable"),
        ({"remarks": "x" * 201}, "too_long"),
        ({"remarks": "\ud800"}, "check_unreadable"),
        ({"plate": "京A" + "8" * 20}, "too_long"),
        ({"verdict": []}, "check_unreadable"),
    ],
    ids=str,
)
def test_a_poison_record_touches_no_other(village: Village, body: dict[str, Any], code: str) -> None:
    good, bad, also_good = sent(village), sent(village, **body), sent(village, direction="in")
    answers = take(good, bad, also_good)
    assert [answer.outcome for answer in answers] == ["stored", "quarantined", "stored"]
    assert answers[1].code == code
    with acting(SYSTEM):
        assert Check.objects.count() == GateDay.objects.get().checks == 2


def test_a_neighbours_entrance_is_unknown_here(village: Village) -> None:
    stranger = DeviceHere(8, uuid4(), NEIGHBOUR, None, "邻村")
    neighbour = scope_of(Role.GATE_KEEPER, NEIGHBOUR)
    with acting(neighbour):
        (answer,) = actions.take_checks(neighbour, stranger, [sent(village)])
    assert answer == Answer(Outcome.QUARANTINED, "entrance_unknown")


@pytest.mark.parametrize(
    ("written", "read", "remarks"),
    [
        ("36.5", "36.5", ""),
        ("36,5", "36.5", ""),
        ("365", "36.5", ""),
        (36.5, "36.5", ""),
        ("", None, ""),
        (None, None, ""),
        ("3.65", None, "3.65 ℃? "),
        ("50.0", None, "50.0 ℃? "),
        ("热", None, "热 ℃? "),
    ],
)
def test_a_temperature_is_read_or_left_out_but_never_guessed(
    village: Village, written: object, read: str | None, remarks: str
) -> None:
    record = sent(village, temperature=written, remarks="咳嗽")
    assert take(record)[0].outcome == Outcome.STORED
    check = kept(record)
    assert check.temperature == (Decimal(read) if read else None)
    assert check.remarks == f"{remarks}咳嗽"


def test_what_the_keeper_wrote_keeps_its_punctuation(village: Village) -> None:
    one = sent(village, remarks="送菜，３号楼（已登记）。", plate="鄂Ｒ１２３４５")
    take(one)
    assert (kept(one).remarks, kept(one).plate) == ("送菜，3号楼（已登记）。", "鄂R12345")


def test_a_pass_that_nobody_has_here_is_kept_as_shown(village: Village) -> None:
    gone = uuid4()
    record = sent(village, **{"pass": {"id": str(gone), "kind": "responder", "community": 429006001000}})
    take(record)
    check = kept(record)
    assert (check.pass_id, check.pass_kind, check.pass_number, check.resident) == (
        gone,
        "responder",
        None,
        None,
    )


@pytest.mark.parametrize("way", ["code", "token"])
@pytest.mark.parametrize("area", [429006001000, 429006000000])
def test_a_pass_from_above_is_judged_by_its_register(village: Village, way: str, area: int) -> None:
    with acting(SYSTEM):
        issued = actions.issue_supply_pass(SYSTEM, area=area, plate="鄂RD12345", firm="中百超市")
        presented = {way: issued.code if way == "code" else actions.sign_pass(issued)}
    asked = {"pass": presented, "verdict": None, "reason": None, "direction": "in"}
    own = {"pass": {"code": pass_of(village).code}, "verdict": None, "reason": None, "direction": "in"}
    good, mine = sent(village, **asked), sent(village, **own)
    assert [answer.extra["reason"] for answer in take(good, mine)] == ["ok", "ok"]
    check = kept(good)
    assert (check.pass_id, check.pass_kind, check.pass_number) == (issued.pass_id, "supply", issued.pk)
    assert kept(mine).resident == village.people[0].pk
    with acting(SYSTEM):
        actions.revoke_pass(SYSTEM, pass_id=issued.pk, reason="stolen")
    (answer,) = take(sent(village, **asked))
    assert answer.extra["reason"] == "pass_revoked"


@pytest.mark.parametrize("area", [NEIGHBOUR, 429006002000])
def test_the_code_of_a_pass_from_beside_is_nobodys(village: Village, area: int) -> None:
    with acting(SYSTEM):
        issued = actions.issue_responder_pass(SYSTEM, area=area, name="赵敏", agency="街道办")
    one = sent(village, **{"pass": {"code": issued.code}}, verdict=None, reason=None, direction="in")
    (answer,) = take(one)
    assert answer.extra["reason"] == "stranger"
    assert (kept(one).pass_id, kept(one).pass_code) == (None, issued.code)


def test_an_emergency_tells_the_office_at_once_and_only_once(village: Village) -> None:
    record = sent(village, emergency=True, reason="emergency", temperature=None, masked=None)
    take(record)
    take(record)
    with acting(SYSTEM):
        assert EmergencyCall.objects.get().check_id == record.id


def test_a_fever_is_told_at_once_and_other_temperatures_wait_for_the_worker(village: Village) -> None:
    warm = sent(
        village, temperature="38.1", verdict="red", reason="fever", **{"pass": shown(pass_of(village))}
    )
    well = sent(village, **{"pass": shown(pass_of(village, 1))})
    take(warm, well)
    with acting(SYSTEM):
        assert [reading.id for reading in Reading.objects.all()] == [warm.id]
        assert [row.checks for row in Uncounted.objects.all()] == [[well.id]]
    from shouwang.gates.actions.uncounted import count_waiting

    assert count_waiting(SYSTEM) == 1
    assert count_waiting(SYSTEM) == 0
    with acting(SYSTEM):
        assert {reading.id for reading in Reading.objects.all()} == {warm.id, well.id}
        assert not Uncounted.objects.exists()


def test_the_blanks_inside_a_token_mean_something(village: Village) -> None:
    held = pass_of(village)
    token = next(text for _ in range(2000) if "  " in (text := actions.sign_pass(held)))
    one = sent(village, **{"pass": {"token": token}}, verdict=None, reason=None)
    (answer,) = take(one)
    assert answer.extra["reason"] == "ok"
    assert kept(one).pass_id == held.pass_id


@pytest.mark.parametrize("text", ["微信名片", "https://example.org/", "x" * 5000])
def test_the_code_of_something_else_is_no_pass_and_the_check_is_kept(village: Village, text: str) -> None:
    one = sent(village, **{"pass": {"token": text}}, verdict=None, reason=None)
    (answer,) = take(one)
    assert (answer.outcome, answer.extra["reason"]) == (Outcome.STORED, "not_a_pass")
