"""Number plates as people write them, and what is said of those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.gates.rules.plates import PROVINCES, read_plate
from shouwang.kernel.errors import Refused


@pytest.mark.parametrize(
    ("written", "plate"),
    [
        ("鄂R12345", "鄂R12345"),
        (" 鄂r·12a45 ", "鄂R12A45"),
        ("鄂Ｒ１２３４５", "鄂R12345"),
        ("鄂RD12345", "鄂RD12345"),
        ("鄂RF1234A"[:3] + "12345", "鄂RF12345"),
        ("鄂R12345D", "鄂R12345D"),
        ("鄂R-1234挂", "鄂R1234挂"),
        ("鄂A1234警", "鄂A1234警"),
        ("粤Z12AB港", "粤Z12AB港"),
        ("鄂O12345", "鄂O12345"),
        ("鄂0112345", "鄂0112345"),
        ("WJ鄂1234X", "WJ鄂1234X"),
        ("WJ12345", "WJ12345"),
        ("VA12345", "VA12345"),
        ("使014578", "使014578"),
    ],
)
def test_plates_are_read(written: str, plate: str) -> None:
    assert read_plate(written) == plate


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "plate"),
        ("   ", "plate"),
        ("R12345", "plate_length"),
        ("鄂R1234", "plate_length"),
        ("鄂RD123456", "plate_length"),
        ("鄂R1234O", "plate_letters"),
        ("鄂RI2345", "plate_letters"),
        ("中R12345", "plate_province"),
        ("鄂RZ12345", "plate"),
        ("鄂112345", "plate"),
        ("张伟的车子牌照", "plate_province"),
    ],
)
def test_what_is_no_plate_is_told_why(written: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plate(written)
    assert refused.value.code == code
    assert str(refused.value)


@given(st.text(max_size=12))
def test_reading_twice_is_reading_once(written: str) -> None:
    try:
        plate = read_plate(written)
    except Refused:
        return
    assert read_plate(plate) == plate


@given(st.sampled_from(PROVINCES), st.from_regex(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", fullmatch=True))
def test_every_usual_plate_is_one(province: str, rest: str) -> None:
    assert read_plate(f"{province}{rest.lower()}") == f"{province}{rest}"
