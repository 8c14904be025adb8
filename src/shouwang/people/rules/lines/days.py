"""Days as lists write them: ``1月22日``, ``2020.1.22``, ``43852``, ``正月初二``."""

import re
from datetime import date, datetime, timedelta

from shouwang.kernel.text import squeeze
from shouwang.people.rules.cells import is_nothing

_EPOCH = date(1899, 12, 30)
_SERIALS = range(40_000, 60_000)  # 2009 to 2064
_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_EIGHT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})(?:日|号)?")
_CLOCK = re.compile(
    r"(?:上午|下午|凌晨|晚上?|中午|早上?|早晨)?\d{0,2}[:：时点]?\d{0,2}分?(?::\d{2})?(?:左右|许)?$"
)
# First day of the first lunar month, and how many days the month before it had.
_NEW_YEARS = {
    2019: (date(2019, 2, 5), 30), 2020: (date(2020, 1, 25), 30), 2021: (date(2021, 2, 12), 30),
    2022: (date(2022, 2, 1), 29), 2023: (date(2023, 1, 22), 30),
}  # fmt: skip
_LUNAR = re.compile(
    r"(?:农历)?(正月|腊月|大年)(初?[一二三四五六七八九十]|十[一二三四五六七八九]|二十|廿?[一二三四五六七八九]|二十[一二三四五六七八九]|三十)"
)
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}


def read_day(cell: object, *, today: date) -> date | None:
    """A day that has come; one without its year is the latest that has. ``None`` for an empty cell.

    Raises `ValueError` for what is no day, or lies ahead.
    """
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif is_nothing(cell):
        return None
    else:
        found = _read(cell, today)
    if found is None or not date(2000, 1, 1) <= found <= today:
        raise ValueError(str(cell))
    return found


def _read(cell: object, today: date) -> date | None:
    text = squeeze(re.sub(r"\s+\d{1,2}:.*$", "", str(cell))).removesuffix(".0")
    if text.split(".")[0].isdigit() and len(text.split(".")[0]) == 5 and int(text[:5]) in _SERIALS:
        return _EPOCH + timedelta(days=int(text[:5]))
    if lunar := _lunar(text, today):
        return lunar
    if (whole := _WHOLE.match(text)) or (whole := _EIGHT.match(text)):
        return date(*map(int, whole.groups()))
    short = _SHORT.match(text)
    if short is None or not _CLOCK.match(text[short.end() :]):
        return None
    month, day = map(int, short.groups())
    this = date(today.year, month, day)
    return this if this <= today else date(today.year - 1, month, day)


def _lunar(text: str, today: date) -> date | None:
    if text in ("除夕", "大年三十", "年三十"):
        text = "腊月三十"
    found = _LUNAR.fullmatch(text)
    if found is None:
        return None
    month, day = found[1], _numeral(found[2].removeprefix("初"))
    days = []
    for first, length in _NEW_YEARS.values():
        if month == "腊月":
            days.append(first - timedelta(days=length - min(day, length) + 1))
        else:
            days.append(first + timedelta(days=day - 1))
    past = [one for one in days if one <= today]
    return max(past) if past else None


def _numeral(text: str) -> int:
    text = text.replace("廿", "二十")
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS[text]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
