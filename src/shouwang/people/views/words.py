"""Words for what is stored as codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import IdKind
from shouwang.people.enums import ImportState, Joining, Presence, Risk, WatchReason
from shouwang.people.forms import PRESENCE_WORDS, RETURNEE_SOURCE_WORDS, RETURNEE_STATE_WORDS
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
RETURNEE_STATE: Mapping[str, Any] = {code.value: word for code, word in RETURNEE_STATE_WORDS.items()}
REGISTER_KINDS: Mapping[str, Any] = {
    "all": pgettext_lazy("returnees", "all"),
    "open": _("still open"),
    "unwatched": _("without watch"),
    "watched": _("watched"),
    "over": _("watch over"),
    "gone": _("here no longer"),
}
RISK: Mapping[str, Any] = {
    Risk.HIGH: _("high risk"),
    Risk.MIDDLE: _("middle risk"),
    Risk.LOW: _("low risk"),
    Risk.UNKNOWN: pgettext_lazy("risk", "where from?"),
}
RISK_BADGES: Mapping[str, str] = {
    Risk.HIGH: "danger",
    Risk.MIDDLE: "warn",
    Risk.LOW: "info",
    Risk.UNKNOWN: "late",
}
WATCH_REASON: Mapping[str, Any] = {
    WatchReason.RETURNEE: _("returned"),
    WatchReason.QUARANTINE: _("must stay in"),
    WatchReason.FEVER: pgettext_lazy("status", "fever"),
}
DECISION: Mapping[str, Any] = {
    Joining.JOIN: pgettext_lazy("sightings", "one person"),
    Joining.ASK: _("to decide"),
    Joining.APART: pgettext_lazy("sightings", "two people"),
}
LIKENESS: Mapping[str, Any] = {
    "name_same": _("the same name"),
    "name_same_common": _("the same name, a frequent one"),
    "name_sound": _("names that sound alike"),
    "name_sound_short": _("short names that sound alike"),
    "name_near": _("names that sound nearly alike"),
    "name_one_wrong": _("one character of the name differs"),
    "name_part": _("one name is part of the other"),
    "name_title": _("the same surname; one name is a form of address"),
    "name_kin": _("one is named as somebody's relative"),
    "name_parent": _("one is named as the other's relative"),
    "name_differs": _("other names"),
    "id_same": _("the same ID number"),
    "id_slip": _("ID numbers that differ by one slip"),
    "id_fits": _("what is known of the ID numbers fits"),
    "id_tail": _("the same end of the ID number"),
    "id_differs": _("other ID numbers"),
    "id_differs_unsure": _("other ID numbers, one of them does not check"),
    "id_part_differs": _("what is known of the ID numbers does not fit"),
    "phone_same": _("the same phone"),
    "phone_slip": _("phones that differ by one slip"),
    "phone_fits": _("what is known of the phones fits"),
    "phone_differs": _("other phones"),
    "born_same": _("born on the same day"),
    "born_near": _("days of birth that differ by one slip"),
    "born_differs": _("born on other days"),
    "sex_same": _("the same sex"),
    "sex_differs": _("another sex"),
    "door_same": _("the same door"),
    "place_same": _("the same compound or group"),
    "door_differs": _("other doors"),
    "place_differs": _("another compound or group"),
    "community_same": _("the same community"),
    "community_differs": _("another community"),
    "origin_same": _("from the same place"),
    "origin_differs": _("from other places"),
    "arrived_same": _("arrived on the same day"),
    "arrived_near": _("arrived within two days"),
    "arrived_differs": _("arrived on other days"),
    "resident_same": _("the same person of the roster"),
    "resident_differs": _("two people of the roster"),
    "chain": _("each is surely one with a third, but they contradict"),
}
"""What `rules.returnees` found alike or not, in words."""
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
