"""What a visitor says at the gate, brought into form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import clean_name, fold, prose

_LIMITS = {"name": 60, "whom": 60, "why": 200, "origin": 60, "plate": 12}


@dataclass(frozen=True, slots=True)
class VisitSaid:
    """As said. ``household``: the one she goes to, if the keeper picked it. ``returnee``: she came back to stay."""

    name: str
    id_number: str = ""
    phone: str = ""
    whom: str = ""
    household: int | None = None
    why: str = ""
    origin: str = ""
    arrived_on: dt.date | None = None
    plate: str = ""
    returnee: bool = False


def visit_in_form(said: VisitSaid) -> VisitSaid:
    """``said`` with its texts folded. Raises ``Refused`` without a name, or for what is too long to keep."""
    texts: dict[str, Any] = {name: fold(getattr(said, name)) for name in _LIMITS}
    texts["why"] = prose(said.why)
    texts["name"] = clean_name(said.name)
    texts["plate"] = texts["plate"].upper().replace(" ", "").replace("·", "")
    if not texts["name"]:
        raise Refused("visit_name", gettext_noop("Write down the visitor's name."))
    for name, limit in _LIMITS.items():
        if len(texts[name]) > limit:
            raise Refused(
                "too_long",
                gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
                value=texts[name][:12],
                limit=limit,
            )
    return replace(said, **texts)


def said_by_phone(body: Mapping[str, Any]) -> VisitSaid:
    """The body of a ``visit`` record (docs/field-protocol.md), its sealed fields opened. Raises ``Refused`` naming the
    field that is not as it should be."""
    for name in (*_LIMITS, "id_number", "phone"):
        if not isinstance(body.get(name, ""), str):
            raise _form(name)
    household, returnee = body.get("household"), body.get("returnee", False)
    if household is not None and (isinstance(household, bool) or not isinstance(household, int)):
        raise _form("household")
    if not isinstance(returnee, bool):
        raise _form("returnee")
    return visit_in_form(
        VisitSaid(
            **{name: body.get(name, "") for name in (*_LIMITS, "id_number", "phone")},
            household=household,
            arrived_on=_day(body.get("arrived_on")),
            returnee=returnee,
        )
    )


def _day(written: object) -> dt.date | None:
    if written in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError:
        raise _form("arrived_on") from None


def _form(field: str) -> Refused:
    return Refused("visit_form", gettext_noop("“%(field)s” is not as it should be."), field=field)
