"""A check that corrects another: one of them holds, whatever came first, however often."""

import datetime as dt
from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gates.test_check_intake import kept, pass_of, sent, shown, take
from gates.village import COMMUNITY, NOON, SYSTEM, Village
from shouwang.access.wall import acting
from shouwang.gates.actions.correcting import CheckCorrected, correct_check
from shouwang.gates.actions.uncounted import count_waiting
from shouwang.gates.enums import Direction
from shouwang.gates.models import Amendment, Check, GateDay
from shouwang.gates.queries.checks import check_page, figures_of_gates, hours_of_day, recounted
from shouwang.gates.queries.facts import outing_moments
from shouwang.kernel.errors import Refused
from shouwang.kernel.uuid7 import mint
from shouwang.screening.models import Reading
from shouwang.screening.queries.fevers import fevers
from shouwang.sync.rules.records import Sent

pytestmark = pytest.mark.django_db
DAYS = [NOON.date() + dt.timedelta(days=days) for days in (-1, 0, 1)]
CHAIN = st.lists(
    st.tuples(
        st.integers(0, 7),  # which it corrects: one before it, or none
        st.integers(-3, 30),  # hours later
        st.sampled_from(["green", "amber", "red"]),
        st.sampled_from([None, "36.4", "37.9", "39.1"]),
        st.integers(0, 1),  # gate
        st.integers(0, 1),  # person
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chain=CHAIN, dice=st.randoms(use_true_random=False))
def test_figures_equal_a_recount_whatever_comes_when(
    village: Village,
    chain: list[tuple[int, int, str, str | None, int, int]],
    dice: Random,
) -> None:
    gates, made = [village.gate, village.other_gate], list[Sent]()
    for target, hours, verdict, temperature, gate, person in chain:
        corrects = str(made[target].id) if target < len(made) else None
        at = NOON - dt.timedelta(hours=10) + dt.timedelta(hours=hours if corrects else 0, seconds=len(made))
        body = {"entrance": gates[gate].pk, "corrects": corrects, "pass": shown(pass_of(village, person))}
        made.append(sent(village, at=at, verdict=verdict, temperature=temperature, **body))
    people = {shown(pass_of(village, n))["id"]: village.people[n].pk for n in (0, 1)}
    arriving = made * 2
    dice.shuffle(arriving)
    with acting(SYSTEM), transaction.atomic():
        while arriving:
            take(*(arriving.pop() for _ in range(min(len(arriving), dice.randint(1, 4)))))
            if dice.random() < 0.3:
                count_waiting(SYSTEM)
        count_waiting(SYSTEM)
        assert Check.objects.count() == len(made)
        assert_figures_are_right()
        standing = standing_of(made)
        assert sum(GateDay.objects.values_list("checks", flat=True)) == len(standing)
        assert temperatures_told() == sorted(
            (people[one.body["pass"]["id"]], one.body["temperature"])
            for one in made
            if one.id in standing and one.body["temperature"]
        )
        transaction.set_rollback(True)  # the next example begins with an empty table


def assert_figures_are_right() -> None:
    for day in DAYS:
        figures = figures_of_gates(SYSTEM, community=COMMUNITY, day=day)
        figures = {gate: one for gate, one in figures.items() if one != type(one)()}
        assert figures == recounted(SYSTEM, community=COMMUNITY, day=day)
        hours = hours_of_day(SYSTEM, community=COMMUNITY, day=day)
        assert sum(one.out + one.into for one in hours) == sum(one.passed for one in figures.values())


def temperatures_told() -> list[tuple[int, str]]:
    """What the rounds are told: of whom, how warm."""
    corrected = set(Reading.objects.exclude(corrects=None).values_list("corrects", flat=True))
    return sorted(
        (reading.resident, str(reading.temperature))
        for reading in Reading.objects.exclude(temperature=None)
        if reading.id not in corrected
    )


def standing_of(made: list[Sent]) -> set[UUID]:
    """Plainly: of each passing, of those that nobody corrected the one made last."""
    known = {one.id: one for one in made}
    passings: dict[UUID, list[Sent]] = {}
    for one in made:
        first = one
        while first.body["corrects"]:
            first = known[UUID(first.body["corrects"])]
        passings.setdefault(first.id, []).append(one)
    corrected = {one.body["corrects"] for one in made}
    return {
        max((one for one in each if str(one.id) not in corrected), key=lambda one: (one.made_at, one.id)).id
        for each in passings.values()
    }


def test_the_check_that_stands_is_listed_with_the_former_behind_it(village: Village) -> None:
    first = sent(village, temperature="39.5")
    second = sent(village, at=NOON + dt.timedelta(minutes=3), temperature="36.5", corrects=str(first.id))
    take(first)
    take(second)
    with acting(SYSTEM):
        (line,) = check_page(SYSTEM, community=COMMUNITY, day=NOON.date()).lines
    assert (line.check.id, [former.id for former in line.former]) == (second.id, [first.id])
    assert str(kept(first).temperature) == "39.5"


def test_a_correction_written_the_next_day_counts_on_the_day_of_the_passing(village: Village) -> None:
    first = sent(village, at=NOON - dt.timedelta(days=1))
    take(first, sent(village, verdict="red", reason="fever", temperature="38.0", corrects=str(first.id)))
    with acting(SYSTEM):
        assert_figures_are_right()
        assert GateDay.objects.values_list("day", "checks", "refused").get(checks=1) == (DAYS[0], 1, 1)


def test_a_fever_that_was_a_slip_is_no_fever_any_more(village: Village) -> None:
    held = {"pass": shown(pass_of(village))}
    first = sent(village, temperature="39.5", verdict="red", reason="fever", **held)
    take(first)
    with acting(SYSTEM):
        assert len(fevers(SYSTEM, COMMUNITY, COMMUNITY, NOON.date())) == 1
    take(sent(village, at=NOON + dt.timedelta(minutes=1), temperature="36.5", corrects=str(first.id), **held))
    with acting(SYSTEM):
        assert fevers(SYSTEM, COMMUNITY, COMMUNITY, NOON.date()) == []
        assert GateDay.objects.values_list("checks", "passed", "refused", "fevers").get() == (1, 1, 0, 0)


def test_a_corrected_outing_uses_no_turn(village: Village) -> None:
    held = {"pass": shown(pass_of(village))}
    first = sent(village, direction="out", **held)
    take(first)
    take(sent(village, at=NOON + dt.timedelta(minutes=1), direction="in", corrects=str(first.id), **held))
    two_days = {"since": NOON - dt.timedelta(days=2), "until": NOON + dt.timedelta(days=1)}
    with acting(SYSTEM):
        assert not outing_moments(SYSTEM, community=COMMUNITY, households=[village.household.pk], **two_days)


def test_a_correction_of_what_never_came_counts_by_itself(village: Village) -> None:
    take(sent(village, corrects=str(mint(NOON))))
    with acting(SYSTEM):
        assert GateDay.objects.get().checks == 1
        assert Amendment.objects.get().stands


def test_two_that_correct_each_other_count_once(village: Village) -> None:
    ids = mint(NOON), mint(NOON)
    take(sent(village, check_id=ids[0], corrects=str(ids[1])))
    take(sent(village, check_id=ids[1], corrects=str(ids[0])))
    with acting(SYSTEM):
        assert GateDay.objects.get().checks == 1


def test_the_office_corrects_a_check_and_says_so_twice(village: Village) -> None:
    held = {"pass": shown(pass_of(village))}
    wrong, right = sent(village, at=NOON - dt.timedelta(hours=1), temperature="39.5", **held), mint(NOON)
    take(wrong)
    said = CheckCorrected("36.5", Direction.OUT, True, "", "mistyped")
    which = {"community": COMMUNITY, "wrong_id": wrong.id}
    with acting(SYSTEM):
        for _ in range(2):
            check = correct_check(SYSTEM, check_id=right, said=said, **which)
        assert (check.corrects, str(check.temperature), check.fever) == (wrong.id, "36.5", False)
        assert_figures_are_right()
        assert fevers(SYSTEM, COMMUNITY, COMMUNITY, NOON.date()) == []
        with pytest.raises(Refused) as changed:
            correct_check(SYSTEM, check_id=right, said=replace(said, temperature="36.6"), **which)
        with pytest.raises(Refused) as again:
            correct_check(SYSTEM, check_id=mint(NOON), said=replace(said, temperature="36.6"), **which)
    assert (changed.value.code, again.value.code) == ("check_changed", "corrected_already")
