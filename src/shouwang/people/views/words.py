"""Words for what is stored as codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import IdKind
from shouwang.people.enums import ImportState, Presence
from shouwang.people.forms import PRESENCE_WORDS, RETURNEE_SOURCE_WORDS
from shouwang.people.rules.rows import Issue

PRESENCE: Mapping[str, Any] = {code.value: word for code, word in PRESENCE_WORDS.items()}
PRESENCE_BADGES: Mapping[str, str] = {
    Presence.PRESENT: "ok",
    Presence.AWAY: "away",
    Presence.MOVED: "closed",
    Presence.DIED: "closed",
}
SEX: Mapping[str, Any] = {"m": _("male"), "f": _("female"), "": ""}
ID_KIND: Mapping[str, Any] = {
    IdKind.RESIDENT: _("ID card"),
    IdKind.RESIDENCE_PERMIT: _("residence permit"),
    IdKind.HK_MACAO_PERMIT: _("Hong Kong or Macao permit"),
    IdKind.TAIWAN_PERMIT: _("Taiwan permit"),
    IdKind.FOREIGN_RESIDENT: _("foreigner's residence card"),
    IdKind.PASSPORT: _("passport"),
    "": "",
}
STATE: Mapping[str, tuple[str, Any]] = {
    ImportState.PREVIEW: ("running", _("waits to be loaded")),
    ImportState.LOADED: ("ok", _("loaded")),
    ImportState.DISCARDED: ("closed", _("discarded")),
}
RETURNEE_SOURCE: Mapping[str, Any] = {code.value: word for code, word in RETURNEE_SOURCE_WORDS.items()}
FIELD: Mapping[str, Any] = {
    "name": _("Name"),
    "sex": _("Sex"),
    "born_on": _("Date of birth"),
    "id_number": _("ID number"),
    "phone": _("Phone"),
    "relation": _("Relation"),
    "remarks": _("Remarks"),
    "household": _("Address"),
    "presence": _("Presence"),
}


def value_of(field: str, value: str) -> str:
    """A value of a change in the reader's language."""
    words = {"sex": SEX, "presence": PRESENCE}.get(field)
    return str(words.get(value, value)) if words else value


def reason_of(issue: Issue) -> str:
    """What is wrong, in the reader's language."""
    text = gettext(issue.message)
    return text % issue.params if issue.params else text


def refusal_of(error: Refused) -> str:
    """A refusal in the reader's language, to show on the form it belongs to."""
    hint = gettext(error.hint)
    return hint % error.params if error.params else hint
