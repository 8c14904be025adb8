"""The words of screening, for people."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwang.kernel.errors import ShouwangError
from shouwang.screening.enums import AnsweredBy, Channel, DayState, NextStep, Outcome, Slot, Worth

SLOTS: dict[str, Any] = {
    Slot.DAY: _("round of the day"),
    Slot.MORNING: _("morning round"),
    Slot.AFTERNOON: _("afternoon round"),
}
CHANNELS: dict[str, Any] = {
    Channel.CALL: pgettext_lazy("how somebody was reached", "call"),
    Channel.VISIT: pgettext_lazy("how somebody was reached", "visit"),
    Channel.SELF: pgettext_lazy("how somebody was reached", "reported themselves"),
    Channel.GATE: pgettext_lazy("how somebody was reached", "at the gate"),
    Channel.SITE: pgettext_lazy("how somebody was reached", "at the isolation site"),
}
CHANNEL_ICONS: dict[str, str] = {
    Channel.CALL: "phone",
    Channel.VISIT: "door-enter",
    Channel.SELF: "message",
    Channel.GATE: "barrier-block",
    Channel.SITE: "building-community",
}
OUTCOMES: dict[str, Any] = {
    Outcome.REACHED: pgettext_lazy("outcome", "reached"),
    Outcome.NO_ANSWER: pgettext_lazy("outcome", "no answer"),
    Outcome.WRONG_NUMBER: pgettext_lazy("outcome", "wrong number"),
    Outcome.NOBODY_HOME: pgettext_lazy("outcome", "nobody at home"),
    Outcome.REFUSED: pgettext_lazy("outcome", "refused to answer"),
}
OUTCOME_TONES: dict[str, str] = {Outcome.REACHED: "good", Outcome.REFUSED: "violet"}
ANSWERED_BY: dict[str, Any] = {
    AnsweredBy.RESIDENT: pgettext_lazy("who answered", "the person"),
    AnsweredBy.HOUSEHOLD_MEMBER: pgettext_lazy("who answered", "somebody of the household"),
    AnsweredBy.NEIGHBOUR: pgettext_lazy("who answered", "a neighbour"),
    AnsweredBy.OTHER: pgettext_lazy("who answered", "somebody else"),
    AnsweredBy.NOBODY: pgettext_lazy("who answered", "nobody"),
}
NEXT_STEPS: dict[str, tuple[str, Any]] = {
    NextStep.CALL: ("phone", pgettext_lazy("next step", "call")),
    NextStep.CALL_AGAIN: ("phone-call", pgettext_lazy("next step", "call again, at another hour")),
    NextStep.ASK_REST: ("users", pgettext_lazy("next step", "ask after the others")),
    NextStep.EVENING: ("clock", pgettext_lazy("next step", "again in the evening")),
    NextStep.OTHER_NUMBER: ("phone-off", pgettext_lazy("next step", "ring another member's number")),
    NextStep.NEIGHBOUR: ("users", pgettext_lazy("next step", "ask the neighbours")),
    NextStep.VISIT: ("door", pgettext_lazy("next step", "go and knock")),
    NextStep.OFFICE: ("building-community", pgettext_lazy("next step", "the office takes over")),
}
DAY_STATES: dict[str, Any] = {
    DayState.REACHED: pgettext_lazy("state of the day", "reached"),
    DayState.REFUSED: pgettext_lazy("state of the day", "refused"),
    DayState.UNREACHABLE: pgettext_lazy("state of the day", "tried, not reached"),
    DayState.MOVED: pgettext_lazy("state of the day", "moved away or died"),
    DayState.AWAY: pgettext_lazy("state of the day", "away"),
    DayState.NOT_TRIED: pgettext_lazy("state of the day", "not asked after"),
    DayState.UNASSIGNED: pgettext_lazy("state of the day", "nobody's household"),
}
WORTH: dict[str, tuple[str, Any]] = {
    Worth.SAMPLE: ("checklist", _("drawn at random")),
    Worth.FAST: ("clock", _("many entries within minutes")),
    Worth.ALIKE: ("copy", _("many entries in a row that say the same")),
    Worth.STILL: ("temperature", _("a temperature that has not moved for days")),
    Worth.NIGHT: ("eye-off", _("entries at night")),
    Worth.AT_ONCE: ("list-check", _("a whole caseload at one time")),
    Worth.CHOSEN: ("phone-check", _("chosen by the office")),
}
SYMPTOMS: dict[str, Any] = {
    "cough": _("cough"),
    "breathless": _("breathless"),
    "fatigue": _("fatigue"),
    "diarrhoea": _("diarrhoea"),
    "conjunctivitis": _("red eyes"),
    "sore_throat": _("sore throat"),
}
SEX = {"m": pgettext_lazy("sex", "m"), "f": pgettext_lazy("sex", "f")}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a household as the record offers it. ``missed``: outcomes that one tap saves, nobody being reached."""

    channel: Channel
    name: Any
    reached: Any
    missed: tuple[tuple[Outcome, Any], ...] = ()
    refused: bool = True


CALLED = Way(
    Channel.CALL,
    _("By phone"),
    _("Got through to"),
    ((Outcome.NO_ANSWER, _("No answer")), (Outcome.WRONG_NUMBER, _("Wrong number"))),
)
WAYS = (
    Way(Channel.VISIT, _("At the door"), _("Met"), ((Outcome.NOBODY_HOME, _("Nobody at home")),)),
    Way(Channel.SELF, _("Came to us"), _("Who reported"), refused=False),
)


def symptom_words(keys: tuple[str, ...] | list[str] | None) -> list[str]:
    """Symptoms in words; a key of another disease's profile stands as it is."""
    return [str(SYMPTOMS.get(key, key)) for key in keys or ()]


def refusal(error: ShouwangError) -> str:
    """What the refusal says, in the reader's language."""
    return gettext(error.hint) % error.params if error.params else gettext(error.hint)
