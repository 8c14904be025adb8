"""What a gate sends: one check as it was made, brought into form before anything is looked up."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from shouwang.gates.enums import Direction, Reason, Verdict
from shouwang.gates.models import Check
from shouwang.gates.rules.codes import read_code
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.kernel.text import fold, prose

AHEAD = dt.timedelta(hours=24)
"""A device whose clock runs further ahead than this is told so; smaller errors stay, with both times."""


@dataclass(frozen=True, slots=True)
class CheckMade:
    """One check. ``id`` is a UUIDv7 minted where it was made; sending the same one again changes nothing.

    The person is told by ``pass_code``, by the ``token`` that was scanned or, if she has none with her, by
    ``resident_id``; none of them: a stranger. ``visit`` is her registration as a visitor.
    ``temperature`` in degrees Celsius. ``made_at`` aware; ``None``: now. ``verdict`` and
    ``reason`` come from a device that has answered on the spot and are kept as they are; ``None``: judged here.
    """

    id: UUID
    entrance_id: int
    direction: Direction
    pass_code: str = ""
    resident_id: int | None = None
    temperature: Decimal | None = None
    masked: bool | None = None
    plate: str = ""
    remarks: str = ""
    made_at: dt.datetime | None = None
    emergency: bool = False
    verdict: Verdict | None = None
    reason: Reason | None = None
    token: str = ""
    visit: UUID | None = None


def in_form(made: CheckMade, *, now: dt.datetime, profile: DiseaseProfile) -> CheckMade:
    """``made`` with its texts folded and its temperature read. Raises ``Refused`` for what cannot be kept."""
    if made.id.version != 7:
        raise Refused(
            "check_id", gettext_noop("A check needs an id of its own (UUIDv7), minted where it was made.")
        )
    if made.made_at is not None and made.made_at > now + AHEAD:
        raise Refused(
            "clock_ahead",
            gettext_noop("The clock of this device is ahead by days. Set it right, then send again."),
        )
    return replace(
        made,
        direction=Direction(made.direction),
        pass_code=read_code(made.pass_code) or fold(made.pass_code)[:10].upper(),
        temperature=parse_temperature(made.temperature, profile),
        plate=short(fold(made.plate).upper().replace(" ", ""), 12),
        remarks=short(made.remarks, 200),
    )


def short(text: str, limit: int) -> str:
    """``text`` tidied. Raises ``Refused`` if it has more than ``limit`` characters."""
    text = prose(text)
    if len(text) > limit:
        raise Refused(
            "too_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=limit,
        )
    return text


def same_content(made: CheckMade, kept: Check) -> bool:
    """Whether ``made`` (in form) says what ``kept`` says already. What was left open then does not differ now."""
    said: list[tuple[Any, Any]] = [
        (made.entrance_id, kept.entrance),
        (made.direction, kept.direction),
        (made.pass_code, kept.pass_code),
        (made.temperature, kept.temperature),
        (made.masked, kept.masked),
        (made.plate, kept.plate),
        (made.remarks, kept.remarks),
        (made.emergency, kept.emergency),
        (made.visit, kept.visit),
    ]
    said += [
        (new, old)
        for new, old in (
            (made.resident_id, kept.resident),
            (made.made_at, kept.made_at),
            (made.verdict, kept.verdict),
            (made.reason, kept.reason),
        )
        if new is not None
    ]
    return all(new == old for new, old in said)
