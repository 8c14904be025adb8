"""The daily report in words: the indicators with their names and definitions in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.reporting.rules import INDICATORS, Figures, Indicator, Part, Unit

PARTS = {
    Part.PLACES: _("Places and people"),
    Part.ROUND: _("Screening"),
    Part.GATES: _("Gates and entrances"),
}
UNITS = {
    Unit.PEOPLE: _("people"),
    Unit.HOUSEHOLDS: _("households"),
    Unit.COMMUNITIES: _("communities"),
    Unit.ROUNDS: _("rounds"),
    Unit.TIMES: _("times"),
    Unit.ENTRANCES: _("entrances"),
    Unit.PERCENT: "%",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with its value; ``None`` is *not known*."""

    indicator: Indicator
    value: int | None

    @property
    def name(self) -> str:
        return gettext(self.indicator.name)

    @property
    def unit(self) -> str:
        return str(UNITS[self.indicator.unit])

    @property
    def formula(self) -> str:
        return gettext(self.indicator.formula)

    @property
    def source(self) -> str:
        return gettext(self.indicator.source)

    @property
    def alarming(self) -> bool:
        """Whether the figure asks for somebody to act."""
        return bool(self.value) and self.indicator.key in {"not_opened", "fevers", "gate_fevers"}


def sections(figures: Figures) -> list[tuple[str, list[Line]]]:
    """All indicators by part, as the report prints them."""
    lines = [Line(indicator, indicator.value(figures)) for indicator in INDICATORS]
    return [(str(PARTS[part]), [line for line in lines if line.indicator.part is part]) for part in Part]
