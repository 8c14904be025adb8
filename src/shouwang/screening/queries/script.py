"""What to say on the telephone and at the door: the part ``script`` of the pack (docs/field-protocol.md).

Three levels: usual, short sentences for old people, and for a child who answers. ``{caller}``, ``{place}`` and
``{symptoms}`` are filled in by the phone.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.translation import gettext

from shouwang.kernel.errors import gettext_noop as _
from shouwang.kernel.scope import Scope
from shouwang.screening.enums import SpeechLevel
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

NAMES: Mapping[SpeechLevel, tuple[str, str]] = {
    SpeechLevel.USUAL: (_("As usual"), _("For most households.")),
    SpeechLevel.SIMPLE: (
        _("In short sentences"),
        _("For old people: slowly, in dialect if you speak it, one question at a time. Wait for the answer."),
    ),
    SpeechLevel.CHILD: (
        _("A child answers"),
        _("Ask for a grown-up first. Only if nobody is there, ask the child, and call again later."),
    ),
}
LINES: Mapping[SpeechLevel, Mapping[str, str]] = {
    SpeechLevel.USUAL: {
        "greet": _(
            "Hello, this is {caller} from {place}. I call every day to ask how you are. Is it a good moment?"
        ),
        "well": _("How is everybody at home today?"),
        "temperature": _("Have you all taken your temperature? What was it, one after the other?"),
        "symptoms": _("Does anybody have one of these: {symptoms}?"),
        "arrivals": _(
            "Has anybody come home from elsewhere or come to visit? Nobody is blamed for saying so late."
        ),
        "needs": _("Do you need anything: food, medicine, a doctor? Is there anything that troubles you?"),
        "thanks": _("Thank you. If anybody feels unwell, call us at once, also at night."),
    },
    SpeechLevel.SIMPLE: {
        "greet": _("Hello, grandfather or grandmother. I am {caller} from {place}."),
        "well": _("Are you well today? Have you eaten, have you slept?"),
        "temperature": _("Please put the thermometer under your arm. I wait. What does it say?"),
        "symptoms": _("Do you cough? Is it hard to breathe? Are you weaker than usual?"),
        "arrivals": _("Has anybody come to you? A son, a daughter, a guest?"),
        "needs": _("Do you have rice, vegetables, your medicine? For how many days?"),
        "thanks": _("Drink warm water, rest well. If you feel unwell, ring me. I call again tomorrow."),
    },
    SpeechLevel.CHILD: {
        "greet": _("Hello, this is {caller} from {place}. Is your mum or dad, or grandma or grandpa there?"),
        "well": _("Who is at home with you? Is somebody ill or lying in bed?"),
        "temperature": _("Did somebody take your temperature today? Do you know the number?"),
        "symptoms": _("Does anybody cough a lot?"),
        "arrivals": _("Did somebody come to stay with you?"),
        "needs": _("Is there something to eat at home?"),
        "thanks": _("Well done, thank you. Please tell the grown-ups that I call again."),
    },
}
ANSWERS: Mapping[str, tuple[str, str]] = {
    "who": (
        _("Asks who is calling"),
        _("You can ring the community's office and ask for me: the number is on the notice at the gate."),
    ),
    "refuses": (
        _("Does not want to answer"),
        _("I understand that it is tiring. It takes a minute and protects your neighbours. May I call later?"),
    ),
    "called": (
        _("Was called already today"),
        _("I am sorry. I write it down at once, so that nobody calls you a second time today."),
    ),
    "fever": (
        _("Somebody has a fever"),
        _("Please stay apart from the others, open the window, wear a mask. Do not go out: we come to you. Keep the telephone near."),  # noqa: E501
    ),
    "late": (
        _("Says only now that somebody came back"),
        _("Thank you for telling me, it helps everybody. What day did they come, and from where?"),
    ),
    "angry": (
        _("Is angry or afraid"),
        _("I hear you. I write down what you say, and somebody who can decide calls you back."),
    ),
}  # fmt: skip


def script(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The part ``script``, in the language that is active; for phones with a caseload."""
    if device.caseload is None:
        return None
    levels = {
        level.value: {
            "name": gettext(name),
            "hint": gettext(hint),
            "lines": [{"key": key, "say": gettext(say)} for key, say in LINES[level].items()],
        }
        for level, (name, hint) in NAMES.items()
    }
    answers = [
        {"key": key, "when": gettext(when), "say": gettext(say)} for key, (when, say) in ANSWERS.items()
    ]
    said: dict[str, Any] = {"levels": levels, "answers": answers}
    version = hashlib.sha256(orjson.dumps(said)).hexdigest()[:16]
    return None if version == have else Part(version, said)
