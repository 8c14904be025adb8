"""The answer of the gate in the reader's language, with its mark and its colour."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import formats
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext as words_of_the_frame
from django.utils.translation import pgettext_lazy

from shouwang.gates.enums import PassState, Reason, Verdict
from shouwang.gates.rules.advice import ADVICE, Advice
from shouwang.gates.rules.verdict import DATED, Judgement
from shouwang.kernel.errors import Refused

MARKS = {
    Verdict.GREEN: ("good", "circle-check", pgettext_lazy("verdict", "Pass")),
    Verdict.AMBER: ("warn", "alert-triangle", pgettext_lazy("verdict", "Pass, but")),
    Verdict.RED: ("danger", "hand-stop", pgettext_lazy("verdict", "Stop")),
}
PASS_BADGES = {
    PassState.VALID: ("valid", ""),
    PassState.EARLY: ("late", _("not valid yet")),
    PassState.EXPIRED: ("expired", ""),
    PassState.REVOKED: ("revoked", _("not in force")),
    None: ("neutral", _("no pass")),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the verdict panel shows. ``calls``: with whom to call."""

    tone: str
    icon: str
    word: str
    line: str
    next_step: str
    calls: bool


def advice(reason: Reason) -> Advice:
    """The advice of a reason, in the reader's language."""
    told = ADVICE[reason]
    return replace(
        told, short=translate(told.short), line=translate(told.line), next_step=translate(told.next_step)
    )


def answer(judgement: Judgement) -> Answer:
    tone, icon, word = MARKS[judgement.verdict]
    told = advice(judgement.reason)
    if told.waits:
        word = pgettext_lazy("verdict", "Wait here")
    line, step = told.line, told.next_step
    if judgement.reason in DATED:
        day = {"next_out": _day(judgement.next_out)}
        line, step = line % day, step % day
    return Answer(tone, icon, str(word), line, step, told.calls)


def _day(day: dt.date | None) -> str:
    return formats.date_format(day, words_of_the_frame("short date", "j M")) if day else "–"


def short(reason: str) -> str:
    """The reason of a recorded check, for lists."""
    return translate(ADVICE[Reason(reason)].short) if reason else ""


def refusal(error: Refused) -> str:
    hint = translate(error.hint)
    return hint % error.params if error.params else hint
