"""Who must stay in. The gate shows red to them, says what to do next, and never simply waves them back home."""

import datetime as dt

from django.db import IntegrityError, transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.models import Hold
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.households import community_of
from shouwang.people.queries.lodgers import lodgers
from shouwang.places.queries import profile_for

OFFICE, QUARANTINE = "office", "quarantine"
LONGEST = dt.timedelta(days=90)


def set_hold(
    scope: Scope,
    *,
    household_id: int,
    resident_id: int | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    source: str = OFFICE,
) -> Hold:
    """A household, or the one resident of it, must stay in from ``since`` (today) until, not including, ``until``.

    Without ``until`` it lasts as many days as the profile says for observation. There is one open hold for each
    (household, resident, ``source``): set again, it takes the new days. Each source speaks for itself: the office by
    hand, later the cases (``case:<id>``) for their contacts, and one that ends leaves the others as they are.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` for days that cannot be.
    """
    community = community_of(scope, household_id)
    scope.require(Permission.SET_HOLD, community)
    if resident_id is not None:
        found = lodgers(scope, ids=[resident_id])
        if not found or found[0].household != household_id:
            raise NotFound("resident", resident_id)
    today = clock.today()
    since = since or today
    until = until or since + dt.timedelta(days=profile_for(scope, community).observation_days)
    if until <= max(since, today):
        raise Refused("hold_over", gettext_noop("The last day lies before the first, or is over already."))
    if until - since > LONGEST:
        raise Refused(
            "hold_long",
            gettext_noop("More than %(days)s days in a row cannot be set at once. Look at the year."),
            days=LONGEST.days,
        )
    with transaction.atomic():
        hold = _open_hold(household_id, resident_id, source)
        if hold is None:
            hold = Hold(
                community=community,
                household_id=household_id,
                resident_id=resident_id,
                reason=QUARANTINE,
                source=source,
                made_at=clock.now(),
                made_by_id=scope.actor_id,
            )
        elif (hold.since, hold.until) == (since, until):
            return hold
        hold.since, hold.until = since, until
        try:
            with transaction.atomic():
                hold.save()
        except IntegrityError:  # somebody else set it in this moment
            return set_hold(
                scope,
                household_id=household_id,
                resident_id=resident_id,
                since=since,
                until=until,
                source=source,
            )
        audit(
            scope,
            "set_hold",
            community=community,
            subject_kind="household" if resident_id is None else "resident",
            subject_id=household_id if resident_id is None else resident_id,
            detail={"source": source},
        )
    return hold


def _open_hold(household: int, resident: int | None, source: str) -> Hold | None:
    rows = Hold.objects.select_for_update(no_key=True)
    return rows.filter(household=household, resident=resident, source=source, ended_at=None).first()


def end_hold(scope: Scope, *, hold_id: int) -> Hold:
    """They may go out again, from now on. What has ended already stays ended as it is."""
    with transaction.atomic():
        hold = Hold.objects.select_for_update(no_key=True).filter(pk=hold_id).first()
        if hold is None:
            raise NotFound("hold", hold_id)
        scope.require(Permission.SET_HOLD, hold.community)
        if hold.ended_at is not None:
            return hold
        hold.ended_at, hold.ended_by_id = clock.now(), scope.actor_id
        hold.save(update_fields=["ended_at", "ended_by"])
        audit(
            scope,
            "end_hold",
            community=hold.community,
            subject_kind="household" if hold.resident_id is None else "resident",
            subject_id=hold.resident_id or hold.household_id,
            detail={"source": hold.source},
        )
    return hold
