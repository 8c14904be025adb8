"""How many live where, as the actions that change it keep it."""

from shouwang.kernel.scope import Scope
from shouwang.people.models import Population


def populations(scope: Scope, first: int, last: int) -> dict[int, Population]:
    """The kept figures of each community from ``first`` to ``last`` that has anybody; one row a community."""
    return Population.objects.filter(community__range=(first, last)).in_bulk()
