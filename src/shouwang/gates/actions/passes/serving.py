"""Passes of those who come from outside: responders with a name and an agency, visitors with a registration."""

from uuid import UUID

from shouwang.access.enums import Permission
from shouwang.gates.actions.passes.drawing import draw, open_one, period, said
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass, Visit
from shouwang.kernel.areas import span
from shouwang.kernel.errors import NotFound, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, fold, mask_name

VISIT_DAYS = 1
NO_NAME = gettext_noop("Enter the name, in at most %(limit)s characters.")
NO_AGENCY = gettext_noop("Enter the agency that sends her or him, in at most %(limit)s characters.")


def issue_responder_pass(
    scope: Scope, *, area: int, name: str, agency: str, valid_days: int | None = None
) -> Pass:
    """The open pass of a responder, good in ``area``: a community, or the town or city above it.

    One person is one name in one agency. Raises ``Forbidden`` unless the whole area lies within the issuer's grant.
    """
    scope.require(Permission.ISSUE_PASS, *span(area))
    name = said(clean_name(name), "name_missing", NO_NAME, 60)
    agency = said(fold(agency), "agency_missing", NO_AGENCY, 200)
    now, until = period(scope, area, valid_days)
    fresh = draw(scope, area, PassKind.RESPONDER, now, until, holder=name, purpose=agency)
    return open_one(scope, fresh, kind=PassKind.RESPONDER, holder=name, purpose=agency)


def issue_visitor_pass(
    scope: Scope, *, community: int, visit_id: UUID, valid_days: int | None = None
) -> Pass:
    """The open pass of a registered visitor, for today unless ``valid_days`` says more.

    Her name stays in the registration, which is destroyed after 60 days; the pass keeps the surname alone.
    """
    scope.require(Permission.ISSUE_PASS, community)
    visit = Visit.objects.filter(community=community, id=visit_id).first()
    if visit is None:
        raise NotFound("visit", visit_id)
    now, until = period(scope, community, valid_days, VISIT_DAYS)
    fresh = draw(
        scope, community, PassKind.VISITOR, now, until,
        visit=visit.id, household_id=visit.household, holder=mask_name(visit.name), purpose=visit.whom,
    )  # fmt: skip
    return open_one(scope, fresh, visit=visit.id)
