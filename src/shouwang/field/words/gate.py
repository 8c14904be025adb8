"""Words of the gate's screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Promise] = {
    "gate.verdict.green": pgettext_lazy("verdict", "Pass"),
    "gate.verdict.amber": pgettext_lazy("verdict", "Pass, but"),
    "gate.verdict.red": pgettext_lazy("verdict", "Stop"),
    "gate.verdict.waits": pgettext_lazy("verdict", "Wait here"),
    "gate.temperature.unreadable": _("“%(value)s” is not a temperature. Write it like 36.5."),
    "gate.temperature.implausible": _(
        "%(value)s °C cannot be right. Measure again; warm the thermometer first if it is cold."
    ),
}
