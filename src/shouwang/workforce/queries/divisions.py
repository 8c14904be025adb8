"""Proposed divisions."""

from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.workforce.enums import DivisionState
from shouwang.workforce.models import Division


def division(scope: Scope, division_id: int) -> Division:
    """One proposal. Raises ``NotFound`` outside the jurisdiction."""
    found = Division.objects.filter(pk=division_id).first()
    if found is None:
        raise NotFound("division", division_id)
    return found


def open_division(scope: Scope, community: int) -> Division | None:
    """The proposal that is being worked out, waits for a decision, or failed as the last one."""
    last = Division.objects.filter(community=community).order_by("-made_at", "-id").first()
    states = (DivisionState.WORKING, DivisionState.PROPOSED, DivisionState.FAILED)
    return last if last is not None and last.state in states else None
