from decimal import Decimal

import pytest

from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import COVID_2020
from shouwang.kernel.temperature import parse_temperature


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("37.8", "37.8"),
        ("37,8", "37.8"),
        ("３７．８", "37.8"),
        ("37。8", "37.8"),
        ("37.8℃", "37.8"),
        (" 37.8 °C ", "37.8"),
        ("37.8 C", "37.8"),
        ("37度8", "37.8"),
        ("37.8度", "37.8"),
        ("378", "37.8"),
        ("36", "36.0"),
        ("36度", "36.0"),
        (36, "36.0"),
        (36.6, "36.6"),
        (Decimal("37.34"), "37.3"),
        ("37.38", "37.4"),
        (COVID_2020.implausible_below, "34.0"),
        (COVID_2020.implausible_above, "43.0"),
    ],
)
def test_a_written_temperature_is_read(written: object, degrees: str) -> None:
    assert parse_temperature(written) == Decimal(degrees)


@pytest.mark.parametrize("written", [None, "", "  ", "\u3000"])
def test_nothing_written_is_not_known(written: object) -> None:
    assert parse_temperature(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("正常", "temperature"),
        ("3.78", "temperature"),
        ("37.8.1", "temperature"),
        ("1378", "temperature"),
        ("-37.8", "temperature"),
        ("98.6", "temperature_implausible"),
        ("33.9", "temperature_implausible"),
        ("43.1", "temperature_implausible"),
        ("73.8", "temperature_implausible"),
    ],
)
def test_what_is_no_temperature_is_refused_and_never_guessed(written: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_temperature(written)
    assert refused.value.code == code
