"""The register of those who came from elsewhere."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.enums import ReturneeSource
from shouwang.people.models import Sighting


def returnees(scope: Scope, community: int) -> QuerySet[Sighting]:
    """All sightings of a community, the latest first."""
    scope.require(Permission.READ_PEOPLE, community)
    rows = Sighting.objects.filter(community=community).select_related("household", "household__compound")
    return rows.order_by("-seen_at", "-id")


def returnees_seen(scope: Scope, community: int, day: dt.date, source: ReturneeSource) -> int:
    """How many one source saw on a local day."""
    scope.require(Permission.READ_PEOPLE, community)
    start = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return Sighting.objects.filter(
        community=community, source=source, seen_at__gte=start, seen_at__lt=start + dt.timedelta(days=1)
    ).count()
