"""Renewing passes: the next one begins when this one ends, so the card in the hand is good until its last day."""

import datetime as dt
import secrets

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions.passes.drawing import draw, fill, holder_of, midnight, period
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.queries.passes import SOON, ending_passes
from shouwang.gates.rules.codes import make_code
from shouwang.kernel.areas import span
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import lodgers


def renew_pass(scope: Scope, *, pass_id: int, valid_days: int | None = None) -> Pass:
    """The pass that follows one which ends within ``SOON``; renewing again answers the same.

    Raises ``Refused`` for a pass that ends later or is over, a visitor's, and somebody's who is gone.
    """
    held = Pass.objects.select_for_update(no_key=True).filter(pk=pass_id).first()
    if held is None:
        raise NotFound("pass", pass_id)
    scope.require(Permission.ISSUE_PASS, *span(held.area or held.community))
    if not held.renewed:
        if not ending_passes(scope, area=held.community, at=clock.now()).filter(pk=pass_id).exists():
            raise Refused(
                "pass_not_ending",
                gettext_noop("Only a pass in force that ends within %(days)s days is renewed."),
                days=SOON.days,
            )
        if not _renew(scope, [held], valid_days):
            raise Refused("resident_gone", gettext_noop("The holder no longer lives here."))
    following = Pass.objects.filter(**holder_of(held), revoked_at=None, valid_from=held.valid_until).first()
    if following is None:
        raise NotFound("pass", pass_id)
    return following


def renew_passes(
    scope: Scope,
    *,
    community: int,
    compound_id: int | None = None,
    household_id: int | None = None,
    valid_days: int | None = None,
) -> int:
    """Renew all passes of a compound or a household that end within ``SOON``; how many. Again renews none.

    Whoever has left the roster is passed over.
    """
    scope.require(Permission.ISSUE_PASS, community)
    if (compound_id is None) == (household_id is None):
        raise ValueError("a compound or a household")
    rows = ending_passes(scope, area=community, at=clock.now())
    rows = (
        rows.filter(household=household_id) if household_id else rows.filter(household__compound=compound_id)
    )
    return len(
        _renew(scope, list(rows.select_for_update(of=("self",), no_key=True).order_by("id")), valid_days)
    )


def _renew(scope: Scope, ending: list[Pass], valid_days: int | None) -> list[Pass]:
    """Draw the next pass of each of ``ending``, which are locked and of one area."""
    here = {
        one.id: one for one in lodgers(scope, ids=[held.resident_id for held in ending if held.resident_id])
    }

    def stays(held: Pass) -> bool:
        person = here.get(held.resident_id or 0)
        return held.resident_id is None or bool(
            person and person.on_roster and person.community == held.community
        )

    wanted = [held for held in ending if stays(held)]
    if not wanted:
        return []
    now, until = period(scope, wanted[0].community, valid_days)
    days = (timezone.localdate(until) - timezone.localdate(now)).days
    fresh = [
        draw(
            scope, held.community, PassKind(held.kind), now, _after(held, days), valid_from=held.valid_until,
            resident_id=held.resident_id, area=held.area, holder=held.holder, plate=held.plate, purpose=held.purpose,
            household_id=here[held.resident_id].household if held.resident_id else held.household_id,
        )
        for held in wanted
    ]  # fmt: skip
    Pass.objects.filter(pk__in=[held.pk for held in wanted]).update(renewed=True)
    saved = Pass.objects.filter(pass_id__in=[one.pass_id for one in fresh])

    def missing() -> list[Pass]:
        there = set(saved.values_list("pass_id", flat=True))
        left = [one for one in fresh if one.pass_id not in there]
        for one in left:
            one.code = make_code(secrets.choice)
        return left

    fill(missing)
    audit(
        scope,
        "renew_passes",
        community=wanted[0].community,
        subject_kind="pass",
        subject_id=wanted[0].pk,
        detail={"passes": len(fresh)},
    )
    return list(saved)


def _after(held: Pass, days: int) -> dt.datetime:
    return midnight(timezone.localdate(held.valid_until) + dt.timedelta(days))
