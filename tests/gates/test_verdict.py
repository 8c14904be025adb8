"""The rules of the gate as a table. The phone answers from the same table."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.gates.enums import Direction, PassKind, PassState, Reason, Verdict
from shouwang.gates.rules.advice import ADVICE
from shouwang.gates.rules.codes import ALPHABET, make_code, read_code, spaced
from shouwang.gates.rules.verdict import DATED, VERDICTS, Facts, GateFacts, PassFacts, judge, next_out
from shouwang.kernel.profile import COVID_2020
from shouwang.places.enums import EntranceStatus

AT = dt.datetime(2020, 2, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
TODAY = AT.date()
GATE = GateFacts(community=429006001023, compound=7, status=EntranceStatus.OPEN)
PASS = PassFacts(PassKind.RESIDENT, 429006001023, 7, AT - dt.timedelta(days=5), AT + dt.timedelta(days=25))
GOING_OUT = Facts(
    at=AT,
    direction=Direction.OUT,
    gate=GATE,
    presented=PASS,
    known=True,
    temperature=Decimal("36.5"),
    masked=True,
)
COMING_IN = replace(GOING_OUT, direction=Direction.IN)
STRANGER = replace(COMING_IN, presented=None, known=False)


def days_ago(*days: int) -> tuple[dt.date, ...]:
    return tuple(TODAY - dt.timedelta(day) for day in days)


def out(**more: Any) -> Facts:
    return replace(GOING_OUT, **more)


def home(**more: Any) -> Facts:
    return replace(COMING_IN, **more)


def gate(**more: Any) -> GateFacts:
    return replace(GATE, **more)


def held(**more: Any) -> PassFacts:
    return replace(PASS, **more)


SEALED, EMERGENCY = gate(status=EntranceStatus.SEALED), gate(status=EntranceStatus.EMERGENCY)
FEVER, NORMAL = Decimal("37.8"), Decimal("37.3")
TOWN, CITY, OTHER_TOWN = 429006001000, 429006000000, 429006002000
NIGHT, TOMORROW = AT.replace(hour=3), TODAY + dt.timedelta(1)
VISITOR, RESPONDER, SUPPLY = (held(kind=PassKind(kind)) for kind in ("visitor", "responder", "supply"))
VEHICLE, AMBULANCE = held(kind=PassKind.VEHICLE), held(kind=PassKind.EMERGENCY)
EXPIRED, EARLY = held(valid_until=AT), held(valid_from=AT + dt.timedelta(minutes=1))

TABLE = [
    ("all in order, out", out(), Reason.OK),
    ("all in order, home", home(), Reason.OK),
    ("37.3 is no fever", out(temperature=NORMAL), Reason.OK),
    ("fever, going out", out(temperature=FEVER), Reason.FEVER),
    ("fever, coming home, is not waved in", home(temperature=FEVER), Reason.FEVER),
    ("fever weighs more than a revoked pass", out(temperature=FEVER, presented=held(revoked=True)), Reason.FEVER),
    ("fever weighs more than a sealed entrance", out(temperature=FEVER, gate=SEALED), Reason.FEVER),
    ("a stranger with fever is seen to first", replace(STRANGER, temperature=FEVER), Reason.FEVER),
    ("sealed entrance", home(gate=SEALED), Reason.ENTRANCE_SEALED),
    ("emergency exit is no gate", out(gate=EMERGENCY), Reason.EMERGENCY_EXIT),
    ("emergency at a sealed entrance", out(emergency=True, gate=SEALED), Reason.EMERGENCY),
    ("emergency without a pass", replace(STRANGER, emergency=True), Reason.EMERGENCY),
    ("emergency unmeasured, unmasked", out(emergency=True, temperature=None, masked=None), Reason.EMERGENCY),
    ("emergency with fever", out(emergency=True, temperature=FEVER), Reason.EMERGENCY_FEVER),
    ("emergency after an outing", out(emergency=True, outings=days_ago(0)), Reason.EMERGENCY),
    ("emergency with a revoked pass", out(emergency=True, presented=held(revoked=True)), Reason.EMERGENCY),
    ("no pass, not known, in", STRANGER, Reason.STRANGER),
    ("no pass, not known, out", replace(STRANGER, direction=Direction.OUT), Reason.STRANGER),
    ("no pass, on the roster, out", out(presented=None), Reason.NO_PASS),
    ("no pass, on the roster, home", home(presented=None), Reason.HOME_WITHOUT_PASS),
    ("another compound, out", out(presented=held(compound=8)), Reason.OTHER_PLACE),
    ("another compound, in", home(presented=held(compound=8)), Reason.OTHER_PLACE),
    ("another community", home(presented=held(community=429006001024)), Reason.OTHER_PLACE),
    ("the gate of a whole village", out(gate=gate(compound=None), presented=held(compound=8)), Reason.OK),
    ("a household without compound", out(presented=held(compound=None)), Reason.OK),
    ("a responder's pass serves all compounds", out(presented=replace(RESPONDER, compound=8)), Reason.OK),
    ("revoked, out", out(presented=held(revoked=True)), Reason.PASS_REVOKED),
    ("revoked, home", home(presented=held(revoked=True)), Reason.HOME_PASS_REVOKED),
    ("a visitor's revoked pass, in", home(presented=replace(VISITOR, revoked=True)), Reason.PASS_REVOKED),
    ("expired at its very end, out", out(presented=EXPIRED), Reason.PASS_EXPIRED),
    ("expired, home", home(presented=EXPIRED), Reason.HOME_PASS_EXPIRED),
    ("not valid yet, out", out(presented=EARLY), Reason.PASS_EARLY),
    ("not valid yet, home", home(presented=EARLY), Reason.HOME_WITHOUT_PASS),
    ("household out today", out(outings=days_ago(0)), Reason.HOUSEHOLD_WAS_OUT),
    ("household out two days ago", out(outings=days_ago(2)), Reason.HOUSEHOLD_WAS_OUT),
    ("household out three days ago", out(outings=days_ago(3)), Reason.OK),
    ("home after an outing", home(outings=days_ago(0)), Reason.OK),
    ("a responder has no turns", out(outings=days_ago(0), presented=RESPONDER), Reason.OK),
    ("temperature not taken", out(temperature=None), Reason.TEMPERATURE_MISSING),
    ("mask not looked at", out(masked=None), Reason.MASK_UNSEEN),
    ("no mask", home(masked=False), Reason.MASK_MISSING),
    ("temperature before mask", out(temperature=None, masked=False), Reason.TEMPERATURE_MISSING),
    ("responder of the town", out(presented=replace(RESPONDER, community=TOWN)), Reason.OK),
    ("supply for the city, at night", home(presented=replace(SUPPLY, community=CITY), at=NIGHT), Reason.OK),
    ("responder of another town", home(presented=replace(RESPONDER, community=OTHER_TOWN)), Reason.OTHER_PLACE),
    ("signed for what is no area", home(presented=replace(RESPONDER, community=4711)), Reason.OTHER_PLACE),
    ("a visitor is for one community", home(presented=replace(VISITOR, community=TOWN)), Reason.OTHER_PLACE),
    ("a responder with fever", home(presented=RESPONDER, temperature=FEVER), Reason.FEVER),
    ("a responder without a mask", home(presented=RESPONDER, masked=False), Reason.MASK_MISSING),
    ("a responder at a sealed entrance", home(presented=RESPONDER, gate=SEALED), Reason.ENTRANCE_SEALED),
    ("visitor in", home(presented=VISITOR), Reason.OK),
    ("visitor too late, in", home(presented=replace(VISITOR, valid_until=AT)), Reason.PASS_EXPIRED),
    ("visitor too late is not kept in", out(presented=replace(VISITOR, valid_until=AT)), Reason.LEAVING),
    ("supply too late is not kept in", out(presented=replace(SUPPLY, valid_until=AT)), Reason.LEAVING),
    ("visitor revoked stays for the office", out(presented=replace(VISITOR, revoked=True)), Reason.PASS_REVOKED),
    ("registered visitor", replace(STRANGER, registered=True), Reason.VISITOR),
    ("registered visitor, leaving", replace(STRANGER, registered=True, direction=Direction.OUT), Reason.LEAVING),
    ("vehicle: now who sits in it", out(presented=VEHICLE, temperature=None, masked=None), Reason.OCCUPANTS),
    ("vehicle has no turns", out(presented=VEHICLE, outings=days_ago(0)), Reason.OCCUPANTS),
    ("vehicle of another compound", home(presented=replace(VEHICLE, compound=8)), Reason.OTHER_PLACE),
    ("vehicle expired, home", home(presented=replace(VEHICLE, valid_until=AT)), Reason.PASS_EXPIRED),
    ("emergency pass, emergency exit", out(presented=AMBULANCE, gate=EMERGENCY), Reason.EMERGENCY_PASS),
    ("emergency pass of the city", home(presented=replace(AMBULANCE, community=CITY)), Reason.EMERGENCY_PASS),
    ("emergency pass with fever", home(presented=AMBULANCE, temperature=FEVER), Reason.EMERGENCY_FEVER),
    ("emergency pass of a quarantined household", out(presented=AMBULANCE, hold_until=TOMORROW), Reason.EMERGENCY_PASS),
    ("emergency pass, revoked", home(presented=replace(AMBULANCE, revoked=True)), Reason.PASS_REVOKED),
    ("emergency pass, expired", home(presented=replace(AMBULANCE, valid_until=AT)), Reason.PASS_EXPIRED),
    ("emergency pass of elsewhere", home(presented=replace(AMBULANCE, community=OTHER_TOWN)), Reason.OTHER_PLACE),
    ("quarantine, out", out(hold_until=TOMORROW), Reason.QUARANTINE),
    ("quarantine, out, by car", out(presented=VEHICLE, hold_until=TOMORROW), Reason.QUARANTINE),
    ("quarantine, home", home(hold_until=TOMORROW), Reason.QUARANTINE_HOME),
    ("quarantine, home, without pass", home(presented=None, hold_until=TOMORROW), Reason.QUARANTINE_HOME),
    ("quarantine, home, unmeasured", home(temperature=None, hold_until=TOMORROW), Reason.QUARANTINE_HOME),
    ("quarantine, at a sealed entrance", home(gate=SEALED, hold_until=TOMORROW), Reason.QUARANTINE),
    ("quarantine, at another compound", home(presented=held(compound=8), hold_until=TOMORROW), Reason.QUARANTINE),
    ("quarantine with fever", home(temperature=FEVER, hold_until=TOMORROW), Reason.FEVER),
    ("quarantine ends today", out(hold_until=TODAY), Reason.OK),
    ("quarantine and an emergency", out(emergency=True, hold_until=TOMORROW), Reason.EMERGENCY),
    ("some other QR code", replace(STRANGER, unread="not_a_pass"), Reason.NOT_A_PASS),
    ("damaged", replace(STRANGER, unread="damaged"), Reason.DAMAGED),
    ("of a key nobody knows here", replace(STRANGER, unread="unknown_key"), Reason.UNKNOWN_KEY),
    ("forged", replace(STRANGER, unread="forged"), Reason.FORGED),
    ("forged, of somebody known, out", out(presented=None, unread="forged"), Reason.FORGED),
    ("of an unknown key, known, home", home(presented=None, unread="unknown_key"), Reason.HOME_PASS_UNREAD),
    ("damaged, then found by its code", out(unread="damaged"), Reason.OK),
    ("red before amber", out(masked=False, outings=days_ago(1)), Reason.HOUSEHOLD_WAS_OUT),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "reason"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(facts: Facts, reason: Reason) -> None:
    answer = judge(facts, COVID_2020)
    assert (answer.reason, answer.verdict) == (reason, VERDICTS[reason])


@pytest.mark.parametrize(
    ("facts", "settings", "reason"),
    [
        (out(), {"outing_every_days": 0}, Reason.OUTINGS_CLOSED),
        (home(), {"outing_every_days": 0}, Reason.OK),
        (out(outings=days_ago(1)), {"outing_every_days": 2}, Reason.HOUSEHOLD_WAS_OUT),
        (out(outings=days_ago(2)), {"outing_every_days": 2}, Reason.OK),
        (out(outings=days_ago(0)), {"outing_every_days": 1}, Reason.HOUSEHOLD_WAS_OUT),
        (out(outings=days_ago(0)), {"outings_per_household": 2}, Reason.OK),
        (out(outings=days_ago(0, 1)), {"outings_per_household": 2}, Reason.HOUSEHOLD_WAS_OUT),
        (out(), {"outing_from_hour": 10}, Reason.OUTSIDE_HOURS),
        (out(), {"outing_from_hour": 9, "outing_until_hour": 10}, Reason.OK),
        (out(), {"outing_until_hour": 9}, Reason.OUTSIDE_HOURS),
        (home(), {"outing_until_hour": 9}, Reason.OK),
        (home(masked=False), {"mask_required": False}, Reason.OK),
        (out(temperature=Decimal("37.1")), {"fever_above": "37.0"}, Reason.FEVER),
    ],
)
def test_the_numbers_are_the_profiles(facts: Facts, settings: dict[str, Any], reason: Reason) -> None:
    assert judge(facts, COVID_2020.with_settings(settings)).reason is reason


def test_the_answer_says_when_quarantine_ends() -> None:
    assert judge(out(hold_until=TOMORROW), COVID_2020).next_out == TOMORROW
    assert judge(home(hold_until=TOMORROW, gate=SEALED), COVID_2020).next_out == TOMORROW
    assert judge(home(hold_until=TOMORROW), COVID_2020).next_out is None


def test_the_answer_says_when_the_next_turn_is() -> None:
    assert judge(out(outings=days_ago(1)), COVID_2020).next_out == TODAY + dt.timedelta(days=2)
    twice = COVID_2020.with_settings({"outings_per_household": 2})
    assert judge(out(outings=days_ago(1, 2)), twice).next_out == TODAY + dt.timedelta(days=1)


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 5), st.integers(1, 3))
def test_no_window_ever_holds_more_outings_than_allowed(wishes: list[int], every: int, allowed: int) -> None:
    profile = replace(COVID_2020, outing_every_days=every, outings_per_household=allowed)
    gone: list[dt.date] = []
    for wish in sorted(wishes):
        day = TODAY + dt.timedelta(wish)
        if next_out(gone, day, profile) == day:
            gone.append(day)
    for day in gone:
        window = [other for other in gone if day - dt.timedelta(every) < other <= day]
        assert len(window) <= allowed


FACTS = st.builds(
    Facts,
    at=st.just(AT),
    direction=st.sampled_from(Direction),
    gate=st.builds(
        GateFacts, st.just(GATE.community), st.sampled_from([7, 8, None]), st.sampled_from(EntranceStatus)
    ),
    presented=st.none()
    | st.builds(
        PassFacts,
        st.sampled_from(PassKind),
        st.sampled_from([GATE.community, TOWN, CITY, OTHER_TOWN]),
        st.sampled_from([7, 8, None]),
        st.sampled_from([PASS.valid_from, EARLY.valid_from]),
        st.sampled_from([PASS.valid_until, AT]),
        st.booleans(),
    ),
    known=st.booleans(),
    outings=st.lists(st.integers(0, 4), max_size=2).map(lambda days: days_ago(*days)),
    temperature=st.sampled_from([None, NORMAL, FEVER]),
    masked=st.sampled_from([None, True, False]),
    emergency=st.booleans(),
    hold_until=st.sampled_from([None, TODAY, TOMORROW]),
    unread=st.sampled_from(["", "not_a_pass", "damaged", "unknown_key", "forged"]),
    registered=st.booleans(),
)


@given(FACTS)
def test_an_emergency_always_passes_and_a_fever_otherwise_never(facts: Facts) -> None:
    answer = judge(facts, COVID_2020)
    if facts.emergency:
        assert answer.lets_pass
    elif facts.temperature == FEVER and answer.reason is not Reason.EMERGENCY_FEVER:
        assert (answer.verdict, answer.reason) == (Verdict.RED, Reason.FEVER)


@given(FACTS)
def test_green_means_that_everything_was_looked_at(facts: Facts) -> None:
    answer = judge(facts, COVID_2020)
    if answer.reason is Reason.OK:
        assert facts.masked is True
        assert facts.temperature == NORMAL
        assert facts.presented is not None
        assert facts.presented.state(AT) is PassState.VALID


@given(FACTS)
def test_who_must_stay_in_is_neither_let_out_nor_sent_off(facts: Facts) -> None:
    answer = judge(replace(facts, hold_until=TOMORROW), COVID_2020)
    if answer.reason in (Reason.EMERGENCY, Reason.EMERGENCY_PASS, Reason.EMERGENCY_FEVER):
        return
    advice = ADVICE[answer.reason]
    assert advice.calls
    assert facts.direction is Direction.IN or not answer.lets_pass
    assert answer.lets_pass or advice.waits


def test_every_reason_has_a_verdict_and_words() -> None:
    assert set(VERDICTS) == set(ADVICE) == set(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_advice_fits_its_verdict(reason: Reason) -> None:
    advice = ADVICE[reason]
    assert VERDICTS[reason] is Verdict.RED or not advice.waits
    assert advice.calls or not advice.waits, "who waits for the office needs its number"
    assert advice.calls or "office" not in advice.next_step, "who is to call the office needs its number"
    assert ("%(next_out)s" in advice.line + advice.next_step) is (reason in DATED)
    assert "%" not in advice.short


def test_codes_have_no_look_alikes_and_never_look_like_a_tail() -> None:
    assert not set("0O1IL5S8BZ") & set(ALPHABET)
    picks = iter(["2"] * 6 + list("KWM4T7"))
    code = make_code(lambda letters: next(picks))
    assert code == "KWM4T7"
    assert spaced(code) == "KWM 4T7"


@pytest.mark.parametrize("typed", ["KWM4T7", "kwm 4t7", "ＫＷＭ４Ｔ７", " KWM-4T7 "])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert read_code(typed) == "KWM4T7"


@pytest.mark.parametrize("typed", ["", "1234", "KWM4T", "KWM4T77", "KWM4TO", "张伟民"])
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) == ""
