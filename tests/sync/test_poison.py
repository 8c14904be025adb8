"""A record that makes no sense is kept whole for the office, and holds up none of the others."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.uuid7 import mint
from shouwang.sync import queries
from shouwang.sync.models import Quarantined
from shouwang.sync.rules.batch import load, written
from sync.phone import COMMUNITY, OFFICE, SYSTEM, Phone, enrolled, notes

pytestmark = pytest.mark.django_db
DEEP: Any = 1
for _ in range(900):
    DEEP = [DEEP]
POISON: dict[str, tuple[dict[str, Any], str]] = {
    "no id": ({"id": ...}, "no_uuid7"),
    "another id": ({"id": str(uuid4())}, "no_uuid7"),
    "a number for an id": ({"id": 7}, "no_uuid7"),
    "an id in braces": ({"id": "{" + str(mint())[:34] + "}"}, "no_uuid7"),
    "an id of half a letter": ({"id": "\ud800"}, "no_uuid7"),
    "unknown kind": ({"kind": "round"}, "unknown_kind"),
    "a list for a kind": ({"kind": ["note"]}, "unknown_kind"),
    "no number": ({"seq": ...}, "no_seq"),
    "number 0": ({"seq": 0}, "no_seq"),
    "true for a number": ({"seq": True}, "no_seq"),
    "a huge number": ({"seq": 2**40}, "no_seq"),
    "a number beyond all": ({"seq": 10**400}, "no_seq"),
    "half a number": ({"seq": 1.5}, "no_seq"),
    "no time": ({"made_at": None}, "no_time"),
    "a time without zone": ({"made_at": "2020-02-21T08:00:00"}, "no_time"),
    "no such day": ({"clock": "2020-02-30T08:00:00Z"}, "no_time"),
    "year 1": ({"clock": "0001-01-01T00:00:00+14:00"}, "no_time"),
    "year 9999": ({"clock": "9999-12-31T23:59:59-12:00"}, "no_time"),
    "no keeper's name": ({"keeper": None}, "no_keeper"),
    "a long keeper's name": ({"keeper": "王" * 41}, "no_keeper"),
    "no body": ({"body": ...}, "no_body"),
    "a list for a body": ({"body": []}, "no_body"),
    "a null character": ({"body": {"text": "a\0b"}}, "no_text"),
    "a null character in a name": ({"keeper": "a\0b"}, "no_text"),
    "half a letter": ({"body": {"text": "\ud83d"}}, "no_text"),
    "not a number": ({"body": {"text": float("nan")}}, "no_text"),
    "infinity": ({"body": {"text": float("-inf")}}, "no_text"),
    "deep nesting": ({"body": {"text": DEEP}}, "no_text"),
    "what its taker refuses": ({"body": {"stumble": "refuse"}}, "not_here"),
    "what breaks its taker": ({"body": {"stumble": "break"}}, "error"),
    "what the database refuses": ({"body": {"stumble": "database"}}, "error"),
}


@pytest.fixture
def phone() -> Phone:
    return enrolled()


@pytest.mark.parametrize("name", POISON)
def test_one_among_five_hundred(phone: Phone, name: str) -> None:
    changes, code = POISON[name]
    records = [phone.note(f"{n}") for n in range(249)]
    bad = phone.note("bad", **changes)
    records += [bad, *(phone.note(f"{n}") for n in range(250))]
    answer = phone.send(records)
    assert answer.status_code == 200
    said = answer.json()["answers"]
    assert [one["outcome"] for one in said] == ["stored"] * 249 + ["quarantined"] + ["stored"] * 250
    assert said[249]["code"] == code
    assert len(notes()) == 499
    with acting(SYSTEM):
        kept = Quarantined.objects.get()
        assert written(load(kept.raw.open().encode())) == written(load(json.dumps(bad).encode()))
        assert (kept.outcome, kept.code, kept.community) == ("quarantined", code, COMMUNITY)
    # Sent again it is the same row, and the others are known.
    said = phone.send(records).json()["answers"]
    assert [one["outcome"] for one in said] == ["duplicate"] * 249 + ["quarantined"] + ["duplicate"] * 250
    with acting(SYSTEM):
        assert Quarantined.objects.count() == 1


@pytest.mark.parametrize("odd", [None, True, 7, "x", [], [{}], {}, "\ud800", float("nan")])
def test_what_is_no_record_at_all(phone: Phone, odd: Any) -> None:
    good = phone.note()
    said = phone.send([odd, good]).json()["answers"]
    assert [(one["id"], one["outcome"]) for one in said] == [(None, "quarantined"), (good["id"], "stored")]


def test_the_office_is_told_what_was_wrong_and_where_but_not_what_it_said(phone: Phone) -> None:
    phone.send([phone.note("张三 的事", kind="gossip"), phone.note()])
    with acting(OFFICE):
        (line,) = queries.quarantine(OFFICE, COMMUNITY)
        row = Quarantined.objects.get()
    assert (line.kind, line.code, line.device_name) == ("gossip", "unknown_kind", "东门的手机")
    assert "张三" not in f"{row.raw} {row.raw!r}"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from(["note", str(mint()), "2020-02-21T08:00:00Z"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "seq", "made_at", "clock", "keeper", "body", "text"])
            | st.text(max_size=5),
            inner,
            max_size=8,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(odd=st.lists(JSON, max_size=6), at=st.integers(0, 6))
def test_whatever_is_among_them_the_good_one_is_stored(phone: Phone, odd: list[Any], at: int) -> None:
    good = phone.note()
    records: list[Any] = [*odd[:at], good, *odd[at:]]
    answer = phone.send(records)
    assert answer.status_code == 200
    said = answer.json()["answers"]
    assert len(said) == len(records)
    assert said[min(at, len(odd))] == {"id": good["id"], "outcome": "stored", "code": ""}
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(id=good["id"]).exists()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(
        st.sampled_from(["id", "kind", "seq", "made_at", "clock", "keeper", "body"]), JSON
    )
)
def test_whatever_a_record_says_it_is_kept(phone: Phone, changes: dict[str, Any]) -> None:
    record = phone.note(**changes)
    (said,) = phone.send([record]).json()["answers"]
    with acting(SYSTEM):
        if said["outcome"] in ("stored", "duplicate"):
            assert AuditEntry.objects.filter(id=record["id"]).exists()
        else:
            raws = [load(row.raw.open().encode()) for row in Quarantined.objects.all()]
            assert written(load(json.dumps(record).encode())) in map(written, raws)
