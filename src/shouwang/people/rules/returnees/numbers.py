"""What two ID numbers or two phones say about being one person's, complete, masked or mistyped."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shouwang.kernel.identity import check_digit
from shouwang.kernel.text import squeeze

_LENGTH = 18
_HIDDEN = re.compile(r"[*×•·?？#_]+|(?<=\d)[Xx]{2,}(?=\d)|…+|\.{2,}")
_NOISE = re.compile(r"[\s'‘’`\"“”,，-]")
_PERMIT = re.compile(r"[HM]\d{8}(\d{2})?")
_PREFIX_SAYS = 10  # digits seen of a masked number from which two of one kind hardly agree by chance


@dataclass(frozen=True, slots=True)
class Number:
    """``head`` and ``tail`` are what is seen of it; of a whole number ``head`` is all. ``sure``: its check fits."""

    head: str
    tail: str = ""
    whole: bool = True
    sure: bool = False


@lru_cache(maxsize=65_536)
def read_number(written: str) -> Number | None:
    """An ID number as it was said: 15 digits are carried over to 18, stars part head and tail, four digits are a
    tail."""
    text = _NOISE.sub("", squeeze(written)).upper().translate(str.maketrans("ХОO", "X00"))
    if hidden := _HIDDEN.search(text):
        return Number(text[: hidden.start()], _HIDDEN.sub("*", text).rsplit("*", 1)[1], whole=False)
    if len(text) <= 6:
        return Number("", text, whole=False) if len(text) >= 4 else None
    if len(text) == 15 and text.isdigit():
        text = f"{text[:6]}19{text[6:]}"
        return Number(text + check_digit(text), sure=_birth(text[6:14]) is not None)
    if _PERMIT.fullmatch(text):
        return Number(text[:9], sure=True)  # two more digits count the renewals
    sure = (
        len(text) == _LENGTH
        and text[:17].isdigit()
        and text[17] == check_digit(text[:17])
        and _birth(text[6:14]) is not None
    )
    return Number(text, sure=sure or (not text.isdigit() and len(text) < 12))


def compare_ids(
    one: str | None, other: str | None, *, digests: tuple[bytes | None, bytes | None], tails: tuple[str, str]
) -> str:
    """The code of what two numbers say; empty if one is missing or too little is seen of it."""
    if digests[0] and digests[1]:
        return "id_same" if digests[0] == digests[1] else "id_differs"
    left, right = (
        read_number(written) if written else Number("", tail, whole=False) if tail else None
        for written, tail in ((one, tails[0]), (other, tails[1]))
    )
    if left is None or right is None:
        return ""
    if left.whole and right.whole:
        return _compare_whole(left, right)
    return _compare_seen(left, right)


def _compare_whole(left: Number, right: Number) -> str:
    if left.head == right.head:
        return "id_same"
    if left.sure and right.sure:
        return "id_differs"  # one wrong digit would not have passed the check
    return "id_slip" if slipped(left.head, right.head) else "id_differs_unsure"


def _compare_seen(left: Number, right: Number) -> str:
    """At least one of the two is masked: only what is seen of both can speak."""
    heads, tails = _seen(left, right)
    if any(a != b for a, b in (heads, tails)):
        return "id_part_differs"
    agreed = len(heads[0]) + len(tails[0])
    if agreed >= _PREFIX_SAYS and len(tails[0]) >= 3:
        return "id_fits"
    return "id_tail" if len(tails[0]) >= 4 else ""


def _seen(left: Number, right: Number) -> tuple[tuple[str, str], tuple[str, str]]:
    head = min(len(left.head), len(right.head))
    tails = [number.head if number.whole else number.tail for number in (left, right)]
    tail = min(map(len, tails))
    return (left.head[:head], right.head[:head]), (
        tails[0][-tail:] if tail else "",
        tails[1][-tail:] if tail else "",
    )


def slipped(one: str, other: str) -> bool:
    """Whether one slip of the hand lies between two numbers: a digit wrong, missing, doubled, two swapped."""
    if len(one) == len(other):
        wrong = [at for at in range(len(one)) if one[at] != other[at]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
        return len(wrong) == 1
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    at = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    return short[at:] == long[at + 1 :]


def birth_of(written: str | None) -> date | None:
    """The date of birth that an ID number shows, as far as it is seen."""
    number = read_number(written) if written else None
    return _birth(number.head[6:14]) if number and len(number.head) >= 14 else None


def sex_of(written: str | None) -> str:
    """The sex that a whole and sure ID number of 18 digits tells, ``m`` or ``f``; else empty."""
    number = read_number(written) if written else None
    if not number or not number.sure or len(number.head) != _LENGTH:
        return ""
    return "m" if int(number.head[16]) % 2 else "f"


@lru_cache(maxsize=32_768)
def _birth(eight: str) -> date | None:
    try:
        born_on = date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None
    return born_on if 1880 <= born_on.year <= 2100 else None


def compare_phones(
    one: str | None, other: str | None, *, digests: tuple[bytes | None, bytes | None], tails: tuple[str, str]
) -> str:
    """The code of what two phones say; empty if one is missing."""
    if digests[0] and digests[1] and (digests[0] == digests[1] or not (one and other)):
        return "phone_same" if digests[0] == digests[1] else "phone_differs"
    left, right = _phone(one, tails[0]), _phone(other, tails[1])
    if left is None or right is None:
        return ""
    if left.whole and right.whole:
        short, long = sorted((left.head, right.head), key=len)
        if short == long or (len(short) <= 8 and long.startswith("0") and long.endswith(short)):
            return "phone_same"  # a landline with and without its area code
        return "phone_slip" if slipped(left.head, right.head) else "phone_differs"
    heads, ends = _seen(left, right)
    if any(a != b for a, b in (heads, ends)):
        return "phone_differs"
    return "phone_fits" if len(ends[0]) >= 4 else ""


@lru_cache(maxsize=65_536)
def _read_phone(written: str) -> Number | None:
    text = re.sub(r"[^\d*]", "", re.sub(r"[×xX•?？#]", "*", squeeze(written)))
    text = re.sub(r"^(?:\+?86|0086|0)(?=1[3-9]\d{9}$)", "", text)
    if "*" in text:
        return Number(text.split("*", 1)[0], text.rsplit("*", 1)[1], whole=False)
    if len(text) < 7:
        return Number("", text, whole=False) if len(text) >= 4 else None
    return Number(text)


def _phone(written: str | None, tail: str) -> Number | None:
    if written:
        return _read_phone(written)
    return Number("", tail, whole=False) if tail else None
