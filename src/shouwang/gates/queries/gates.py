"""Entrances as the rules want them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shouwang.gates.rules.verdict import GateFacts
from shouwang.kernel.scope import Scope
from shouwang.places import queries as places
from shouwang.places.enums import EntranceStatus


@dataclass(frozen=True, slots=True)
class Gate:
    """A way in. Only an open one is kept, but an emergency may pass any."""

    id: int
    name: str
    compound_name: str
    facts: GateFacts

    @property
    def community(self) -> int:
        return self.facts.community

    @property
    def is_open(self) -> bool:
        return self.facts.status is EntranceStatus.OPEN

    def __str__(self) -> str:
        return f"{self.compound_name} {self.name}".strip()


def gate(scope: Scope, entrance_id: int) -> Gate:
    """One way in. Raises ``NotFound`` outside the jurisdiction."""
    return _gate(places.entrance(scope, entrance_id))


def gates(scope: Scope, community: int) -> list[Gate]:
    """All ways in of a community, in its order."""
    return [_gate(entrance) for entrance in places.entrances(scope, community)]


def gate_facts(scope: Scope, communities: Iterable[int]) -> dict[int, GateFacts]:
    """What the rules want of every way in of these communities, by its id, in one statement."""
    return {
        way: GateFacts(community, compound, EntranceStatus(status))
        for way, community, compound, status in places.ways(scope, communities)
    }


def _gate(entrance: Any) -> Gate:
    return Gate(
        entrance.pk,
        entrance.name,
        entrance.compound.name if entrance.compound else "",
        GateFacts(entrance.community, entrance.compound_id, EntranceStatus(entrance.status)),
    )
