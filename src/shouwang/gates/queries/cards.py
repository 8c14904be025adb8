"""What is printed: pass cards, door cards, and the poster of a gate."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Length

from shouwang.access.enums import Permission
from shouwang.gates.models import Pass
from shouwang.gates.queries.gates import Gate, gates
from shouwang.gates.queries.passes import PassFilter, pass_list
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import mask_name
from shouwang.people.queries.households import doors


@dataclass(frozen=True, slots=True)
class Card:
    """A pass with what its card says.

    ``label`` is for the eye at the gate: ``张*``, or the plate. ``where``, the door, and ``who``, in full, stand on the
    strip that is cut off, so that the right card comes to the right hand; not on the card.
    """

    found: Pass
    label: str
    compound: str
    where: str
    who: str

    @property
    def last_day(self) -> dt.datetime:
        """Within the last day that counts."""
        return self.found.valid_until - dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class DoorCard:
    """A household's card: ``address`` with its compound."""

    community: int
    household: int
    compound: str
    address: str


def passes_to_print(
    scope: Scope,
    *,
    area: int,
    at: dt.datetime,
    household: int | None = None,
    compound: int | None = None,
    one: int | None = None,
    following: bool = False,
) -> QuerySet[Pass]:
    """The passes in force of a household, of a whole compound, or just one; door by door.

    ``following``: those that begin later, after a renewal. One alone is printed in either case.
    """
    rows = pass_list(scope, area=area, at=at, state=PassFilter.NEXT if following else PassFilter.VALID)
    if one is not None:
        both = pass_list(scope, area=area, at=at)
        rows = both.filter(pk=one, revoked_at=None, valid_until__gt=at)
    if household is not None:
        rows = rows.filter(household=household)
    if compound is not None:
        rows = rows.filter(household__compound=compound)
    return rows.order_by(
        Length("household__building"),
        "household__building",
        "household__unit",
        Length("household__room"),
        "household__room",
        "household",
        "kind",
        "id",
    )


def card(found: Pass) -> Card:
    """The card of a pass read by ``passes_to_print``: no name in full outside the strip."""
    home = found.household
    compound = home.compound.name if home and home.compound else ""
    who = found.resident.name if found.resident else found.holder
    return Card(
        found,
        label=found.plate or mask_name(who),
        compound=compound,
        where=f"{compound} {home.address.removeprefix(compound)}" if home else "",
        who=who,
    )


def door_cards(
    scope: Scope, *, community: int, compound: int | None = None, household: int | None = None
) -> list[DoorCard]:
    """The door cards of a compound or of one household, door by door."""
    scope.require(Permission.ISSUE_PASS, community)
    rows = doors(scope, community, compound=compound).select_related("compound")
    if household is not None:
        rows = rows.filter(pk=household)
    found = []
    for row in rows:
        name = row.compound.name if row.compound else ""
        found.append(DoorCard(community, row.pk, name, row.address.removeprefix(name)))
    return found


def open_gates_beside(scope: Scope, gate: Gate) -> list[Gate]:
    """Where to go instead of ``gate``: the other open gates, those of its compound first, or of the whole village."""
    others = [one for one in gates(scope, gate.community) if one.is_open and one.id != gate.id]
    near = [one for one in others if one.facts.compound in (gate.facts.compound, None)]
    return near or others
