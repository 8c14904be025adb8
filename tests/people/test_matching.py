"""Whether two sightings are one person's: what joins, what is asked, what keeps apart."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.bench._returnee_pairs import hand_made
from shouwang.bench._returnee_telling import tell
from shouwang.bench.returnees import HELD_OUT, PRECISION, RECALL, TRAINING, measure
from shouwang.kernel.identity import check_digit
from shouwang.people.enums import Joining
from shouwang.people.rules.returnees import Seen, candidates, compare, compare_all, group
from shouwang.people.rules.returnees.names import Kind, compare_names, read_name
from shouwang.people.rules.returnees.numbers import compare_ids


@pytest.mark.parametrize("seed", HELD_OUT[:2])
def test_the_bars_hold_on_seeds_that_nothing_was_fitted_to(seed: int) -> None:
    assert seed not in TRAINING
    found = measure(seed)
    assert found.true > 5_000
    assert found.precision >= PRECISION
    assert found.recall >= RECALL
    assert found.asked < 0.08 * found.sightings


def test_the_bars_hold_on_the_hand_made_pairs() -> None:
    pairs = hand_made()
    assert len(pairs) >= 250
    found = [(pair, compare(pair.one, pair.other).joining) for pair in pairs]
    wrong = [pair.why for pair, joining in found if joining is Joining.JOIN and not pair.same]
    missed = [pair.why for pair, joining in found if joining is Joining.APART and pair.same]
    assert wrong == []
    assert len(missed) <= (1 - RECALL) * sum(pair.same for pair in pairs), missed


def test_the_order_of_the_two_does_not_matter() -> None:
    told = tell(7, people=150, communities=2)
    for a, b in candidates(told.seen):
        assert compare(told.seen[a], told.seen[b]) == compare(told.seen[b], told.seen[a])
    for pair in hand_made():
        assert compare(pair.one, pair.other) == compare(pair.other, pair.one)


def test_candidates_are_pairs_in_order_each_once_and_hold_nearly_all_of_one_person() -> None:
    told = tell(8, people=1_000, communities=10)
    pairs = list(candidates(told.seen))
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)
    truth = told.truth()
    assert len(truth & set(pairs)) >= 0.985 * len(truth)
    assert len(pairs) < 40 * len(told.seen)


def test_no_chain_ties_two_people_together() -> None:
    """The one in the middle shares a number with the first and a phone with the last; the two ends contradict."""
    first = Seen(1, "李建军", id_number=_valid("42900619700101111"), phone="13871230001")
    tail = Seen(2, "李建军", id_tail=str(first.id_number)[-4:], phone="13871230002")
    called = Seen(3, "李建军", phone="13871230002")
    last = Seen(4, "李建军", id_number=_valid("42900619850505113"), phone="13871230002")
    assert compare(first, tail).joining is Joining.JOIN
    assert compare(tail, called).joining is Joining.JOIN
    assert compare(called, last).joining is Joining.JOIN
    assert compare(first, last).contradicted
    found = group([first, tail, called, last])
    assert not any({0, 3} <= set(people) for people in found.people)
    assert found.ask


def test_a_sighting_that_contradicts_one_of_a_persons_is_asked_about() -> None:
    known = Seen(1, "李建军", phone="13871230002")
    other = Seen(2, "李建军", id_number=_valid("42900619700101111"), phone="13871230002")
    new = Seen(3, "李建军", id_number=_valid("42900619850505113"), phone="13871230002")
    assert compare(new, known).joining is Joining.JOIN
    found = compare_all(new, [known, other])
    assert found.joining is Joining.ASK
    assert "id_differs" in found.reasons


def test_nobody_told_of_twice_is_two() -> None:
    """The same sighting twice is one person wherever anything but a title is told."""
    for one in tell(9, people=200, communities=2).seen:
        if (one.id_number or one.phone) and read_name(one.name).kind is Kind.FULL:
            assert compare(one, replace(one, key=-1)).joining is Joining.JOIN, one


@pytest.mark.parametrize(
    ("name", "kind", "sex"),
    [
        ("王女士", Kind.TITLE, "f"),
        ("小王", Kind.TITLE, ""),
        ("欧阳先生", Kind.TITLE, "m"),
        ("王芳女士", Kind.FULL, "f"),
        ("王丽子", Kind.FULL, ""),
        ("王宝宝", Kind.FULL, ""),
        ("王芳之子", Kind.KIN, "m"),
        ("李伟妻子", Kind.KIN, "f"),
        ("小芳", Kind.NICK, ""),
        ("王*国", Kind.MASKED, ""),
        ("王某某", Kind.TITLE, ""),
        ("不详", Kind.NOBODY, ""),
        ("买买提·艾力", Kind.FULL, ""),
    ],
)
def test_what_a_written_name_is(name: str, kind: Kind, sex: str) -> None:
    assert (read_name(name).kind, read_name(name).sex) == (kind, sex)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("張偉", "张伟", "name_same_common"),
        ("李小明", "李晓明", "name_sound"),
        ("肖丽", "肖莉", "name_sound_short"),
        ("胡宁", "胡林", "name_near"),
        ("王建国", "王建军", "name_one_wrong"),
        ("王建国", "建国", "name_part"),
        ("王芳之子", "王芳", "name_parent"),
        ("Zhang Wei", "张伟", "name_sound"),
        ("不详", "张伟", ""),
    ],
)
def test_what_two_names_say(one: str, other: str, code: str) -> None:
    assert compare_names(one, other) == code
    assert compare_names(other, one) == code


@given(
    st.integers(0, 999), st.dates(date(1930, 1, 1), date(2019, 12, 31)), st.integers(6, 17), st.integers(1, 9)
)
def test_one_wrong_digit_is_a_slip_and_another_number_is_not(
    sequence: int, born_on: date, place: int, more: int
) -> None:
    number = _valid(f"429006{born_on:%Y%m%d}{sequence:03}")
    digit = number[place]
    other = "0123456789"[(int(digit.replace("X", "0")) + more) % 10]
    wrong = number[:place] + other + number[place + 1 :]
    if wrong != number:
        assert _ids(number, wrong) == "id_slip"
    twin = _valid(f"429006{born_on:%Y%m%d}{(sequence + 2) % 1000:03}")
    assert _ids(number, twin) == "id_differs"
    assert _ids(number, f"{number[:4]}**********{number[-4:].lower()}") == "id_tail"
    assert _ids(number, f"{number[:10]}****{number[-4:]}") == "id_fits"


def _ids(one: str, other: str) -> str:
    return compare_ids(one, other, digests=(None, None), tails=("", ""))


def _valid(first17: str) -> str:
    return first17 + check_digit(first17)
