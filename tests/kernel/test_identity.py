"""Identity numbers: what is valid, what exactly is wrong, and what to suggest."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import IdKind, Sex, check_digit, mask_id, read_id

TODAY = date(2020, 2, 21)
VALID = "11010519491231002X"

numbers = st.builds(
    lambda area, born, serial: (lambda first: first + check_digit(first))(f"{area}{born:%Y%m%d}{serial:03d}"),
    st.sampled_from(["110105", "429006", "420102", "320199", "659004"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def refusal(raw: object, kind: IdKind | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_id(raw, today=TODAY, kind=kind)
    assert str(caught.value), "its message can be filled"
    return caught.value


def test_the_examples_of_the_standard() -> None:
    woman = read_id(VALID, today=TODAY)
    assert (woman.kind, woman.born_on, woman.sex) == (IdKind.RESIDENT, date(1949, 12, 31), Sex.FEMALE)
    man = read_id("440524188001010014", today=TODAY)
    assert (man.born_on, man.sex) == (date(1880, 1, 1), Sex.MALE)


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
        "’11010519491231002X",
        "110105-19491231-002X",
        "11010519491231002Х",
        "\ufeff11010519491231002X",
    ],
)
def test_one_number_in_many_writings(raw: str) -> None:
    assert read_id(raw, today=TODAY).number == VALID


@given(numbers)
def test_valid_numbers_are_taken_with_birth_and_sex(number: str) -> None:
    found = read_id(number.lower(), today=TODAY)
    assert found.number == found.key == number
    assert f"{found.born_on:%Y%m%d}" == number[6:14]
    assert (found.sex is Sex.MALE) == (int(number[16]) % 2 == 1)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_noticed(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    assume(wrong != number)
    refusal(wrong)


@given(numbers, st.integers(0, 15))
def test_two_digits_exchanged_are_noticed(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assume(wrong != number)
    refusal(wrong)


@given(numbers, st.integers(0, 17))
def test_a_missing_digit_is_noticed(number: str, place: int) -> None:
    assert refusal(number[:place] + number[place + 1 :]).code in {"id_length", "id_characters", "id_area"}


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_never_breaks(text: str) -> None:
    try:
        answer = read_id(text, today=TODAY).key
    except Refused as refused:
        answer = str(refused)
    assert answer


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("110105194912310021", "id_check", VALID),
        ("11010519491231002", "id_length", VALID),
        ("110105194912310O2X", "id_characters", VALID),
        ("1101O519491231002X", "id_characters", VALID),
        ("1101051949123100", "id_length", None),
        ("110105194902310021", "id_birth", None),
        ("110105203012310021", "id_birth", None),
        ("990105194912310021", "id_area", None),
        ("429006********1234", "id_masked", None),
        ("", "id_empty", None),
        (None.__class__.__name__, "id_length", None),
        ("张三", "id_length", None),
        ("11010519491231X020", "id_characters", None),
    ],
)
def test_what_is_wrong_is_said_exactly(raw: str, code: str, suggestion: str | None) -> None:
    caught = refusal(raw)
    assert (caught.code, caught.params.get("suggestion")) == (code, suggestion)


@pytest.mark.parametrize(
    "raw", [4.20102e17, 420102198001011000, "4.20102E+17", "4.20102198001011e+17", 420102198001011234.0]
)
def test_what_a_spreadsheet_has_rounded_is_refused_as_such(raw: object) -> None:
    assert refusal(raw).code == "id_rounded"


def test_zeros_at_the_end_are_only_suspect_if_the_number_is_wrong() -> None:
    assert refusal("420102198001011000").code == "id_rounded"
    right = next(n for n in (f"42010219800101{s:03d}" for s in range(0, 1000, 100)) if check_digit(n) == "0")
    assert read_id(right + "0", today=TODAY).number == right + "0"


def test_fifteen_digits_are_the_same_person_as_eighteen() -> None:
    old, new = read_id(130503670401001, today=TODAY), read_id("130503196704010016", today=TODAY)
    assert old == new
    assert read_id(130503670401001.0, today=TODAY) == new
    assert refusal("130503670231001").code == "id_birth"


@pytest.mark.parametrize(
    ("raw", "kind", "key"),
    [
        ("810000199408230021", IdKind.RESIDENCE_PERMIT, "810000199408230021"),
        ("H12345678", IdKind.HK_MACAO_PERMIT, "H12345678"),
        ("m1234567801", IdKind.HK_MACAO_PERMIT, "M12345678"),
        ("05062712", IdKind.TAIWAN_PERMIT, "T05062712"),
        ("0506271201(B)", IdKind.TAIWAN_PERMIT, "T05062712"),
        ("T05062712", IdKind.TAIWAN_PERMIT, "T05062712"),
        ("E12345678", IdKind.PASSPORT, "P:E12345678"),
        ("EA1234567", IdKind.PASSPORT, "P:EA1234567"),
        ("USA110000012345", IdKind.FOREIGN_RESIDENT, "USA110000012345"),
    ],
)
def test_other_documents(raw: str, kind: IdKind, key: str) -> None:
    found = read_id(raw, today=TODAY)
    assert (found.kind, found.key) == (kind, key)


def test_a_renewed_permit_is_the_same_person() -> None:
    assert read_id("H1234567801", today=TODAY).key == read_id("H1234567802", today=TODAY).key


def test_a_declared_passport_may_be_digits_only() -> None:
    assert refusal("123456789").code == "id_length"
    assert read_id("123456789", today=TODAY, kind=IdKind.PASSPORT).kind is IdKind.PASSPORT


def test_a_date_in_the_wrong_column_is_no_permit() -> None:
    assert refusal("19900101").code == "id_length"
    assert read_id("19900101", today=TODAY, kind=IdKind.TAIWAN_PERMIT).key == "T19900101"


@given(st.text("0123456789X", min_size=1, max_size=20))
def test_a_mask_shows_the_last_four_at_most(number: str) -> None:
    masked = mask_id(number)
    assert len(masked) == len(number)
    assert len(masked.replace("*", "")) <= 4
    assert not masked.replace("*", "") or number.endswith(masked.replace("*", ""))
