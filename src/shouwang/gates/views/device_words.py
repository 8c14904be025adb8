"""Why a record of a phone was set aside, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwang.sync.enums import Outcome

KINDS: Mapping[str, Any] = {"check": _("a check"), "visit": _("a visitor"), "attempt": _("a call or visit")}
_NEWER = _("The phone's app speaks otherwise than this server. Bring both up to date, then take it in again.")
_BROKEN = _("The record is damaged. Ask whoever kept the gate then, enter it by hand, and dismiss it.")
_CHECK = _("It contradicts itself. Ask whoever called, enter by hand what was told, and dismiss it.")
_GATE = _("The gate it names is not one of this community. Was the gate taken out of use?")
CODES: Mapping[str, Any] = {
    "no_object": _BROKEN,
    "no_uuid7": _BROKEN,
    "no_seq": _BROKEN,
    "no_time": _BROKEN,
    "no_keeper": _BROKEN,
    "no_body": _BROKEN,
    "no_text": _BROKEN,
    "visit_form": _BROKEN,
    "visit_name": _("The visitor has no name. Look at the record, ask the gate, and dismiss it."),
    "unknown_kind": _NEWER,
    "check_unreadable": _NEWER,
    "not_found": _GATE,
    "entrance_unknown": _GATE,
    "too_long": _("Something in it is too long to be kept. Look at the record, and dismiss it."),
    "round_not_open": _(
        "That day had no round here. Enter what was told by hand if it still matters, and dismiss it."
    ),
    "roster_empty": _("Nobody is on the roster here yet. Import the roster, then take it in again."),
    "household_unknown": _(
        "The household it names is not of this community. Look at the record, and dismiss it."
    ),
    "resident_unknown": _(
        "Somebody it names is not on the roster of this community. Look at the record, and enter by hand what was told."
    ),
    "attempt_form": _NEWER,
    "attempt_id": _BROKEN,
    "temperature": _("A temperature in it is none. Ask whoever called, and enter it by hand."),
    "temperature_implausible": _("A temperature in it cannot be. Ask whoever called, and enter it by hand."),
    "symptom_unknown": _NEWER,
    "channel_gate": _NEWER,
    "outcome_channel": _CHECK,
    "answered_by": _CHECK,
    "answered_by_nobody": _CHECK,
    "answered_by_missing": _(
        "It does not say who answered. Ask whoever called, enter it by hand, and dismiss it."
    ),
    "reading_empty": _CHECK,
    "reading_twice": _CHECK,
    "presence_twice": _CHECK,
    "presence_word": _NEWER,
    "text_long": _("Something in it is too long to be kept. Look at the record, and dismiss it."),
    "arrivals_many": _(
        "More people have come than one record holds. Look at the record, and enter them by hand."
    ),
    "arrival_name": _(
        "Somebody has come, and the name is missing. Ask whoever called, and enter it by hand."
    ),
    "not_a_callers_phone": _(
        "This phone has no caseload, so it makes no calls. Give it one, then take the record in again."
    ),
    "reached_without_readings": _(
        "It says that somebody was reached, and nothing of how anybody is. Ask whoever called, and enter it by hand."
    ),
    "unreached_with_readings": _(
        "It says that nobody was reached, and yet how somebody is. Ask whoever called, and enter it by hand."
    ),
    "sealing": _("What the phone sealed does not open here: it was sealed for another installation."),
    "error": _(
        "The server stumbled over it. Take it in again later; if it stays, tell whoever runs the server."
    ),
}
CONFLICT = _(
    "A record of the same number came before, with other content. Both are kept; look at them and dismiss one."
)
UNKNOWN = _("It could not be taken in. Look at the record.")


def why(outcome: Outcome, code: str) -> Any:
    if outcome is Outcome.CONFLICT:
        return CONFLICT
    return CODES.get(code, UNKNOWN)
