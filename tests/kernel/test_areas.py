"""Codes of areas: arithmetic that jurisdiction, sums and partitions stand on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused

COMMUNITY, TOWN, CITY, PROVINCE = 429006121211, 429006121000, 429006000000, 420000000000
codes = st.integers(100_000_000_000, 999_999_999_999)


@pytest.mark.parametrize(
    ("code", "level", "first", "last", "parent"),
    [
        (COMMUNITY, Level.COMMUNITY, COMMUNITY, COMMUNITY, TOWN),
        (TOWN, Level.TOWN, TOWN, 429006121999, CITY),
        (
            CITY,
            Level.COUNTY,
            CITY,
            429006999999,
            PROVINCE,
        ),  # under no prefecture: straight under the province
        (420102000000, Level.COUNTY, 420102000000, 420102999999, 420100000000),
        (420100000000, Level.PREFECTURE, 420100000000, 420199999999, PROVINCE),
        (PROVINCE, Level.PROVINCE, PROVINCE, 429999999999, None),
        (110101000000, Level.COUNTY, 110101000000, 110101999999, 110000000000),  # a municipality's district
        (500234000000, Level.COUNTY, 500234000000, 500234999999, 500000000000),
        (441900003000, Level.TOWN, 441900003000, 441900003999, 441900000000),  # Dongguan has no counties
    ],
)
def test_known_areas(code: int, level: Level, first: int, last: int, parent: int | None) -> None:
    assert areas.level_of(code) is level
    assert areas.span(code) == (first, last)
    assert areas.parent_of(code) == parent


@given(codes)
def test_an_area_lies_in_each_area_above_it_and_never_the_other_way(code: int) -> None:
    chain = areas.ancestors_of(code)
    for above in chain:
        assert areas.contains(above, code)
        assert not areas.contains(code, above)
        assert areas.level_of(above) < areas.level_of(code)
    assert not chain or areas.parent_of(chain[-1]) is None


@given(codes, codes)
def test_two_areas_are_nested_or_apart(one: int, other: int) -> None:
    (first, last), (low, high) = areas.span(one), areas.span(other)
    apart = last < low or high < first
    nested = (first <= low and high <= last) or (low <= first and last <= high)
    assert apart or nested


@given(codes)
def test_a_short_code_is_read_back(code: int) -> None:
    assert areas.parse(areas.short_code(code)) == code


@pytest.mark.parametrize(
    "raw",
    [
        "429006121211",
        " 429006121211 ",
        "４２９００６１２１２１１",
        "'429006121211",
        429006121211,
        429006121211.0,
        "429006121211.0",
    ],
)
def test_codes_are_read_as_people_write_them(raw: object) -> None:
    assert areas.parse(raw) == COMMUNITY


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("4.29006E+11", "area_code_rounded"),
        ("42900612121", "area_code"),
        ("", "area_code"),
        ("新城", "area_code"),
        ("000000000000", "area_code"),
    ],
)
def test_what_is_no_code_is_refused(raw: object, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        areas.parse(raw)
    assert refusal.value.code == code


def test_at_level() -> None:
    assert areas.at_level(COMMUNITY, Level.TOWN) == TOWN
    assert areas.at_level(COMMUNITY, Level.COUNTY) == CITY
    with pytest.raises(ValueError, match="not inside"):
        areas.at_level(CITY, Level.TOWN)
