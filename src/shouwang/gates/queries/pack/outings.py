"""On which days of the cycle households were let out, so that the next gate knows it without a network."""

import datetime as dt

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.models import GateDay
from shouwang.kernel.scope import Scope
from shouwang.places.queries import profile_for
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

# As in `queries.facts.outing_moments`, for a whole community and by local day; a test holds the two together.
_OUTINGS = """
select household, array_agg(day::text order by day) from (
  select c.household, (coalesce(a.made_at, c.made_at) at time zone %s)::date as day
  from gates_check c left join gates_amendment a on a.community = c.community and a.check_id = c.id
  where c.community = %s and c.made_at >= %s and c.household is not null
    and c.direction = 'out' and not c.emergency and c.verdict <> 'red' and c.pass_kind in ('', 'resident')
    and a.stands is not false
) gone where day between %s and %s group by household
"""


def outings(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The days on which somebody of each household was let out, one entry an outing, from the cycle's first to today.

    The version is the cycle and the sums of the gates' figures: no check is looked at while none has come.
    """
    scope.require(Permission.RECORD_CHECK, device.community)
    today = clock.today()
    days = max(profile_for(scope, device.community).outing_every_days, 1)
    since = today - dt.timedelta(days=days - 1)
    figures = GateDay.objects.filter(community=device.community, day__range=(since, today)).aggregate(
        checks=Sum("checks"), passed=Sum("passed"), refused=Sum("refused")
    )
    version = ".".join(
        [since.isoformat(), today.isoformat(), *(str(figure or 0) for figure in figures.values())]
    )
    if version == have:
        return None
    begins = timezone.make_aware(dt.datetime.combine(since, dt.time()))
    with connection.cursor() as cursor:
        cursor.execute(_OUTINGS, [settings.TIME_ZONE, device.community, begins, since, today])
        return Part(version, {str(household): gone for household, gone in cursor.fetchall()})
