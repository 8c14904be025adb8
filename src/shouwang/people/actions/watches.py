"""Watch periods: begun, restarted by a new exposure or return, ended; and closed by the clock when they are over."""

import datetime as dt

from django.db import connection, transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Forbidden, NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.enums import WatchReason
from shouwang.people.events import RosterChanged
from shouwang.people.models import Resident, Watch
from shouwang.people.rules.watches import Period, restarted
from shouwang.sync.actions import publish

LONGEST = 90
MAY = {
    WatchReason.RETURNEE: Permission.REGISTER_RETURNEE,
    WatchReason.QUARANTINE: Permission.SET_HOLD,
    WatchReason.FEVER: Permission.TAKE_FEVER,
}
"""Who may begin or end a watch, by its reason."""


def start_watch(
    scope: Scope,
    *,
    community: int,
    household_id: int,
    resident_id: int,
    reason: WatchReason | str,
    from_day: dt.date,
    until_day: dt.date,
    twice_daily: bool = False,
    returnee_id: int | None = None,
) -> Watch:
    """Watch a resident from ``from_day`` through ``until_day``, both included.

    There is one open watch for each resident and reason: begun again, it runs to the later of the two ends, twice a
    day if either says so. Raises ``NotFound``, ``Forbidden``, ``Refused`` for days that cannot be or are over.
    """
    reason = WatchReason(reason)
    scope.require(MAY[reason], community)
    given = _possible(from_day, until_day)
    with transaction.atomic():
        _lock_resident(community, household_id, resident_id)
        watch = _open_watch(community, resident_id, reason)
        if watch is not None:
            given = restarted(Period(watch.from_day, watch.until_day), given)
            twice_daily = twice_daily or watch.twice_daily
            returnee_id = returnee_id or watch.returnee
        return _write(
            scope, watch, community, household_id, resident_id, reason, given, twice_daily, returnee_id
        )


def set_watch(
    scope: Scope,
    *,
    community: int,
    household_id: int,
    resident_id: int,
    reason: WatchReason | str,
    from_day: dt.date,
    until_day: dt.date,
    twice_daily: bool,
    returnee_id: int | None = None,
) -> Watch:
    """As `start_watch`, but the days are taken as they are given, also shorter ones: a mistake is put right."""
    reason = WatchReason(reason)
    scope.require(MAY[reason], community)
    given = _possible(from_day, until_day)
    with transaction.atomic():
        _lock_resident(community, household_id, resident_id)
        watch = _open_watch(community, resident_id, reason)
        return _write(
            scope, watch, community, household_id, resident_id, reason, given, twice_daily, returnee_id
        )


def end_watch(scope: Scope, *, watch_id: int, on: dt.date | None = None) -> Watch:
    """End a watch before its time: from the day ``on`` (today) she is watched no more. Ended before: it stays so."""
    on = on or clock.today()
    with transaction.atomic():
        watch = Watch.objects.select_for_update(no_key=True).filter(pk=watch_id).first()
        if watch is None:
            raise NotFound("watch", watch_id)
        scope.require(MAY[WatchReason(watch.reason)], watch.community)
        if watch.closed_at is not None:
            return watch
        watch.until_day = max(watch.from_day, min(watch.until_day, on - dt.timedelta(days=1)))
        watch.closed_at, watch.closed_by_id = clock.now(), scope.actor_id
        watch.save(update_fields=["until_day", "closed_at", "closed_by"])
        _told(scope, "end_watch", watch)
    return watch


def end_watch_of(scope: Scope, *, resident_id: int, reason: WatchReason) -> None:
    """End the open watch of a resident for this reason, if there is one."""
    rows = Watch.objects.filter(resident=resident_id, reason=reason, closed_at=None)
    for watch_id in rows.values_list("id", flat=True):
        end_watch(scope, watch_id=watch_id)


def close_due_watches(scope: Scope, *, on: dt.date) -> int:
    """Close every watch whose last day lies before ``on``; answers how many. For the clock: background work alone.

    One statement and one audit row a community, whatever their number. The lists of the day go by the days of a watch
    and not by this, so that nobody is called once more because the clock was late.
    """
    if not scope.system_reason:
        raise Forbidden(Permission.EDIT_PEOPLE)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLOSE, {"on": on, "now": clock.now()})
            closed: list[tuple[int, int]] = cursor.fetchall()
        for community, watches in closed:
            audit(
                scope,
                "close_watches",
                community=community,
                subject_kind="community",
                subject_id=community,
                detail={"watches": watches, "on": on.isoformat()},
            )
    return sum(watches for _, watches in closed)


_CLOSE = """
with closed as (
  update people_watch set closed_at = %(now)s where closed_at is null and until_day < %(on)s returning community
)
select community, count(*) from closed group by community order by community
"""


def _possible(from_day: dt.date, until_day: dt.date) -> Period:
    given = Period(from_day, until_day)
    if given.days < 1:
        raise Refused("watch_backwards", gettext_noop("The last day lies before the first."))
    if given.over(clock.today()):
        raise Refused("watch_over", gettext_noop("These days are over: there is nobody to watch any more."))
    if given.days > LONGEST:
        raise Refused(
            "watch_long",
            gettext_noop("More than %(days)s days in a row cannot be set at once. Look at the year."),
            days=LONGEST,
        )
    return given


def _lock_resident(community: int, household_id: int, resident_id: int) -> None:
    """Two who begin the watch of one person come one after the other."""
    rows = Resident.objects.select_for_update(no_key=True).filter(pk=resident_id, community=community)
    if not rows.filter(household=household_id).exists():
        raise NotFound("resident", resident_id)


def _open_watch(community: int, resident: int, reason: WatchReason) -> Watch | None:
    rows = Watch.objects.select_for_update(no_key=True)
    return rows.filter(community=community, resident=resident, reason=reason, closed_at=None).first()


def _write(
    scope: Scope,
    watch: Watch | None,
    community: int,
    household: int,
    resident: int,
    reason: WatchReason,
    period: Period,
    twice_daily: bool,
    returnee: int | None,
) -> Watch:
    said = {
        "household": household,
        "from_day": period.from_day,
        "until_day": period.until_day,
        "twice_daily": twice_daily,
        "returnee": returnee,
    }
    if watch is None:
        watch = Watch(
            community=community,
            resident=resident,
            reason=reason,
            started_at=clock.now(),
            started_by_id=scope.actor_id,
        )
        verb = "start_watch"
    elif all(getattr(watch, name) == value for name, value in said.items()):
        return watch
    else:
        verb = "change_watch"
    for name, value in said.items():
        setattr(watch, name, value)
    watch.save()
    _told(scope, verb, watch)
    return watch


def _told(scope: Scope, verb: str, watch: Watch) -> None:
    audit(
        scope,
        verb,
        community=watch.community,
        subject_kind="resident",
        subject_id=watch.resident,
        detail={
            "reason": str(watch.reason),
            "from": watch.from_day.isoformat(),
            "until": watch.until_day.isoformat(),
            "twice_daily": watch.twice_daily,
        },
    )
    publish(scope, RosterChanged(watch.community))
