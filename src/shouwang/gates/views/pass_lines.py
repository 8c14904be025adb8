"""A pass as lists and its own page show it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.gates.actions.passes import LOST
from shouwang.gates.actions.passes.drawing import EXPIRED
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.forms import KIND_WORDS
from shouwang.gates.models import Pass
from shouwang.gates.queries.cards import Card, card
from shouwang.gates.queries.passes import state_of
from shouwang.gates.rules.codes import spaced
from shouwang.gates.views.words import PASS_BADGES

KIND_ICONS = {
    PassKind.RESIDENT: "user",
    PassKind.VEHICLE: "car",
    PassKind.VISITOR: "door-enter",
    PassKind.RESPONDER: "shield-check",
    PassKind.SUPPLY: "truck",
    PassKind.EMERGENCY: "ambulance",
}
TITLES = {
    PassKind.RESIDENT: pgettext_lazy("card", "Resident's pass"),
    PassKind.VEHICLE: pgettext_lazy("card", "Vehicle pass"),
    PassKind.VISITOR: pgettext_lazy("card", "Visitor's pass"),
    PassKind.RESPONDER: pgettext_lazy("card", "Responder's pass"),
    PassKind.SUPPLY: pgettext_lazy("card", "Supply pass"),
    PassKind.EMERGENCY: pgettext_lazy("card", "Emergency pass"),
}
OUR_REASONS = {LOST: _("card lost"), EXPIRED: _("expired, a new one was issued")}


@dataclass(frozen=True, slots=True)
class PassLine:
    """``why``: why it ended, in words."""

    card: Card
    code: str
    kind: str | Promise
    title: str | Promise
    icon: str
    badge: tuple[str, object]
    in_hand: bool
    why: str | Promise

    @property
    def held(self) -> Pass:
        return self.card.found

    @property
    def place(self) -> str:
        """Where it belongs: the door, the firm, the agency."""
        firm = self.held.holder if self.held.plate else ""
        return self.card.where or firm or self.held.purpose


def pass_line(found: Pass, at: dt.datetime) -> PassLine:
    """``found`` must have been read with its resident, household and compound."""
    kind, state = PassKind(found.kind), state_of(found, at)
    return PassLine(
        card=card(found),
        code=spaced(found.code),
        kind=KIND_WORDS[kind],
        title=TITLES[kind],
        icon=KIND_ICONS[kind],
        badge=PASS_BADGES[state],
        in_hand=state in (PassState.VALID, PassState.EARLY),
        why=OUR_REASONS.get(found.revoke_reason, found.revoke_reason),
    )


def holder_of(found: Pass) -> str:
    """Who holds it, in full as far as it is known here."""
    return found.resident.name if found.resident else found.plate or found.holder
