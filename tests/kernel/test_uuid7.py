"""Ids that carry their time: sorted by it, rising within a process, bounding partitions."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.uuid7 import Minter, first_uuid_at, mint, time_of

moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(moments)
def test_the_time_comes_back_to_the_millisecond(at: datetime) -> None:
    minted = mint(at)
    assert (minted.version, minted.variant) == (7, "specified in RFC 4122")
    assert timedelta(0) <= at - time_of(minted) < timedelta(milliseconds=1)


@given(moments, moments)
def test_a_bound_parts_what_is_before_from_what_is_after(at: datetime, bound: datetime) -> None:
    at, bound = (moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in (at, bound))
    assert (mint(at) >= first_uuid_at(bound)) == (at >= bound)


@given(moments)
def test_ids_of_one_moment_rise(at: datetime) -> None:
    minted = [mint(at) for _ in range(50)]
    assert minted == sorted(set(minted))


def test_ids_of_the_present_rise_in_many_threads() -> None:
    minter = Minter()
    with ThreadPoolExecutor(8) as pool:
        shares = list(pool.map(lambda _: [minter.now() for _ in range(2_000)], range(8)))
    for share in shares:
        assert share == sorted(share)
    assert len({one for share in shares for one in share}) == 16_000


def test_a_clock_that_steps_back_does_not_lower_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    from shouwang.kernel import uuid7

    class Clock(datetime):
        hours = iter((9, 8, 8, 10))

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2020, 2, 14, next(cls.hours), tzinfo=UTC)

    monkeypatch.setattr(uuid7, "datetime", Clock)
    minter = Minter()
    minted = [minter.now() for _ in range(4)]
    assert minted == sorted(set(minted))


def test_minting_the_past_leaves_the_present_alone() -> None:
    before = mint()
    mint(datetime(2100, 1, 1, tzinfo=UTC))
    assert time_of(mint()) - time_of(before) < timedelta(minutes=1)


def test_a_seed_gives_the_same_ids() -> None:
    at = datetime(2020, 2, 14, tzinfo=UTC)

    def ids() -> list[UUID]:
        minter = Minter(random.Random(7).getrandbits)
        return [minter.at(at + timedelta(seconds=n // 3)) for n in range(30)]

    assert ids() == ids()


def test_a_full_tail_moves_on_to_the_next_millisecond() -> None:
    minter = Minter(lambda bits: (1 << bits) - 1)
    minter.at(datetime(2020, 2, 14, tzinfo=UTC))
    minter._tail = (1 << 74) - 1
    assert time_of(minter.at(datetime(2020, 2, 14, tzinfo=UTC))) == datetime(2020, 2, 14, 0, 0, 0, 1000, UTC)


def test_what_has_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        mint(datetime(2020, 2, 14))  # noqa: DTZ001
    with pytest.raises(ValueError, match="not a UUIDv7"):
        time_of(uuid4())
