"""The door that the first page opens: one household of four of 新城社区, which anybody here may be."""

from collections import Counter

from shouwang.access.wall import acting
from shouwang.demo.invented.settlements import NEW_TOWN
from shouwang.door.queries.links import Card, cards
from shouwang.kernel.scope import Scope
from shouwang.people.queries.roster import due_residents

PEOPLE = 4
_kept: dict[int, Card] = {}


def resident_card() -> Card | None:
    """Its card, or ``None`` while the town is empty."""
    if NEW_TOWN not in _kept:
        scope = Scope.system(reason="demo's first page")
        with acting(scope):
            sizes = Counter(household for household, _ in due_residents(scope, NEW_TOWN))
            wanted = next((household for household, size in sizes.items() if size == PEOPLE), None)
            if wanted and (found := cards(scope, NEW_TOWN, [wanted]).get(wanted)):
                _kept[NEW_TOWN] = found
    return _kept.get(NEW_TOWN)
