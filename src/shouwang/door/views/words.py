"""The words of the door, for people."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SYMPTOMS: dict[str, Any] = {
    "cough": _("cough"),
    "breathless": _("breathless"),
    "fatigue": _("fatigue"),
    "diarrhoea": _("diarrhoea"),
    "conjunctivitis": _("red eyes"),
    "sore_throat": _("sore throat"),
}
REQUEST_STATES: dict[str, Any] = {
    "open": pgettext_lazy("a household's request", "received"),
    "taken": pgettext_lazy("a household's request", "somebody sees to it"),
    "done": pgettext_lazy("a household's request", "done"),
    "declined": pgettext_lazy("a household's request", "not possible"),
}
MATTER_STATES: dict[str, Any] = {
    "open": pgettext_lazy("a household's request", "received"),
    "taken": pgettext_lazy("a household's request", "being looked into"),
    "settled": pgettext_lazy("a household's request", "answered"),
}
PASS_KINDS: dict[str, Any] = {
    "resident": pgettext_lazy("a household's pass", "resident"),
    "vehicle": pgettext_lazy("a household's pass", "vehicle"),
    "visitor": pgettext_lazy("a household's pass", "visitor"),
    "responder": pgettext_lazy("a household's pass", "responder"),
    "supply": pgettext_lazy("a household's pass", "supplies"),
    "emergency": pgettext_lazy("a household's pass", "emergency"),
}
