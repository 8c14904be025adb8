"""The code on the door: it names one household, and nobody can make one without the key."""

import hashlib
import hmac
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.door_code import Door, read_door_code, write_door_code
from shouwang.kernel.errors import Refused

HERE = Door(429006001023, 5471)


def digest(key: bytes = b"key") -> Callable[[str], bytes]:
    return lambda text: hmac.new(key, text.encode(), hashlib.sha256).digest()


@given(st.integers(10**11, 10**12 - 1), st.integers(1, 10**15))
def test_what_was_written_is_read(community: int, household: int) -> None:
    code = write_door_code(Door(community, household), digest())
    assert read_door_code(f" {code.lower()} ", digest()) == (community, household)


def test_it_is_as_the_document_says() -> None:
    assert write_door_code(HERE, digest()) == "SWD1:429006001023.5471.F77LZPLA"


@pytest.mark.parametrize(
    "changed",
    [
        "SWD1:429006001023.5472.{mark}",
        "SWD1:429006001024.5471.{mark}",
        "SWD1:429006001023.05471.{mark}",
        "SWD1:429006001023.5471.AAAAAAAA",
        "SWD1:429006001023.5471",
        "SW1:429006001023.5471.{mark}",
        "",
    ],
)
def test_any_other_text_is_refused(changed: str) -> None:
    mark = write_door_code(HERE, digest()).rsplit(".", 1)[1]
    with pytest.raises(Refused, match="not the code of a door"):
        read_door_code(changed.format(mark=mark), digest())


def test_another_key_makes_another_mark() -> None:
    with pytest.raises(Refused):
        read_door_code(write_door_code(HERE, digest(b"other")), digest())
