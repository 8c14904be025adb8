"""The figures of the gates are what a recount finds, whatever is sent in whatever order and however often."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gates.village import COMMUNITY, NOON, SYSTEM, Village
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction
from shouwang.gates.queries.checks import figures_of_gates, hours_of_day, recounted
from shouwang.kernel.uuid7 import mint

DAYS = (NOON.date() - dt.timedelta(days=1), NOON.date())
SENT = st.lists(
    st.tuples(
        st.integers(0, 2),  # gate
        st.integers(0, 3),  # person; the last: a stranger
        st.sampled_from(Direction),
        st.sampled_from([None, "36.5", "37.3", "37.8", "39.0"]),
        st.sampled_from([None, True, False]),
        st.integers(0, 40 * 60),  # minutes ago: today or the day before
        st.booleans(),  # an emergency
        st.integers(1, 3),  # sent so many times
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(SENT, min_size=1, max_size=3))
def test_kept_figures_equal_a_recount(village: Village, batches: list[list[tuple]]) -> None:  # type: ignore[type-arg]
    people = [*village.people, *village.neighbours, None]
    gates = [village.gate, village.other_gate, village.sealed]
    for batch in batches:
        sent = []
        for gate, person, direction, temperature, masked, minutes, emergency, times in batch:
            at = NOON - dt.timedelta(minutes=minutes)
            who = people[person]
            check = actions.CheckMade(
                mint(at), gates[gate].pk, direction, resident_id=who.pk if who else None,
                temperature=Decimal(temperature) if temperature else None, masked=masked, made_at=at,
                emergency=emergency,
            )  # fmt: skip
            sent += [check] * times
        with acting(SYSTEM):
            actions.record_checks(SYSTEM, community=COMMUNITY, checks=sent)
            actions.record_checks(SYSTEM, community=COMMUNITY, checks=sent[::-1])
    with acting(SYSTEM):
        for day in DAYS:
            kept = figures_of_gates(SYSTEM, community=COMMUNITY, day=day)
            assert kept == recounted(SYSTEM, community=COMMUNITY, day=day)
            by_hour = hours_of_day(SYSTEM, community=COMMUNITY, day=day)
            assert sum(hour.out + hour.into for hour in by_hour) == sum(one.passed for one in kept.values())
            assert sum(hour.refused for hour in by_hour) == sum(one.refused for one in kept.values())


@pytest.mark.parametrize("hour", [0, 23])
def test_a_day_is_the_local_day(village: Village, hour: int) -> None:
    at = NOON.replace(hour=hour, minute=59)
    made = actions.CheckMade(mint(at), village.gate.pk, Direction.IN, made_at=at)
    with acting(SYSTEM):
        actions.record_checks(SYSTEM, community=COMMUNITY, checks=[made])
        assert list(figures_of_gates(SYSTEM, community=COMMUNITY, day=NOON.date())) == [village.gate.pk]
        assert hours_of_day(SYSTEM, community=COMMUNITY, day=NOON.date())[hour].refused == 1
