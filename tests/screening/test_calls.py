"""The call list of a caller's phone: its households and no others, the neediest first, with what others did."""

import datetime as dt
import gzip
import json
from typing import Any

from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.access.models import AuditEntry
from shouwang.people.enums import ReturneeState, Risk, WatchReason
from shouwang.people.models import Resident, Returnee, Watch
from shouwang.places.models import Entrance
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.rules import ReadingInput
from shouwang.screening.rules.calls import rank, reasons, speech_level
from shouwang.sync.actions import enrol_device, hand_caseload, invite_device, revoke_device, take_handover
from shouwang.sync.actions.handover import MAGIC
from shouwang.sync.models import Device
from shouwang.sync.sealing import seal_bytes
from shouwang.workforce.models import Assignment, Caseload
from sync.phone import Phone

Json = dict[str, Any]


def caseload(*homes: Home, name: str = "1", community: int = COMMUNITY) -> int:
    now = clock.now()
    load = Caseload.objects.create(
        community=community, name=name, caller_name="李红", created_at=now, changed_at=now
    )
    Assignment.objects.bulk_create(
        Assignment(household=home.id, community=community, caseload=load, since=now) for home in homes
    )
    return load.pk


def phone_for(load: int | None, name: str = "李红的手机") -> Phone:
    code = invite_device(OFFICE, community=COMMUNITY, entrance=None, name=name, caseload=load)
    return Phone(enrol_device(code, app="1.0").token)


def pack(phone: Phone, lang: str = "zh-hans", **have: str) -> Json:
    answer = phone.post("/pack", json.dumps({"have": have, "lang": lang}).encode())
    assert answer.status_code == 200, answer.content
    found: Json = answer.json()["parts"]
    return found


def reach(home: Home, *people: int, temperature: str = "36.5", **more: Any) -> None:
    given = {
        "attempt_id": new_id(), "community": COMMUNITY, "household_id": home.id, "channel": "call",
        "outcome": "reached", "answered_by": "resident",
        "readings": [ReadingInput(person, temperature, []) for person in people or home.people],
    }  # fmt: skip
    record_attempt(OFFICE, **{**given, **more})


def looks() -> int:
    with inside():
        return AuditEntry.objects.filter(verb="reveal_calls").count()


def device_of(phone: Phone) -> Device:
    return Device.objects.get(device_id=phone.token.split(".")[1])


def test_a_list_of_its_own_households_with_their_numbers(homes: list[Home]) -> None:
    with inside():
        (stranger,) = settle([1], community=ELSEWHERE, compound="别处")
        caseload(stranger, community=ELSEWHERE)
    mine = caseload(homes[0], homes[2])
    caseload(homes[1], name="2")
    open_round(OFFICE, community=COMMUNITY)
    reach(homes[0], homes[0].people[0], needs="降压药")
    data = pack(phone_for(mine))["calls"]["data"]
    assert data["caseload"] == {"id": mine, "name": "1", "caller": "李红"}
    assert {home["id"] for home in data["households"]} == {homes[0].id, homes[2].id}
    first = next(home for home in data["households"] if home["id"] == homes[0].id)
    assert first["phones"] == [{"resident": homes[0].people[0], "name": "赵0", "phone": "13800001234"}]
    assert (first["due"], first["reached"], first["tries"], first["next"]) == (3, 1, 1, "ask_rest")
    assert [member["missing"] for member in first["members"]] == [[], ["day"], ["day"]]
    assert first["members"][0]["last"]["temperature"] == "36.5"
    assert (first["last"]["outcome"], first["last"]["needs"]) == ("reached", "降压药")
    assert data["progress"] == {"due": 5, "reached": 1, "households": 2, "complete": 0}


def test_a_phone_without_a_caseload_is_told_of_no_list(homes: list[Home]) -> None:
    caseload(*homes)
    parts = pack(phone_for(None))
    assert {"calls", "script"} & parts.keys() == set()
    assert looks() == 0


def test_only_a_phone_at_a_gate_is_told_of_passes_and_of_who_must_stay_in(homes: list[Home]) -> None:
    at_gates = {"revoked", "passes", "holds", "holders", "outings"}
    both = {"trust", "place", "profile", "sealing"}
    mine = caseload(*homes)
    with inside():
        east = Entrance.objects.create(
            community=COMMUNITY, name="东门", status="open", changed_at=clock.now()
        )
    assert pack(phone_for(mine)).keys() == both | {"calls", "script"}
    assert pack(phone_for(None, "东门")).keys() == both | at_gates
    code = invite_device(OFFICE, community=COMMUNITY, entrance=east.pk, name="两用", caseload=mine)
    phone = Phone(enrol_device(code, app="1.0").token)
    assert pack(phone).keys() == both | at_gates | {"calls", "script"}


def test_a_hand_out_is_on_record_once_a_day_and_nothing_new_is_left_out(homes: list[Home]) -> None:
    phone = phone_for(caseload(*homes))
    open_round(OFFICE, community=COMMUNITY)
    version = pack(phone)["calls"]["version"]
    assert "calls" not in pack(phone, calls=version)
    reach(homes[0])
    again = pack(phone, calls=version)["calls"]
    assert again["data"]["progress"]["reached"] == 3
    assert looks() == 1
    Resident.objects.filter(pk=homes[1].people[0]).update(phone=None)
    pack(phone, calls=again["version"])
    assert looks() == 2


def test_handed_over_to_another_caseload_it_lists_that_one_and_without_one_none(homes: list[Home]) -> None:
    first, second = caseload(homes[0]), caseload(homes[1], name="2")
    phone = phone_for(first)
    version = pack(phone)["calls"]["version"]
    hand_caseload(OFFICE, device_id=device_of(phone).pk, caseload=second)
    data = pack(phone, calls=version)["calls"]["data"]
    assert [home["id"] for home in data["households"]] == [homes[1].id]
    hand_caseload(OFFICE, device_id=device_of(phone).pk, caseload=None)
    gone = pack(phone, calls=version)["calls"]
    assert gone["data"] is None
    assert "calls" not in pack(phone, calls=gone["version"])


def test_a_phone_lost_in_mid_round_loses_nothing(homes: list[Home]) -> None:
    mine = caseload(*homes)
    open_round(OFFICE, community=COMMUNITY)
    lost = phone_for(mine)
    kept = [attempt_of(lost, home) for home in homes[1:]]
    assert lost.outcomes([attempt_of(lost, homes[0])]) == ["stored"]
    revoke_device(OFFICE, device_id=device_of(lost).pk, reason="丢了")
    assert lost.post("/pack", b"{}").status_code == 401
    new = phone_for(mine, "新手机")
    data = pack(new)["calls"]["data"]
    assert data["progress"]["reached"] == 3
    done = next(home for home in data["households"] if home["id"] == homes[0].id)
    assert [(one["outcome"], one["by"], one["mine"]) for one in done["today"]] == [("reached", "王姐", False)]
    file = json.dumps({**lost.batch(kept), "device": str(device_of(lost).device_id)}).encode()
    handed = take_handover(OFFICE, MAGIC + seal_bytes(gzip.compress(file)))
    assert {str(outcome): count for outcome, count in handed.outcomes.items()} == {"stored": 2}
    assert pack(new)["calls"]["data"]["progress"]["reached"] == 6
    again = take_handover(OFFICE, MAGIC + seal_bytes(gzip.compress(file)))
    assert {str(outcome): count for outcome, count in again.outcomes.items()} == {"duplicate": 2}


def attempt_of(phone: Phone, home: Home) -> Json:
    told = [{"resident": one, "temperature": "36.5", "symptoms": []} for one in home.people]
    said = {
        "household": home.id,
        "channel": "call",
        "outcome": "reached",
        "answered_by": "resident",
        "readings": told,
    }
    return phone.note(kind="attempt", body=said)


def test_those_at_risk_come_first(homes: list[Home]) -> None:
    more = settle([1, 1, 1, 1, 1])
    now, today = clock.now(), clock.today()
    yesterday = now - dt.timedelta(days=1)
    plain, missed, old, watched, ill, back = homes[0], *more
    open_round(OFFICE, community=COMMUNITY, day=today - dt.timedelta(days=1), at=yesterday)
    for home in (plain, old, watched, back):
        reach(home, made_at=yesterday)
    reach(ill, temperature="38.5", made_at=yesterday)
    open_round(OFFICE, community=COMMUNITY)
    Resident.objects.filter(household=old.id).update(born_on=dt.date(1940, 1, 1))
    Watch.objects.create(
        community=COMMUNITY, household=watched.id, resident=watched.people[0], reason=WatchReason.QUARANTINE,
        twice_daily=True, from_day=today, until_day=today, started_at=now,
    )  # fmt: skip
    Returnee.objects.create(
        community=COMMUNITY, household_id=back.id, resident_id=back.people[0], name="赵0", origin="武汉",
        risk=Risk.HIGH, state=ReturneeState.HERE, created_at=now, updated_at=now,
    )  # fmt: skip
    data = pack(phone_for(caseload(plain, missed, old, watched, ill, back)))["calls"]["data"]
    assert [(home["id"], home["why"]) for home in data["households"]] == [
        (back.id, ["epicentre"]),
        (ill.id, ["fever"]),
        (watched.id, ["watched"]),
        (old.id, ["elderly_alone"]),
        (missed.id, ["never_reached", "missed_yesterday"]),
        (plain.id, []),
    ]
    assert data["households"][0]["members"][0]["origin"] == "武汉"
    assert data["households"][2]["members"][0]["watch"]["reason"] == "quarantine"
    assert data["households"][3]["level"] == "simple"


def test_before_the_round_is_open_whoever_is_here_is_due(homes: list[Home]) -> None:
    data = pack(phone_for(caseload(homes[0])))["calls"]["data"]
    assert data["rounds"] == []
    assert [member["missing"] for member in data["households"][0]["members"]] == [["day"]] * 3


def test_the_script_speaks_the_language_of_the_phone(homes: list[Home]) -> None:
    phone = phone_for(caseload(homes[0]))
    english, chinese = pack(phone, lang="en")["script"], pack(phone)["script"]
    assert english["data"]["levels"]["child"]["name"] == "A child answers"
    assert english["version"] != chinese["version"]
    assert set(chinese["data"]["levels"]) == {"usual", "simple", "child"}
    assert "script" not in pack(phone, script=chinese["version"])


def test_reasons_stand_in_the_order_of_their_weight() -> None:
    names = ("epicentre", "fever", "watched", "elderly_alone", "missed_yesterday", "never_reached")
    none = dict.fromkeys(names, False)
    both = reasons(**{**none, "elderly_alone": True, "fever": True})
    assert both == ("fever", "elderly_alone")
    assert rank(both) < rank(reasons(**{**none, "fever": True})) < rank(reasons(**none))
    assert [speech_level(ages) for ages in ([70, 64], [70, 30], [70, None], [])] == [
        "simple", "usual", "usual", "usual",
    ]  # fmt: skip
