"""None missed, or how many are: the one number of a community, and what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.enums import LineState
from shouwang.people.models import ListLine
from shouwang.people.queries.register import Entry, entries, open_pairs


@dataclass(frozen=True, slots=True)
class Missed:
    """What keeps a community from saying: none missed. Everything to do is counted once.

    ``lines`` are still looked for, ``pairs`` nobody has decided, ``unwatched`` are returnees who are here and without
    the watch that the profile wants; she whose line is still looked for is counted with her line alone.
    """

    lines: int = 0
    pairs: int = 0
    unwatched: int = 0

    @property
    def total(self) -> int:
        return self.lines + self.pairs + self.unwatched


def missed(scope: Scope, community: int, listed: Sequence[Entry] | None = None) -> Missed:
    """The number. ``listed`` is the whole register, if it is read already."""
    scope.require(Permission.READ_PEOPLE, community)
    pairs = open_pairs(scope, community)
    if listed is None:
        listed = entries(scope, community, pairs)
    return Missed(
        lines=ListLine.objects.filter(community=community, state=LineState.LOOKING).count(),
        pairs=len(pairs),
        unwatched=len(unwatched(scope, community, listed)),
    )


def unwatched(scope: Scope, community: int, listed: Sequence[Entry]) -> set[int]:
    """Of the register, the returnees whom nobody watches though the profile wants it, and no open line asks for."""
    scope.require(Permission.READ_PEOPLE, community)
    looked_for = set(
        ListLine.objects.filter(
            community=community, state=LineState.LOOKING, sighting__isnull=False
        ).values_list("sighting__returnee", flat=True)
    )
    today = clock.today()
    return {one.returnee.pk for one in listed if one.unwatched(today)} - looked_for
