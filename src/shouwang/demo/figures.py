"""How the town stands today, in the figures of the first page: counts only, nobody's name."""

from dataclasses import dataclass

from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.demo.cast import CITY
from shouwang.gates.queries.checks import figures_of_communities
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.people.queries.population import populations
from shouwang.screening.queries.rounds import rounds_of_day


@dataclass(frozen=True, slots=True)
class Figures:
    """Today in the whole city; households in ``reached`` and ``not_reached``, people in ``fevers``."""

    people: int
    reached: int
    not_reached: int
    fevers: int
    checks: int


def figures() -> Figures | None:
    """Today's figures, or ``None`` while the town is empty."""
    first, last = areas.span(CITY)
    scope = Scope.system(reason="demo's first page")
    with acting(scope):
        there = populations(scope, first, last).values()
        rounds = rounds_of_day(scope, first, last, clock.today())
        gates = figures_of_communities(scope, first=first, last=last, day=clock.today()).values()
    if not there:
        return None
    reached = sum(round_.households_reached for round_ in rounds)
    return Figures(
        people=sum(population.residents for population in there),
        reached=reached,
        not_reached=sum(round_.households_due for round_ in rounds) - reached,
        fevers=sum(round_.fevers for round_ in rounds),
        checks=sum(gate.checks for gate in gates),
    )
