"""Rounds: which there are, and how far they are."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from django.db.models import Count, Sum

from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.screening.enums import Slot
from shouwang.screening.models import Round


def round_by_id(scope: Scope, round_id: int) -> Round:
    """Raises ``NotFound`` outside the jurisdiction."""
    found = Round.objects.filter(pk=round_id).first()
    if found is None:
        raise NotFound("round", round_id)
    return found


def round_of(scope: Scope, community: int, day: dt.date, slot: Slot | str = Slot.DAY) -> Round | None:
    return Round.objects.filter(community=community, day=day, slot=slot).first()


def rounds_of_day(scope: Scope, first: int, last: int, day: dt.date) -> list[Round]:
    """The day's rounds of all communities from ``first`` to ``last``, by community, the first opened first."""
    return list(
        Round.objects.filter(day=day, community__range=(first, last)).order_by("community", "opened_at", "id")
    )


def latest_round(scope: Scope, community: int) -> Round | None:
    """The community's round of the latest day, open or not."""
    return Round.objects.filter(community=community).order_by("-day", "-opened_at", "-id").first()


def history(scope: Scope, community: int, *, days: int = 14, until: dt.date | None = None) -> list[Round]:
    """The community's last rounds up to a day (default: all there are), the latest first."""
    found = Round.objects.filter(community=community, **({"day__lte": until} if until else {}))
    return list(found.order_by("-day", "-opened_at", "-id")[:days])


def history_between(scope: Scope, first: int, last: int, since: dt.date, until: dt.date) -> list[Round]:
    """All rounds of these communities from ``since`` to ``until``, by day and community."""
    return list(
        Round.objects.filter(community__range=(first, last), day__range=(since, until)).order_by(
            "day", "community", "opened_at"
        )
    )


def sums_by_day(
    scope: Scope, first: int, last: int, since: dt.date, until: dt.date
) -> list[tuple[dt.date, int, int, int, int]]:
    """``(day, rounds, residents due, residents reached, fevers)`` of all these communities together, by day."""
    return list(
        Round.objects.filter(community__range=(first, last), day__range=(since, until))
        .order_by("day")
        .values_list("day")
        .annotate(Count("id"), Sum("residents_due"), Sum("residents_reached"), Sum("fevers"))
    )


def rounds_on(community: int, days: Collection[dt.date]) -> dict[dt.date, list[Round]]:
    """The rounds of the community on these local days, by day."""
    found: dict[dt.date, list[Round]] = {}
    for round_ in Round.objects.filter(community=community, day__in=days):
        found.setdefault(round_.day, []).append(round_)
    return found


class Open(Protocol):
    """A round by when it was opened and closed."""

    @property
    def opened_at(self) -> dt.datetime: ...
    @property
    def closed_at(self) -> dt.datetime | None: ...


OpenRound = TypeVar("OpenRound", bound=Open)


def in_order(rounds: Iterable[OpenRound], made_at: dt.datetime) -> list[OpenRound]:
    """Rounds of one day, the one first in which something done at ``made_at`` belongs.

    A round closed before then takes it no more and stands last.
    """
    return sorted(rounds, key=lambda r: (not takes(r, made_at), r.opened_at > made_at, _distance(r, made_at)))


def takes(round_: Open, made_at: dt.datetime) -> bool:
    """Whether what was done at ``made_at`` still counts: also what arrives late, if it was done before the close."""
    return round_.closed_at is None or made_at <= round_.closed_at


def _distance(round_: Open, made_at: dt.datetime) -> dt.timedelta:
    return abs(made_at - round_.opened_at)


def unassigned(scope: Scope, first: int, last: int, day: dt.date) -> tuple[int, int]:
    """People of these communities whom nobody has to reach and nobody has reached, and in how many communities.

    Of a day with two rounds the last one counts.
    """
    latest = {one.community: one.residents_unassigned for one in rounds_of_day(scope, first, last, day)}
    return sum(latest.values()), sum(bool(people) for people in latest.values())
