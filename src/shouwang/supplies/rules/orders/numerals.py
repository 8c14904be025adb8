"""Numbers as residents write them: ``两``, ``半``, ``十五``, ``1.5``."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = dict(zip("零〇一二两三四五六七八九俩仨", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3), strict=True))
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
CHINESE = "零〇一二两三四五六七八九十百千万"


def number(text: str) -> Decimal | None:
    """The value of an Arabic or Chinese numeral; None if it is none (``两三`` is a range, not a number)."""
    if text == "半":
        return Decimal("0.5")
    if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
        return Decimal(text)
    total = current = 0
    last = 0
    for sign in text:
        if sign in _DIGITS:
            if current and sign not in "零〇":
                return None
            current = _DIGITS[sign]
        elif sign in _SCALES:
            total += (current or 1) * _SCALES[sign]
            last, current = _SCALES[sign], 0
        else:
            return None
    if current and last >= 100 and text[-2] not in "零〇十":
        current *= last // 10  # 一百五 is 150
    return Decimal(total + current)


def plain(value: Decimal) -> str:
    """``2``, ``0.5``, ``1.2``: without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
