"""Figures add up, and never say more than is known."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from shouwang.reporting.rules import BY_KEY, INDICATORS, Figures, rounds_expected

counts = st.integers(0, 10_000)
figures = st.builds(
    lambda values, due, share, known: Figures(
        **(values | {"residents_due": due, "residents_reached": due * share // 100})
        | ({} if known else {"households": None, "residents": None, "present": None})
    ),
    st.fixed_dictionaries(
        {
            item.name: counts
            for item in dataclasses.fields(Figures)
            if item.name not in {"residents_due", "residents_reached"}
        }
    ),
    counts,
    st.integers(0, 100),
    st.booleans(),
)


@given(st.lists(figures, min_size=1, max_size=6))
def test_a_sum_is_the_sum_of_its_parts(parts: list[Figures]) -> None:
    total = sum(parts, Figures())
    for indicator in INDICATORS:
        if indicator.key == "reached_percent":
            continue
        values = [indicator.value(part) for part in parts]
        expected = None if None in values else sum(value for value in values if value is not None)
        assert indicator.value(total) == expected, indicator.key


@given(figures)
def test_a_hundred_per_cent_means_everybody(one: Figures) -> None:
    assert (one.reached_percent == 100) == (0 < one.residents_due == one.residents_reached)
    assert (one.reached_percent is None) == (one.residents_due == 0)
    assert one.residents_reached + one.not_reached == one.residents_due


def test_what_is_not_known_is_not_zero() -> None:
    assert (Figures(residents=5) + Figures(residents=None)).residents is None


def test_the_second_round_is_owed_from_noon() -> None:
    assert [rounds_expected(1, hour=h) for h in (0, 11, 12, 24)] == [1, 1, 1, 1]
    assert [rounds_expected(2, hour=h) for h in (0, 11, 12, 24)] == [1, 1, 2, 2]


def test_every_indicator_once_with_its_definition() -> None:
    assert len(BY_KEY) == len(INDICATORS)
    for indicator in INDICATORS:
        assert indicator.name
        assert indicator.formula.endswith(".")
        assert indicator.source
