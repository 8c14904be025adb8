"""Who is watched on a day: for the rounds, the lists and the pages."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from shouwang.access import clock
from shouwang.kernel.scope import Scope
from shouwang.people.enums import WatchReason
from shouwang.people.models import Watch
from shouwang.people.rules.watches import Period

_STRENGTH = {WatchReason.QUARANTINE: 2, WatchReason.FEVER: 1, WatchReason.RETURNEE: 0}


@dataclass(frozen=True, slots=True)
class WatchHere:
    """One resident's watch on a day. Of several the strictest speaks: its reason, its days; ``twice_daily`` if any is.

    ``day_number`` is 1 on ``from_day``; ``until_day`` is the last, included.
    """

    reason: str
    twice_daily: bool
    from_day: dt.date
    until_day: dt.date
    day_number: int

    @property
    def days(self) -> int:
        return Period(self.from_day, self.until_day).days


def watched(scope: Scope, community: int, day: dt.date) -> dict[int, WatchHere]:
    """Everybody of a community who is watched on ``day``, by resident; a past day as it was then."""
    return _strictest(_on(Watch.objects.filter(community=community), day), day)


def watched_of(scope: Scope, resident_ids: Collection[int], day: dt.date) -> dict[int, WatchHere]:
    """Those of these residents who are watched on ``day``, wherever in the jurisdiction."""
    return _strictest(_on(Watch.objects.filter(resident__in=resident_ids), day), day)


def twice_daily(scope: Scope, community: int, day: dt.date) -> set[int]:
    """The residents of a community who are to be reached in the morning and in the evening of ``day``."""
    rows = _on(Watch.objects.filter(community=community, twice_daily=True), day)
    return set(rows.values_list("resident", flat=True))


def watches_of(scope: Scope, resident_ids: Collection[int]) -> list[Watch]:
    """Every watch of these residents, the latest first, the closed ones too."""
    return list(Watch.objects.filter(resident__in=resident_ids).order_by("-from_day", "-id"))


def _on(rows: QuerySet[Watch], day: dt.date) -> QuerySet[Watch]:
    rows = rows.filter(from_day__lte=day, until_day__gte=day)
    if day >= clock.today():  # what is closed by now holds no more; the partial index knows the rest
        return rows.filter(closed_at=None)
    return rows.alias(closed_on=TruncDate(F("closed_at"))).filter(Q(closed_at=None) | Q(closed_on__gt=day))


def _strictest(rows: QuerySet[Watch], day: dt.date) -> dict[int, WatchHere]:
    found: dict[int, list[tuple[str, bool, dt.date, dt.date]]] = {}
    told = rows.values_list("resident", "reason", "twice_daily", "from_day", "until_day")
    for resident, reason, twice, first, last in told:
        found.setdefault(resident, []).append((reason, twice, first, last))
    return {resident: _spoken(watches, day) for resident, watches in found.items()}


def _spoken(watches: Iterable[tuple[str, bool, dt.date, dt.date]], day: dt.date) -> WatchHere:
    listed = list(watches)
    reason, _, first, last = max(listed, key=lambda one: (one[1], _STRENGTH[WatchReason(one[0])], one[3]))
    twice = any(one[1] for one in listed)
    return WatchHere(reason, twice, first, last, Period(first, last).day_number(day))
