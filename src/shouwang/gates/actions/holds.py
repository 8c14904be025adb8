"""Who must stay in. The gate shows red to them, says what to do next, and never simply waves them back home."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.models import Hold
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions import hold_people
from shouwang.people.actions.watches import end_watch_of, set_watch
from shouwang.people.enums import WatchReason
from shouwang.people.events import ResidentCame, ResidentsMoved
from shouwang.people.queries.households import community_of
from shouwang.people.queries.lodgers import lodgers, lodgers_of
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
        hold_people([community])
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
        _watch_held(scope, household_id, _people(scope, hold))
    return hold


def follow_newcomer(scope: Scope, news: ResidentCame) -> None:
    """Whoever comes to a household that must stay in stays in with it, and is reached as its other members are."""
    _watch_held(scope, news.household_id, [news.resident_id])


def follow_residents(scope: Scope, news: ResidentsMoved) -> None:
    """Residents live behind another door: what keeps them in goes with them, also what kept in all of the household
    they left. Who stays there is kept in as before."""
    open_ = Hold.objects.select_for_update(no_key=True).filter(ended_at=None, until__gt=clock.today())
    movers = [resident for resident, _ in news.left]
    own = {(hold.resident_id, hold.source): hold for hold in open_.filter(resident__in=movers).order_by("id")}
    of_all = list(open_.filter(household__in={left for _, left in news.left}, resident=None).order_by("id"))
    for hold in own.values():
        hold.household_id = news.household_id
    for resident, left in news.left:
        for hold in of_all:
            if hold.household_id != left:
                continue
            kept = own.setdefault(
                (resident, hold.source),
                Hold(
                    community=news.community,
                    household_id=news.household_id,
                    resident_id=resident,
                    since=hold.since,
                    until=hold.until,
                    reason=hold.reason,
                    source=hold.source,
                    made_at=clock.now(),
                    made_by_id=scope.actor_id,
                ),
            )
            kept.until = max(kept.until, hold.until)
    for hold in own.values():
        hold.save()
    _watch_held(scope, news.household_id, movers)


def _watch_held(scope: Scope, household: int, residents: Iterable[int]) -> None:
    """Who must stay in is reached morning and evening: her watch runs as the hold that ends last says."""
    today = clock.today()
    open_ = Hold.objects.filter(ended_at=None, until__gt=today, household=household)
    holds = list(open_.order_by("until", "id"))
    for resident in residents:
        last = next((hold for hold in reversed(holds) if hold.resident_id in (None, resident)), None)
        if last is not None:
            set_watch(
                scope,
                community=last.community,
                household_id=household,
                resident_id=resident,
                reason=WatchReason.QUARANTINE,
                from_day=last.since,
                until_day=last.until - dt.timedelta(days=1),
                twice_daily=True,
            )
        else:
            end_watch_of(scope, resident_id=resident, reason=WatchReason.QUARANTINE)


def _people(scope: Scope, hold: Hold) -> list[int]:
    if hold.resident_id is not None:
        return [hold.resident_id]
    return [one.id for one in lodgers_of(scope, household=hold.household_id)]


def _open_hold(household: int, resident: int | None, source: str) -> Hold | None:
    rows = Hold.objects.select_for_update(no_key=True)
    return rows.filter(household=household, resident=resident, source=source, ended_at=None).first()


def end_hold(scope: Scope, *, hold_id: int) -> Hold:
    """They may go out again, from now on. What has ended already stays ended as it is."""
    with transaction.atomic():
        hold_people(Hold.objects.filter(pk=hold_id).values_list("community", flat=True))
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
        _watch_held(scope, hold.household_id, _people(scope, hold))
    return hold
