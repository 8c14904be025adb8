"""A fever at the gate of somebody on no roster: no round counts it, but somebody must look at her all the same."""

from collections.abc import Collection, Iterable

from shouwang.gates.events import VisitorFever, VisitorNamed
from shouwang.gates.models import Check, Visit
from shouwang.gates.queries.gates import gate
from shouwang.kernel.scope import Scope
from shouwang.sync.actions import publish


def tell_fevers(scope: Scope, checks: Iterable[Check]) -> None:
    """Tell of the fevers among ``checks``, just recorded, of whom no resident is known; in the caller's transaction."""
    hot = [check for check in checks if check.fever and check.resident is None]
    if not hot:
        return
    visits = Visit.objects.filter(
        community__in={check.community for check in hot}, id__in={check.visit for check in hot}
    )
    registered = {(visit.community, visit.id): visit for visit in visits}
    for check in hot:
        visit = registered.get((check.community, check.visit)) if check.visit else None
        publish(
            scope,
            VisitorFever(
                community=check.community,
                check_id=check.id,
                visit_id=check.visit,
                household_id=check.household or (visit.household if visit else None),
                name=visit.name if visit else "",
                whom=visit.whom if visit else "",
                gate=str(gate(scope, check.entrance)),
                temperature=check.temperature,
                found_at=check.made_at,
            ),
        )


def name_visitors(scope: Scope, visits: Collection[Visit]) -> None:
    """A phone may send the check of a visitor before her registration: say who that was."""
    for visit in visits:
        publish(scope, VisitorNamed(visit.community, visit.id, visit.household, visit.name, visit.whom))
