"""Phone numbers as cells hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.errors import Refused
from shouwang.kernel.phones import PhoneKind, mask_phone, phone_tail, read_phone, read_phones

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("13812345678", ["13812345678"]),
        (13812345678, ["13812345678"]),
        (13812345678.0, ["13812345678"]),
        ("13812345678.0", ["13812345678"]),
        ("１３８１２３４５６７８", ["13812345678"]),
        ("138 1234 5678", ["13812345678"]),
        ("138-1234-5678", ["13812345678"]),
        ("+86 13812345678", ["13812345678"]),
        ("0086-13812345678", ["13812345678"]),
        ("8613812345678", ["13812345678"]),
        ("013812345678", ["13812345678"]),
        ("'13812345678", ["13812345678"]),
        ("手机：13812345678", ["13812345678"]),
        ("13812345678（儿子）", ["13812345678"]),
        ("13812345678、13912345678", ["13812345678", "13912345678"]),
        ("13812345678/13912345678", ["13812345678", "13912345678"]),
        ("13812345678 13912345678", ["13812345678", "13912345678"]),
        ("13812345678\n13912345678", ["13812345678", "13912345678"]),
        ("1381234567813912345678", ["13812345678", "13912345678"]),
        ("13812345678或0728-5223456", ["13812345678", "0728-5223456"]),
        ("13812345678,13812345678", ["13812345678"]),
        ("0728-5223456", ["0728-5223456"]),
        ("07285223456", ["0728-5223456"]),
        ("（0728）5223456", ["0728-5223456"]),
        (7285223456.0, ["0728-5223456"]),
        ("+86 728 5223456", ["0728-5223456"]),
        ("010-62345678", ["010-62345678"]),
        ("010-62345678转123", ["010-62345678"]),
        ("027 8765 4321", ["027-87654321"]),
        ("+852 9123 4567", ["+85291234567"]),
        ("无", []),
        ("", []),
    ],
)
def test_cells(raw: object, numbers: list[str]) -> None:
    phones, problems = read_phones(raw)
    assert ([phone.number for phone in phones], problems) == (numbers, ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1381234567", "phone_length"),
        ("138123456789", "phone_length"),
        ("12812345678", "phone_length"),
        ("5223456", "phone_area_code"),
        ("1.38E+10", "phone_rounded"),
        ("138****5678", "phone_masked"),
        ("99", "phone"),
    ],
)
def test_what_is_wrong_is_said(raw: str, code: str) -> None:
    phones, problems = read_phones(raw)
    assert (phones, [problem.code for problem in problems]) == ((), [code])
    assert str(problems[0])


def test_a_good_number_beside_a_bad_one_is_kept() -> None:
    phones, problems = read_phones("13812345678、1391234")
    assert [phone.number for phone in phones] == ["13812345678"]
    assert len(problems) == 1


def test_a_local_number_with_the_place_known() -> None:
    assert read_phone("5223456", area_code="0728").number == "0728-5223456"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("", "phone_empty"), ("13812345678,13912345678", "phone_several"), ("123", "phone_length")],
)
def test_one_number_is_asked_for(raw: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_phone(raw)
    assert caught.value.code == code


@given(
    st.lists(mobiles, min_size=1, max_size=4, unique=True),
    st.sampled_from(["、", ",", "；", " / ", "\n", " 或 "]),
)
def test_several_mobiles_are_all_found(numbers: list[str], between: str) -> None:
    phones, problems = read_phones(between.join(numbers))
    assert ([phone.number for phone in phones], problems) == (numbers, ())
    assert {phone.kind for phone in phones} == {PhoneKind.MOBILE}


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    phones, problems = read_phones(text)
    for phone in phones:
        assert read_phone(phone.number) == phone, "a normal form is read as itself"
    assert all(str(problem) for problem in problems)


def test_masks_and_tails() -> None:
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("0728-5223456") == "0728-****456"
    assert mask_phone("010-62345678") == "010-*****678"
    assert phone_tail("13812341234") == "1234"
