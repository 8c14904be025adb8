"""Passes of vehicles: a household's own, and those that bring supplies. One open pass a plate."""

from shouwang.access.enums import Permission
from shouwang.gates.actions.passes.drawing import draw, open_one, period, said
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.rules.plates import read_plate
from shouwang.kernel.areas import span
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold, prose
from shouwang.people.queries.lodgers import lodgers_of

PURPOSE_LIMIT = 200
NO_FIRM = gettext_noop("Say whose vehicle it is: the firm or shop, in at most %(limit)s characters.")


def issue_vehicle_pass(scope: Scope, *, household_id: int, plate: str, valid_days: int | None = None) -> Pass:
    """The open pass of a household's vehicle; a new one if it has none.

    Raises ``NotFound``, ``Refused`` for a plate that is none or that another pass here is for (`plate_taken`).
    """
    members = lodgers_of(scope, household=household_id)
    if not members:
        raise NotFound("household", household_id)
    community = members[0].community
    scope.require(Permission.ISSUE_PASS, community)
    plate = read_plate(plate)
    now, until = period(scope, community, valid_days)
    fresh = draw(
        scope, community, PassKind.VEHICLE, now, until, plate=plate, household_id=household_id
    )  # fmt: skip
    return _the_same(open_one(scope, fresh, plate=plate), fresh)


def issue_supply_pass(
    scope: Scope, *, area: int, plate: str, firm: str, purpose: str = "", valid_days: int | None = None
) -> Pass:
    """The open pass of a supply vehicle, good in ``area``: a community, or the town or city above it.

    Raises ``Forbidden`` unless the whole area lies within the issuer's grant.
    """
    scope.require(Permission.ISSUE_PASS, *span(area))
    plate, firm = read_plate(plate), said(fold(firm), "firm_missing", NO_FIRM, 60)
    now, until = period(scope, area, valid_days)
    fresh = draw(
        scope, area, PassKind.SUPPLY, now, until, plate=plate, holder=firm, purpose=prose(purpose)[:PURPOSE_LIMIT]
    )  # fmt: skip
    return _the_same(open_one(scope, fresh, plate=plate), fresh)


def _the_same(held: Pass, wanted: Pass) -> Pass:
    """``held`` if it is the pass that was wanted; a plate with another pass must lose that one first."""
    if (held.kind, held.household_id, held.holder) != (wanted.kind, wanted.household_id, wanted.holder):
        raise Refused(
            "plate_taken",
            gettext_noop("%(plate)s has another pass already, %(code)s. Revoke that one first."),
            plate=held.plate,
            code=held.code,
        )
    return held
