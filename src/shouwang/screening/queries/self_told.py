"""What a household has told of itself today: all that its own page shows of its health."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from shouwang.access import clock
from shouwang.kernel.scope import Scope
from shouwang.screening.enums import Channel
from shouwang.screening.models import Reading, Round


@dataclass(frozen=True, slots=True)
class SelfTold:
    """A reading that holds. ``temperature`` in °C; ``symptoms`` None if nobody said."""

    id: UUID
    resident: int
    temperature: Decimal | None
    symptoms: tuple[str, ...] | None
    fever: bool
    made_at: dt.datetime
    source_id: UUID | None


def told_today(scope: Scope, community: int, household: int) -> list[SelfTold]:
    """What this household reported itself on this local day, the latest first; what was corrected is left out.

    Asks for no permission: whoever calls has shown that she is of the household.
    """
    day = clock.today()
    rounds = Round.objects.filter(community=community, day=day).values_list("pk", flat=True)
    here = Reading.objects.filter(community=community)
    found = here.filter(
        ~Exists(here.filter(corrects=OuterRef("id"))),
        Q(temperature__isnull=False) | Q(symptoms__isnull=False),
        round__in=[0, *rounds],
        household=household,
        day=day,
        source=Channel.SELF,
    )
    return [
        SelfTold(
            one.id,
            one.resident,
            one.temperature,
            None if one.symptoms is None else tuple(one.symptoms),
            one.fever,
            one.made_at,
            one.source_id,
        )
        for one in found.order_by("-made_at", "-id")
    ]
