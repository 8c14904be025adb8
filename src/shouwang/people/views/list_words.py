"""Words for lists from above and their lines."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.people.enums import LineHow, LineState

LINE_STATE: Mapping[str, tuple[str, Any]] = {
    LineState.LOOKING: ("late", pgettext_lazy("line of a list", "being looked for")),
    LineState.FOUND: ("ok", pgettext_lazy("line of a list", "found")),
    LineState.NOT_HERE: ("closed", pgettext_lazy("line of a list", "not here")),
}
LINE_HOW: Mapping[str, Any] = {
    LineHow.ROSTER: _("is on the roster"),
    LineHow.REGISTER: _("was seen or told of here"),
    LineHow.HAND: _("settled by hand"),
    "": "",
}
LINE_TABS: tuple[tuple[str, Any], ...] = (
    ("", _("All lines")),
    (LineState.LOOKING, pgettext_lazy("line of a list", "being looked for")),
    (LineState.FOUND, pgettext_lazy("line of a list", "found")),
    (LineState.NOT_HERE, pgettext_lazy("line of a list", "not here")),
)
_ISSUES: Mapping[str, Any] = {
    "name_empty": _("the name is missing"),
    "arrived_day": _("the day of arrival cannot be read"),
    "left_day": _("the day of leaving cannot be read"),
    "id_check": _("the ID number does not check"),
    "id_length": _("the ID number has too few or too many digits"),
    "id_masked": _("the ID number is masked"),
    "id_birth": _("the ID number holds no date of birth"),
    "id_area": _("the ID number begins with no province"),
    "id_characters": _("the ID number holds a letter"),
    "id_rounded": _("the spreadsheet has cut the ID number"),
    "phone_masked": _("the phone number is masked"),
    "phone_rounded": _("the spreadsheet has cut the phone number"),
}
_OTHERS: Mapping[str, Any] = {
    "id": _("the ID number cannot be read"),
    "phone": _("the phone number cannot be read"),
}


def issues_of(issues: list[list[str]]) -> list[tuple[str, Any]]:
    """Column letter and what could not be read there, in the reader's language."""
    return [
        (letter, _ISSUES.get(code) or _OTHERS.get(code.partition("_")[0], code)) for letter, code in issues
    ]
