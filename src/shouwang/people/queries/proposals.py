"""What waits for the office to confirm."""

import json

from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ProposalState
from shouwang.people.models import Proposal
from shouwang.people.rules.proposals import Said


def said_of(proposal: Proposal) -> Said:
    """What was said, opened. For rules and actions; pages show its numbers masked."""
    said: Said = json.loads(proposal.said.open())
    return said


def open_count(scope: Scope, community: int) -> int:
    """How many proposals of a community wait."""
    scope.require(Permission.READ_PEOPLE, community)
    return Proposal.objects.filter(community=community, state=ProposalState.OPEN).count()
