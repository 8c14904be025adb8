"""The words of caseloads, for people."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from shouwang.kernel.errors import ShouwangError
from shouwang.workforce.enums import Weight
from shouwang.workforce.rules.reasons import Why

WHYS: dict[str, Any] = {
    Why.NEW: pgettext_lazy("why a household changes caller", "had nobody"),
    Why.LEFT: pgettext_lazy("why a household changes caller", "its caller has left"),
    Why.JOINED: pgettext_lazy("why a household changes caller", "a caller has joined"),
    Why.WHOLE: pgettext_lazy("why a household changes caller", "its building stays whole"),
    Why.LOAD: pgettext_lazy("why a household changes caller", "its caller has too many"),
    Why.NEARER: pgettext_lazy("why a household changes caller", "shorter ways"),
}
WEIGHTS: dict[str, Any] = {
    Weight.LARGE: pgettext_lazy("why a household takes longer", "large household"),
    Weight.OLD_ALONE: pgettext_lazy("why a household takes longer", "old people alone"),
    Weight.ILL: pgettext_lazy("why a household takes longer", "long illness"),
    Weight.RETURNED: pgettext_lazy("why a household takes longer", "came back from elsewhere"),
    Weight.QUARANTINED: pgettext_lazy("why a household takes longer", "in quarantine"),
}


def refusal(error: ShouwangError) -> str:
    """What the refusal says, in the reader's language."""
    return gettext(error.hint) % error.params if error.params else gettext(error.hint)
