"""The round sheet on paper: its number, and what is typed of it.

A sheet's number carries a check digit (Luhn), so that a slip of the key finds no other sheet. Its pages carry the
QR code ``SWS1:<number>.<page>``.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze
from shouwang.screening.enums import AnsweredBy, Channel, Outcome

PREFIX = "SWS1:"
LINES = 20
"""Households on one page, each with as many lines as its people need."""
ACROSS = 4
"""People beside each other on one line."""
NONE = "0"
"""Typed after the temperature: asked after symptoms, and there are none."""
WHO = {
    "1": AnsweredBy.RESIDENT,
    "2": AnsweredBy.HOUSEHOLD_MEMBER,
    "3": AnsweredBy.NEIGHBOUR,
    "4": AnsweredBy.OTHER,
}
RESULTS = ("1", "2", "3", "4")
"""Reached, nobody there, refused, wrong number: what is circled on the paper."""
_PAGE = re.compile(r"SWS1:(\d{2,12})(?:\.\d{1,4})?")
_SPLIT = re.compile(r"[\s+*/;；，]+")


def write_number(sheet: int) -> str:
    """The number on the paper: the sheet's id with a check digit."""
    return f"{sheet}{_check(str(sheet))}"


def write_page(sheet: int, page: int) -> str:
    return f"{PREFIX}{write_number(sheet)}.{page}"


def read_number(raw: object) -> int:
    """The sheet's id from its number, typed or scanned from a page. Raises ``Refused`` for a wrong one."""
    written = squeeze(raw).upper()
    scanned = _PAGE.fullmatch(written)
    number = scanned.group(1) if scanned else written
    if (
        number.isascii()
        and number.isdecimal()
        and 2 <= len(number) <= 12
        and _check(number[:-1]) == int(number[-1])
    ):
        return int(number[:-1])
    raise Refused(
        "sheet_number", gettext_noop("There is no sheet with this number. Look at it once more: top right.")
    )


def _check(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


@dataclass(frozen=True, slots=True)
class Told:
    """What a person's cell says: the temperature as written, and the symptoms (None: not asked)."""

    temperature: str
    symptoms: tuple[str, ...] | None


def read_cell(raw: str, symptoms: Sequence[str]) -> Told | None:
    """``36.5``; ``378 13``: with the first and third symptom of the list; ``365 0`` or ``36.5+0``: asked, none.

    ``+ 2``, ``+2`` or ``- 2``: no temperature, symptoms alone. None for an empty cell. Raises ``Refused``.
    """
    written = raw.strip()
    if not written:
        return None
    parts = [part for part in _SPLIT.split(written) if part]
    bare = written[0] in "+*/-－"
    temperature = "" if bare else parts[0]
    marks = "".join(parts if bare else parts[1:]).lstrip("-－")
    if not marks:
        return Told(temperature, None)
    if marks == NONE:
        return Told(temperature, ())
    if not all(mark.isdecimal() and 1 <= int(mark) <= len(symptoms) for mark in marks):
        raise Refused(
            "sheet_symptoms",
            gettext_noop(
                "“%(written)s”: symptoms are the numbers 1 to %(most)s of the sheet, or 0 for none."
            ),
            written=marks[:10],
            most=len(symptoms),
        )
    return Told(temperature, tuple(symptoms[int(mark) - 1] for mark in dict.fromkeys(marks)))


def read_result(raw: str, channel: Channel, *, anybody: bool) -> Outcome | None:
    """The outcome circled; an empty cell is reached if ``anybody`` has a temperature, else None: not tried."""
    written = squeeze(raw)
    if not written:
        return Outcome.REACHED if anybody else None
    if written not in RESULTS:
        raise Refused("sheet_result", gettext_noop("The result is 1, 2, 3 or 4, as on the sheet."))
    return {
        "1": Outcome.REACHED,
        "2": Outcome.NO_ANSWER if channel is Channel.CALL else Outcome.NOBODY_HOME,
        "3": Outcome.REFUSED,
        "4": Outcome.WRONG_NUMBER,
    }[written]


def read_who(raw: str, usual: str) -> AnsweredBy:
    """Who answered, by the number circled; an empty cell is ``usual``."""
    written = squeeze(raw) or usual
    if written not in WHO:
        raise Refused("sheet_who", gettext_noop("Who answered is 1, 2, 3 or 4, as on the sheet."))
    return WHO[written]


def read_time(raw: str) -> dt.time:
    """``14:30``, ``1430``, ``930`` or ``9``. Raises ``Refused``."""
    written = squeeze(raw).replace("：", ":").replace(".", ":")
    if ":" not in written and written.isdecimal():
        written = f"{written[:-2] or 0}:{written[-2:]}" if len(written) > 2 else f"{written}:00"
    try:
        hour, minute = (int(part) for part in written.split(":"))
        return dt.time(hour, minute)
    except ValueError:
        raise Refused("sheet_time", gettext_noop("Write the time like 14:30 or 1430.")) from None
