"""The answer of the gate in the reader's language, with its mark and its colour."""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext as words_of_the_frame
from django.utils.translation import pgettext_lazy

from shouwang.gates.enums import PassState, Reason, Verdict
from shouwang.gates.rules.advice import ADVICE
from shouwang.gates.rules.verdict import Judgement
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


def answer(judgement: Judgement) -> Answer:
    tone, icon, word = MARKS[judgement.verdict]
    advice = ADVICE[judgement.reason]
    if advice.waits:
        word = pgettext_lazy("verdict", "Wait here")
    line, step = (_dated(text, judgement.next_out) for text in (advice.line, advice.next_step))
    return Answer(tone, icon, str(word), line, step, advice.calls)


def _dated(text: str, day: dt.date | None) -> str:
    shown = translate(text)
    return shown % {"next_out": _day(day)} if "%(next_out)s" in shown else shown


def _day(day: dt.date | None) -> str:
    return formats.date_format(day, words_of_the_frame("short date", "j M")) if day else "–"


def short(reason: str) -> str:
    """The reason of a recorded check, for lists."""
    return translate(ADVICE[Reason(reason)].short) if reason else ""


def refusal(error: Refused) -> str:
    hint = translate(error.hint)
    return hint % error.params if error.params else hint
