"""A recorded check as lists show it: masked, with its word and colour."""

from dataclasses import dataclass

from shouwang.gates.enums import Verdict
from shouwang.gates.models import Check
from shouwang.gates.queries.checks import CheckLine
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.words import short
from shouwang.kernel.text import mask_name

BADGES = {Verdict.GREEN: "let_in", Verdict.AMBER: "warn", Verdict.RED: "turned_back"}


@dataclass(frozen=True, slots=True)
class Line:
    check: Check
    gate: str
    name: str
    address: str
    code: str
    badge: str
    word: str
    tone: str


def shown(line: CheckLine) -> Line:
    check, person = line.check, line.person
    return Line(
        check=check,
        gate=str(line.gate or ""),
        name=mask_name(person.name) if person else "",
        address=person.door if person else "",
        code=spaced(check.pass_code),
        badge=BADGES[Verdict(check.verdict)],
        word=short(check.reason),
        tone="danger" if check.fever else "warn" if check.verdict == Verdict.RED else "",
    )
