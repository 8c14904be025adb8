"""A recorded check as lists show it: masked, with its word and colour."""

import datetime as dt
from dataclasses import dataclass

from shouwang.gates.enums import PassKind, Reason, Verdict
from shouwang.gates.forms import KIND_WORDS
from shouwang.gates.models import Check
from shouwang.gates.queries.checks import CheckLine
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.words import short
from shouwang.kernel.text import mask_name

BADGES = {Verdict.GREEN: "let_in", Verdict.AMBER: "warn", Verdict.RED: "turned_back"}


@dataclass(frozen=True, slots=True)
class Line:
    """``visitor``: of whom registered and is on no roster. ``kind``: of a pass that is no resident's.
    ``unknown``: what stands in place of a person: an emergency was let through unasked, or nobody knows her.
    ``former``: what it said before it was corrected, the latest first."""

    check: Check
    passed_at: dt.datetime
    former: tuple[Check, ...]
    gate: str
    name: str
    visitor: str
    address: str
    code: str
    kind: str
    unknown: str
    badge: str
    word: str
    tone: str


def shown(line: CheckLine) -> Line:
    check, person = line.check, line.person
    return Line(
        check=check,
        passed_at=line.passed_at,
        former=line.former,
        gate=str(line.gate or ""),
        name=mask_name(person.name) if person else "",
        visitor=mask_name(line.visitor) if line.visitor and not person else "",
        address=person.door if person else "",
        code=spaced(check.pass_code),
        kind=str(KIND_WORDS[PassKind(check.pass_kind)])
        if check.pass_kind not in ("", PassKind.RESIDENT)
        else "",
        unknown=short(Reason.EMERGENCY if check.emergency else Reason.STRANGER),
        badge=BADGES[Verdict(check.verdict)],
        word=short(check.reason),
        tone="danger" if check.fever else "warn" if check.verdict == Verdict.RED else "",
    )
