"""What may be said about somebody whom the office has still to enter or correct on the roster."""

import datetime as dt
from collections.abc import Mapping

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import clean_name, fold
from shouwang.people.enums import Presence, ProposalKind

Said = dict[str, str | bool]

LONGEST = {"name": 60, "id_number": 40, "phone": 40, "relation": 20, "origin": 60}
DAYS = ("born_on", "arrived_on")
FIELDS = ("name", "sex", *DAYS, "id_number", "phone", "relation", "origin", "presence", "to_stay")
"""Numbers are kept as they were said: whether they check is seen when the office confirms."""
PERSON = ("name", "sex", "born_on", "id_number", "phone", "relation")
"""Of these, what the roster itself keeps."""
PRESENCE = {
    ProposalKind.MOVED_IN: Presence.PRESENT,
    ProposalKind.MOVED_OUT: Presence.MOVED,
    ProposalKind.AWAY: Presence.AWAY,
    ProposalKind.BACK: Presence.PRESENT,
}
"""What a proposal makes of somebody's presence; a correction leaves it."""


def clean_said(kind: ProposalKind, said: Mapping[str, object], *, today: dt.date) -> Said:
    """``said`` in the one form it is kept in: what is empty left out, days as ``2020-02-14``.

    Raises ``Refused`` for a field that is none, a day that is none or is still to come, a sex or presence that is none,
    a text too long, a newcomer without a name, and a correction that corrects nothing.
    """
    clean: Said = {}
    for field, value in said.items():
        if field not in FIELDS:
            raise Refused(
                "said_unknown", gettext_noop("“%(name)s” is nothing that the roster keeps."), name=field
            )
        if field == "to_stay":
            clean[field] = bool(value)
        elif text := fold(value or ""):
            clean[field] = _clean(field, text, today)
    if kind is ProposalKind.MOVED_IN and not clean.get("name"):
        raise Refused("name_empty", gettext_noop("Write down the name."))
    if kind is ProposalKind.CORRECT and not clean:
        raise Refused("said_nothing", gettext_noop("Write down what is to be corrected."))
    return clean


def _clean(field: str, text: str, today: dt.date) -> str:
    if field in DAYS:
        return _day(text, today)
    if field == "sex":
        if text not in ("m", "f"):
            raise Refused("said_sex", gettext_noop("Choose male or female, or leave it empty."))
        return text
    if field == "presence":
        if text not in set(Presence):
            raise Refused("said_presence", gettext_noop("Choose one of the list."))
        return text
    text = clean_name(text) if field == "name" else text
    if len(text) > LONGEST[field]:
        raise Refused(
            "text_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=LONGEST[field],
        )
    return text


def _day(text: str, today: dt.date) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Refused(
            "said_day", gettext_noop("“%(value)s” is no day. Write it like 2020-02-14."), value=text[:20]
        ) from None
    if day > today:
        raise Refused(
            "said_day_future", gettext_noop("“%(value)s” is still to come: enter what has been."), value=text
        )
    return day.isoformat()
