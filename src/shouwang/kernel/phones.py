"""Telephone numbers as cells hold them: mobiles, landlines with area code, several in one cell.

Source of the shapes: China's numbering plan: mobiles 1[3-9] and 9 digits; area codes 010, 02x (three digits)
and 03xx-09xx (four), followed by 7 or 8 digits.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import fold


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Phone:
    """One number in its normal form: ``13812345678``, ``0728-5223456``, ``+85291234567``."""

    kind: PhoneKind
    number: str

    @property
    def masked(self) -> str:
        return mask_phone(self.number)

    @property
    def tail(self) -> str:
        return phone_tail(self.number)


_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SEPARATORS = re.compile(r"[,;、/|\\。\n\r\t]+|\s+(?:或|和|及|or|and)\s+|[或和及]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CHINA = re.compile(r"^(?:\+|00)?86(?=[01]\d{9,11}$)|^(?:\+|00)86(?=\d{10,11}$)")
_AREA_CODE = r"(?:10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(rf"0({_AREA_CODE})([2-8]\d{{6,7}})")
# Without its zero: after +86, or when the spreadsheet took the cell for a number.
_LANDLINE_NO_ZERO = re.compile(r"([3-9]\d{2}|2\d(?=\d{8}$))([2-8]\d{6,7})|(10)([2-8]\d{7})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
_SEVERAL_MOBILES = re.compile(r"(?:\+?86)?1[3-9]\d{9}(?:(?:\+?86)?1[3-9]\d{9})+")
_EACH_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_WITHIN = re.compile(r"[\s\-–—－.·()（）\[\]]")
_EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?)\s*\d{1,6}", re.IGNORECASE)
_LABEL = re.compile(r"[^\d+*eE.\-\s()\[\]]+")


def mask_phone(number: str) -> str:
    """``138****1234``; a landline keeps area code and last three: ``0728-****456``."""
    if _PLAIN_MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    area, dash, local = number.rpartition("-")
    return f"{area}{dash}{'*' * (len(local) - 3)}{local[-3:]}" if len(local) > 6 else f"****{number[-2:]}"


def phone_tail(number: str) -> str:
    """The last four digits, by which people tell numbers over the phone."""
    return number[-4:]


def read_phone(raw: object, *, area_code: str = "") -> Phone:
    """Read exactly one number. `area_code` (such as ``0728``) completes a landline written without one.

    Raises `Refused` saying what is wrong, also if the text holds none or several.
    """
    phones, problems = read_phones(raw, area_code=area_code)
    if problems:
        raise problems[0]
    if not phones:
        raise Refused("phone_empty", gettext_noop("The phone number is empty."))
    if len(phones) > 1:
        raise Refused("phone_several", gettext_noop("Enter one phone number here, not several."))
    return phones[0]


def read_phones(raw: object, *, area_code: str = "") -> tuple[tuple[Phone, ...], tuple[Refused, ...]]:
    """All numbers in a cell in their order, each once, and what could not be read.

    Problems are handed back, not raised, so that a good number beside a bad one is kept.
    """
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = fold(raw).removesuffix(".0").strip("'‘’`") if not isinstance(raw, str) else raw.strip()
    if _PLAIN_MOBILE.fullmatch(text):
        return (Phone(PhoneKind.MOBILE, text),), ()
    phones: dict[str, Phone] = {}
    problems: list[Refused] = []
    for part in _SEPARATORS.split(_keep_lines(text)):
        for token in _tokens(part):
            try:
                phone = _read_token(token, area_code)
            except Refused as problem:
                problems.append(problem)
            else:
                phones.setdefault(phone.number, phone)
    return tuple(phones.values()), tuple(problems)


def _keep_lines(text: str) -> str:
    # A line break parts two numbers, but folding would turn it into a space, which may stand within one.
    return "\n".join(fold(line).strip("'‘’`") for line in text.splitlines())


def _tokens(part: str) -> list[str]:
    """The numbers within one part, without labels (``手机:``) and inner spaces."""
    text = _LABEL.sub(" ", _EXTENSION.sub("", part)).strip()
    if not text:
        return []
    if _SCIENTIFIC.fullmatch(text):
        return [text]
    joined = _WITHIN.sub("", text.removesuffix(".0"))
    if _SEVERAL_MOBILES.fullmatch(joined):
        return _EACH_MOBILE.findall(joined)
    if len(joined) > 15 or "+" in joined[1:]:  # longer than any number: the spaces part numbers after all
        return [_WITHIN.sub("", word) for word in text.split() if _WITHIN.sub("", word)]
    return [joined] if joined else []


def _read_token(token: str, area_code: str) -> Phone:
    if _SCIENTIFIC.fullmatch(token):
        raise Refused(
            "phone_rounded",
            gettext_noop(
                "The phone number %(number)s has lost digits: make the column text and enter it again."
            ),
            number=token,
        )
    if "*" in token:
        raise Refused(
            "phone_masked", gettext_noop("The phone number is masked with stars: enter it in full.")
        )
    number = _CHINA.sub("", token)
    if _PLAIN_MOBILE.fullmatch(number):
        return Phone(PhoneKind.MOBILE, number)
    if _PLAIN_MOBILE.fullmatch(number.removeprefix("0")):  # 013812345678, as dialled from another province
        return Phone(PhoneKind.MOBILE, number[1:])
    landline = _LANDLINE.fullmatch(number)
    if landline:
        return Phone(PhoneKind.LANDLINE, f"0{landline.group(1)}-{landline.group(2)}")
    landline = _LANDLINE_NO_ZERO.fullmatch(number)
    if landline:
        area, local = landline.group(1, 2) if landline.group(1) else landline.group(3, 4)
        return Phone(PhoneKind.LANDLINE, f"0{area}-{local}")
    if _LOCAL.fullmatch(number):
        if area_code:
            return Phone(PhoneKind.LANDLINE, f"{area_code}-{number}")
        raise Refused(
            "phone_area_code",
            gettext_noop("%(number)s is a landline without area code: write it like 0728-5223456."),
            number=number,
        )
    foreign = _FOREIGN.fullmatch(number)
    if foreign and number == token:
        return Phone(PhoneKind.FOREIGN, f"+{foreign.group(1)}")
    if number.startswith("1"):
        raise Refused(
            "phone_length",
            gettext_noop(
                "%(number)s is not a mobile number: that has 11 digits and begins with 13 to 19. Here are %(length)s."
            ),
            number=number,
            length=len(number),
        )
    raise Refused("phone", gettext_noop("%(number)s is not a phone number."), number=number)
