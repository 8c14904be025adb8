"""Whatever stands in the cells, a list is read or refused; nothing else happens."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel import areas
from shouwang.kernel.errors import Refused
from shouwang.places.rules.divisions import DivisionList, read

codes = st.builds(
    lambda county, town, community: int(f"42{county:04d}{town:03d}{community:03d}"),
    st.integers(101, 9999),
    st.integers(1, 999),
    st.integers(1, 999),
)
names = st.text("甲乙丙丁村社区街镇新城湾", min_size=1, max_size=8)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
written = st.sampled_from(
    [str, float, int, lambda c: f"'{c}", lambda c: f" {c} ", lambda c: str(c).translate(_WIDE)]
)
anything = st.one_of(
    st.none(),
    st.text(max_size=70),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1)),
    codes,
)


def read_or_refused(rows: list[list[object]]) -> DivisionList | Refused:
    try:
        return read(rows)
    except Refused as refused:
        return refused


@given(st.dictionaries(codes, names, min_size=1, max_size=8), written)
def test_a_code_is_read_however_it_was_written(places: dict[int, str], write: object) -> None:
    found = read([["代码", "名称"], *([write(code), name] for code, name in places.items())])  # type: ignore[operator]
    assert {division.code: division.name for division in found.named.values()} == places
    assert found.rejected == []


@given(st.lists(st.lists(anything, max_size=5), max_size=6), st.booleans())
def test_every_row_is_taken_or_comes_back_with_a_reason(rows: list[list[object]], header: bool) -> None:
    head: list[list[object]] = [["code", "name", "street_code", "street_name"]] if header else []
    found = read_or_refused([*head, *rows])
    if isinstance(found, Refused):
        assert found.code in {"divisions_columns", "divisions_empty"}
        return
    for code, division in found.named.items():
        assert areas.level_of(code)
        assert 0 < len(division.name) <= 60
    for row in found.rejected:
        assert str(row.reason)
        assert row.line >= 1
