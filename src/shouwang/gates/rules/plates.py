"""Number plates of mainland China, as people write them.

Sources: GA 36-2018 (civil plates; new energy has one character more), the armed police's and the army's own styles, and
the tractors' plates (NY 345). Letters are upper case, and no dot or space is kept: ``鄂A·12345`` → ``鄂A12345``.
"""

import re

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTER = "A-HJ-NP-Z"
_DOTS = re.compile(r"[·•.．。・-]")
_STYLES = tuple(
    re.compile(style)
    for style in (
        rf"[{PROVINCES}][A-Z][{_LETTER}0-9]{{5}}",  # civil; O in the second place is old police
        rf"[{PROVINCES}][A-Z][{_LETTER}0-9]{{4}}[挂学警港澳领试超]",
        rf"[{PROVINCES}][{_LETTER}][ABCDEFGHJK][{_LETTER}0-9][0-9]{{4}}",  # new energy, small
        rf"[{PROVINCES}][{_LETTER}][0-9]{{5}}[ABCDEFGHJK]",  # new energy, large
        rf"[{PROVINCES}][0-9]{{2}}[{_LETTER}0-9]{{5}}",  # tractors
        r"使[0-9]{6}|[0-9]{6}使",  # embassies
        rf"WJ[{PROVINCES}]?[0-9]{{4}}[0-9{_LETTER}]",  # armed police
        rf"[{_LETTER}]{{2}}[0-9]{{5}}|[{_LETTER}]{{2}}[0-9]{{4}}[{_LETTER}]",  # army
    )
)
_SHORTEST, _LONGEST = 7, 8


def read_plate(raw: object) -> str:
    """The plate in its one form. Raises ``Refused`` with what is wrong."""
    plate = _DOTS.sub("", squeeze(raw)).upper()
    if not plate:
        raise Refused("plate", gettext_noop("Enter the plate, such as 鄂R12345."))
    if any(style.fullmatch(plate) for style in _STYLES):
        return plate
    if plate[0] not in PROVINCES and plate[0] not in "使W" and not plate[:2].isascii():
        raise Refused(
            "plate_province",
            gettext_noop("“%(plate)s” is not a plate: it begins with the sign of a province, such as 鄂."),
            plate=plate[:12],
        )
    if not _SHORTEST <= len(plate) <= _LONGEST:
        raise Refused(
            "plate_length",
            gettext_noop(
                "“%(plate)s” has %(number)s characters. A plate has 7, one of new energy 8: 鄂R12345, 鄂RD12345."
            ),
            plate=plate[:12],
            number=len(plate),
        )
    if set(plate[2:]) & {"I", "O"}:
        raise Refused(
            "plate_letters",
            gettext_noop("“%(plate)s”: a plate has neither the letter I nor O there; write 1 or 0."),
            plate=plate,
        )
    raise Refused(
        "plate",
        gettext_noop("“%(plate)s” is not a plate we know. Compare it with the vehicle: 鄂R12345, 鄂RD12345."),
        plate=plate,
    )


def tail(plate: str) -> str:
    """The last four characters, for the eye at the gate."""
    return plate[-4:]
