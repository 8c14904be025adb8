"""Identity documents: resident ID numbers, residence permits, travel permits, passports.

Sources: GB 11643-1999 (18 digits: 6 area, 8 birth, 3 sequence with odd for male, 1 check by ISO 7064 MOD
11-2); its predecessor of 1989 (15 digits, two-digit year, no check). Area codes that were abolished since stay
legal, so only the province is checked. Residence permits of Hong Kong, Macao and Taiwan have the same form with
81, 82, 83 0000.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze


class IdKind(StrEnum):
    """What document a number belongs to."""

    RESIDENT = "resident"
    RESIDENCE_PERMIT = "residence_permit"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_RESIDENT = "foreign_resident"
    PASSPORT = "passport"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that has passed all checks.

    `number` is in its one normal form (a 15-digit number is carried over to 18 digits); `key` is what two
    notations of one person's document share, so look-ups digest `key`, never `number`.
    """

    kind: IdKind
    number: str
    key: str
    born_on: date | None = None
    sex: Sex | None = None

    @property
    def masked(self) -> str:
        return mask_id(self.number)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    f"{province}"
    for province in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    )
)
_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})
_EARLIEST_BIRTH_YEAR = 1880  # the standard's own example 440524188001010014

_LOOKS_LIKE_X = str.maketrans(dict.fromkeys("ХХΧх×✕✖χ", "X"))
_LOOKS_LIKE_DIGIT = str.maketrans("OoIlQDZSB", "001100258")
_NOISE = re.compile(r"[\s'‘’`´\"“”]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_LAST_EXACT = 10**15  # a spreadsheet keeps 15 significant digits of a number

_HK_MACAO = re.compile(r"[HM]\d{8}(\d{2})?")
_TAIWAN = re.compile(r"T?(\d{8})(\d{2})?(\([A-Z]\)|[A-Z])?")
_FOREIGN_RESIDENT = re.compile(r"[A-Z]{3}\d{12}")
_PASSPORT = re.compile(r"(?=.*[A-Z])(?=(?:.*\d){5})[A-Z0-9]{6,12}")
_PASSPORT_DECLARED = re.compile(r"[A-Z0-9]{5,12}")


def check_digit(first17: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def mask_id(number: str) -> str:
    """Stars, then the last four characters; a number of four or fewer is hidden whole."""
    return "*" * (len(number) - 4) + number[-4:] if len(number) > 4 else "*" * len(number)


def normalise_id(raw: object) -> str:
    """Half width, capitals, no spaces, quotes or apostrophes.

    Raises `Refused` for what a spreadsheet has rounded.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if raw >= _LAST_EXACT or raw != int(raw):
            raise _rounded(f"{raw:.6g}")
        return str(int(raw))
    text = _NOISE.sub("", squeeze(raw).translate(_LOOKS_LIKE_X)).upper()
    if _SCIENTIFIC.fullmatch(text):
        raise _rounded(text)
    text = re.sub(r"(?<=\d)[-–—](?=[\dX])", "", text)
    return text.removesuffix(".0")


def read_id(raw: object, *, today: date, kind: IdKind | None = None) -> Identity:
    """Read a document number as it was typed. `kind` is the document the row declares, if it does.

    Raises `Refused` saying exactly what is wrong; ``params["suggestion"]`` has the likely correction, if any.
    """
    number = normalise_id(raw)
    if not number:
        raise Refused("id_empty", gettext_noop("The ID number is empty."))
    if "*" in number:
        raise Refused("id_masked", gettext_noop("The ID number is masked with stars: enter it in full."))
    if kind is IdKind.PASSPORT and _PASSPORT_DECLARED.fullmatch(number):
        return Identity(IdKind.PASSPORT, number, f"P:{number}")
    if _HK_MACAO.fullmatch(number):
        return Identity(IdKind.HK_MACAO_PERMIT, number, number[:9])
    taiwan = _TAIWAN.fullmatch(number)
    if taiwan and not (
        number.isdigit() and len(number) == 8 and kind is None and _birth(number, today) is not None
    ):
        lifelong = f"T{taiwan.group(1)}"
        return Identity(IdKind.TAIWAN_PERMIT, lifelong, lifelong)
    if _FOREIGN_RESIDENT.fullmatch(number):
        return Identity(IdKind.FOREIGN_RESIDENT, number, number)
    if number.isdigit() and len(number) == 15:
        return _read_15(number, today)
    if len(number) <= 12 and _PASSPORT.fullmatch(number):
        return Identity(IdKind.PASSPORT, number, f"P:{number}")
    return _read_18(number, today)


def _birth(eight: str, today: date) -> date | None:
    try:
        born_on = date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None
    return born_on if date(_EARLIEST_BIRTH_YEAR, 1, 1) <= born_on <= today else None


def _resident(number: str, born_on: date) -> Identity:
    kind = IdKind.RESIDENCE_PERMIT if number[:6] in _PERMIT_AREAS else IdKind.RESIDENT
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(kind, number, number, born_on, sex)


def _read_15(number: str, today: date) -> Identity:
    first17 = f"{number[:6]}19{number[6:]}"
    born_on = _birth(first17[6:14], today)
    _require_province(number)
    if born_on is None:
        raise _no_birth(first17[6:14])
    return _resident(first17 + check_digit(first17), born_on)


def _read_18(number: str, today: date) -> Identity:
    _require_length(number, today)
    _require_digits(number)
    _require_province(number)
    born_on = _birth(number[6:14], today)
    if born_on is None:
        raise _no_birth(number[6:14])
    expected = check_digit(number[:17])
    if number[17] != expected:
        if number.endswith("000"):
            raise _rounded(number)
        raise Refused(
            "id_check",
            gettext_noop(
                "The check digit of the ID number does not fit: it ends in %(found)s; if the other 17 digits are "
                "right, it must end in %(expected)s. Compare it with the card."
            ),
            found=number[17],
            expected=expected,
            suggestion=number[:17] + expected,
        )
    return _resident(number, born_on)


def _require_length(number: str, today: date) -> None:
    if len(number) == 18:
        return
    params: dict[str, object] = {"length": len(number)}
    if len(number) == 17 and number.isdigit() and number[:2] in _PROVINCES and _birth(number[6:14], today):
        params["suggestion"] = number + check_digit(number)
        hint = gettext_noop(
            "The ID number has 17 digits, one is missing. If it is the last one, the number is "
            "%(suggestion)s. Compare it with the card."
        )
    else:
        hint = gettext_noop(
            "The ID number has %(length)s characters, it must have 18. Compare it with the card."
        )
    raise Refused("id_length", hint, **params)


def _require_digits(number: str) -> None:
    for place, character in enumerate(number, start=1):
        if character.isascii() and (character.isdigit() or (place == 18 and character == "X")):
            continue
        params: dict[str, object] = {"character": character, "place": place}
        hint = gettext_noop("Character %(place)s of the ID number is “%(character)s”, which is not a digit.")
        likely = number[:17].translate(_LOOKS_LIKE_DIGIT)
        likely += number[17] if number[17] == "X" else number[17].translate(_LOOKS_LIKE_DIGIT)
        if likely[:17].isdigit() and likely[17] == check_digit(likely[:17]):
            params["suggestion"] = likely
            hint = gettext_noop(
                "Character %(place)s of the ID number is the letter “%(character)s”. %(suggestion)s would be "
                "valid: correct it if it is meant."
            )
        raise Refused("id_characters", hint, **params)


def _require_province(number: str) -> None:
    if number[:2] not in _PROVINCES:
        raise Refused(
            "id_area",
            gettext_noop(
                "The ID number begins with %(area)s, which is no province. Compare it with the card."
            ),
            area=number[:2],
        )


def _no_birth(eight: str) -> Refused:
    return Refused(
        "id_birth",
        gettext_noop(
            "Digits 7 to 14 of the ID number, %(birth)s, are not a date of birth. Compare it with the card."
        ),
        birth=eight,
    )


def _rounded(text: str) -> Refused:
    return Refused(
        "id_rounded",
        gettext_noop(
            "The spreadsheet kept the ID number as a number and lost its last digits (%(text)s). Make the "
            "column text, then enter the number again."
        ),
        text=text,
    )
